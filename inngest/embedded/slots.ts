import { createHash } from "node:crypto";
import { evaluate } from "./cel";
import type { FunctionConfig, RunnableFunction } from "./config";

type Limit = NonNullable<FunctionConfig["concurrency"]>[number];
type Event = { id: string; name: string; data: unknown };

/** How many calls may be made at once, by function and by the first two parts of a slot's name. */
export type Limits = Record<string, Record<string, number>>;

const HEAD_START_S = 600;

/**
 * What a run's calls are counted under: one slot for each limit of its function. Runs with the same value of the key
 * share it; a key that comes to nothing is a value like any other.
 */
export function slotsOf({ id, config }: RunnableFunction, event: Event | undefined): string[] {
  return limitsIn(config).map(({ limit, name }) => {
    const value = limit.key === undefined ? null : (evaluate(limit.key, { event }) ?? null);
    return `${name(id)}/${short(typeof value === "string" ? value : JSON.stringify(value))}`;
  });
}

/** All slots as one text: what needs the same ones stands in one queue. Null when none is needed. */
export const queueOf = (slots: readonly string[]): string | null => (slots.length > 0 ? slots.join("\n") : null);

/** The limits of these functions as they are now, so that a deployment which changes one changes it for what waits. */
export function limitsOf(functions: Iterable<RunnableFunction>): Limits {
  const all: Limits = {};
  for (const { id, config } of functions) {
    all[id] = Object.fromEntries(limitsIn(config).map(({ limit, name }) => [name(id), limit.limit]));
  }
  return all;
}

/** How much earlier than others of its age a run is taken; at most ten minutes, and none unless whole seconds come. */
export function headStartMs({ config }: RunnableFunction, event: Event | undefined): number {
  const seconds = config.priority && evaluate(config.priority.run, { event });
  if (typeof seconds !== "number" || !Number.isInteger(seconds)) return 0;
  return Math.min(Math.max(seconds, -HEAD_START_S), HEAD_START_S) * 1000;
}

// A limit of 0 is none, as on an Inngest server. Functions that name the same key in a wider scope share the count.
const limitsIn = (config: FunctionConfig) =>
  (config.concurrency ?? []).flatMap((limit: Limit, index) => {
    if (limit.limit === 0) return [];
    const shared = `${limit.scope}/${digest(limit.key ?? "")}`;
    return { limit, name: (id: string) => (limit.scope === "fn" ? `${id}/${index}` : shared) };
  });

/** Slots are parts of an index, which takes no long texts, and of a list that is separated by line breaks. */
const short = (text: string) => (/^[\x20-\x7e]{0,80}$/.test(text) ? text : digest(text));

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
