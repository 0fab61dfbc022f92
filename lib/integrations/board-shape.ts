import { z } from "zod";

export const boardSeverities = ["critical", "high", "medium", "low", "info"] as const;
export const boardStates = ["active", "closed", "false_positive", "risk_accepted"] as const;
export type BoardSeverity = (typeof boardSeverities)[number];
export type BoardState = (typeof boardStates)[number];

/** An option by both: the id is sent, and after somebody has edited the options its name finds the new one. */
const choice = z.object({ id: z.string().max(200), name: z.string().max(200) });

const field = <K extends string>(keys: readonly [K, ...K[]]) =>
  z.object({
    ...choice.shape,
    options: z.partialRecord(z.enum(keys), choice),
  });

/** The board that new issues of a place are put on, and what its fields say there. */
export const boardSettings = z.object({
  ...choice.shape,
  priority: field(boardSeverities).nullable(),
  status: field(boardStates).nullable(),
});
export type BoardSettings = z.output<typeof boardSettings>;

/** The settings that are stored; null where there are none that can be read. */
export const boardOf = (stored: unknown): BoardSettings | null => boardSettings.safeParse(stored).data ?? null;

export const boardInput = z.object({ board: boardSettings.nullable() });

/** Which of its fields a board lacks, and shall get. */
export const boardFieldInput = z.object({ field: z.enum(["priority", "status"]) });
export type BoardFieldRole = z.output<typeof boardFieldInput>["field"];
