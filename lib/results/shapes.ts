import { z } from "zod";
import { statusSchema } from "./inputs";

const counts = z.object({
  passed: z.number(),
  failed: z.number(),
  error: z.number(),
  skipped: z.number(),
  flaky: z.number(),
});

export const importedSchema = z.object({
  run: z.object({ id: z.string(), url: z.string() }),
  read: counts,
  totals: counts,
  cases: z.object({ created: z.number(), existing: z.number() }),
  results: z.object({ created: z.number(), folded: z.number(), duplicates: z.number() }),
  warnings: z.array(z.string()),
});

export const runSchema = z.object({
  id: z.string(),
  number: z.number(),
  ciRunId: z.string().nullable(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  buildUrl: z.string().nullable(),
  environment: z.string().nullable(),
  /** The highest attempt that the CI system has named. */
  attempt: z.number(),
  totals: counts.extend({ blocked: z.number(), retest: z.number() }),
  durationMs: z.number(),
  createdAt: z.iso.datetime(),
});
export type Run = z.output<typeof runSchema>;

/** A run in the list: `problems` are failure groups with a failure in it, `newProblems` those first seen there. */
export const runRowSchema = runSchema.extend({ problems: z.number(), newProblems: z.number() });
export type RunRow = z.output<typeof runRowSchema>;

export const resultRowSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  suite: z.string(),
  className: z.string(),
  name: z.string(),
  status: statusSchema,
  message: z.string().nullable(),
  attempt: z.number(),
  durationMs: z.number(),
  environment: z.string(),
});
export type ResultRow = z.output<typeof resultRowSchema>;

export const attemptSchema = z.object({
  status: statusSchema,
  type: z.string().nullable(),
  message: z.string().nullable(),
  stack: z.string().nullable(),
  durationMs: z.number(),
});
export type AttemptShape = z.output<typeof attemptSchema>;

export const resultSchema = resultRowSchema.extend({
  runId: z.string(),
  type: z.string().nullable(),
  stack: z.string().nullable(),
  output: z.string().nullable(),
  attempts: z.array(attemptSchema),
  properties: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
});
export type Result = z.output<typeof resultSchema>;
