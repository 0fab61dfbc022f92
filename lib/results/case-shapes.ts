import { z } from "zod";
import type { RichDoc } from "@/lib/richtext/doc";
import { groupRowSchema, standingSchema } from "@/lib/triage/shapes";
import { statusSchema } from "./inputs";

/** One result of a case, as its history tells it. */
export const executionSchema = z.object({
  resultId: z.string(),
  runId: z.string(),
  runNumber: z.number(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  environment: z.string(),
  status: statusSchema,
  createdAt: z.iso.datetime(),
});
export type ExecutionView = z.output<typeof executionSchema>;

export const historyRowSchema = executionSchema.extend({ message: z.string().nullable(), durationMs: z.number() });
export type HistoryRow = z.output<typeof historyRowSchema>;

export const flakyWordSchema = z.enum(["stable", "sometimes flaky", "flaky"]);

const flakinessSchema = z.object({
  /** 0 to 100; how it is made stands in lib/results/flaky.ts. */
  score: z.number(),
  word: flakyWordSchema,
  environments: z.array(
    z.object({
      environment: z.string(),
      score: z.number(),
      results: z.number(),
      reruns: z.number(),
      pairs: z.number(),
      changes: z.number(),
    }),
  ),
  /** Newest first, 50 at most; `evidenceCount` is all of it. */
  evidence: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("rerun"), execution: executionSchema }),
      z.object({
        kind: z.literal("changed"),
        before: executionSchema,
        after: executionSchema,
        sameCommit: z.boolean(),
      }),
    ]),
  ),
  evidenceCount: z.number(),
});
export type FlakinessView = z.output<typeof flakinessSchema>;

const matrixSchema = z.object({
  /** Oldest first. */
  runs: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      branch: z.string().nullable(),
      commit: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  /** By name, 20 at most; a cell for each run, null where it has no result there. */
  environments: z.array(
    z.object({
      name: z.string(),
      cells: z.array(z.object({ resultId: z.string(), status: statusSchema }).nullable()),
    }),
  ),
  moreEnvironments: z.number(),
});
export type Matrix = z.output<typeof matrixSchema>;

/** What people write about a case. */
const writtenSchema = z.object({
  owner: z.string().nullable(),
  component: z.string().nullable(),
  tags: z.array(z.string()),
  /** TipTap JSON. */
  steps: z.custom<RichDoc>().nullable(),
  expected: z.custom<RichDoc>().nullable(),
  version: z.number(),
});

export const caseSchema = standingSchema.extend(writtenSchema.shape).extend({
  id: z.string(),
  identity: z.string(),
  suite: z.string(),
  className: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Case = z.output<typeof caseSchema>;

/** A case over its latest 250 results. */
export const caseHistorySchema = z.object({
  matrix: matrixSchema,
  flakiness: flakinessSchema,
  lastFailure: historyRowSchema.nullable(),
  /** The problems that its failures belong to, the latest first, 20 at most. */
  groups: z.array(
    groupRowSchema.pick({ id: true, title: true, severity: true, assessment: true }).extend({
      lastSeenAt: z.iso.datetime(),
      /** The latest result of the case that failed this way. */
      resultId: z.string(),
      runId: z.string(),
      runNumber: z.number(),
    }),
  ),
});
export type CaseHistory = z.output<typeof caseHistorySchema>;

export const caseRowSchema = z.object({
  id: z.string(),
  suite: z.string(),
  className: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  component: z.string().nullable(),
  tags: z.array(z.string()),
  last: executionSchema.nullable(),
  lastFailure: executionSchema.nullable(),
  flakyScore: z.number(),
  flaky: flakyWordSchema,
});
export type CaseRow = z.output<typeof caseRowSchema>;
