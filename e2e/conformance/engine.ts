import type { InngestFunction } from "inngest";

/** Who runs the functions of the cases. */
export type Engine = {
  tolerances: Tolerances;
  start(functions: readonly InngestFunction.Any[]): Promise<void>;
  stop(): Promise<void>;
  /** Lets the next minute begin, where that can be hurried. */
  beginMinute(): Promise<void>;
  /** Ends the unfinished runs of a function whose event has these values. */
  cancel(functionId: string, eventData: Record<string, string>): Promise<void>;
  /** Events that the product itself keeps in its outbox begin to reach the engine; the returned function ends that. */
  relay(): Promise<() => Promise<void>>;
};

export type Tolerances = {
  /** Everything has happened by then. */
  answerMs: number;
  /** How long something may take that is due at once. */
  lateMs: number;
  /** After so long without news there is none. */
  quietMs: number;
  /** Timers count in whole seconds or milliseconds, and clocks of two machines differ. */
  earlyMs: number;
  /** Whether of two runs that wait the more important one is always first. */
  isPriorityStrict: boolean;
};

/** A server needs a queue's delay between any two steps, and 15 to 45 seconds before a retry unless it is told otherwise. */
export const tolerances = {
  embedded: {
    answerMs: 10_000,
    lateMs: 5000,
    quietMs: 300,
    earlyMs: 20,
    isPriorityStrict: true,
  },
  server: {
    answerMs: 180_000,
    lateMs: 10_000,
    quietMs: 5000,
    earlyMs: 500,
    isPriorityStrict: false,
  },
} as const satisfies Record<string, Tolerances>;
