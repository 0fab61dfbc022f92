import { z } from "zod";
import { BulkMode } from "@/lib/db/generated/enums";
import { creationErrorSchema, issueSchema, warningSchema } from "../shapes";

/** What has become of an item: of its own state and its creation's, in this one word. */
export const outcomes = [
  "waiting",
  "creating",
  "held",
  "checking",
  "undecided",
  "created",
  "exists",
  "failed",
  "cancelled",
] as const;
export type Outcome = (typeof outcomes)[number];

/** Those that end by themselves, unless somebody has to mend an integration. */
export const openOutcomes = ["waiting", "creating", "held", "checking"] as const satisfies Outcome[];

const leftOutSchema = z.object({
  /** An issue of this tracker is linked to it. */
  existing: z.number(),
  /** Somebody has asked for one, and it is not there yet. */
  underWay: z.number(),
  /** People have muted it, accepted its risk or called it a false alarm. */
  assessedAway: z.number(),
  /** It passed when it was repeated. */
  flaky: z.number(),
});

const estimateSchema = z.object({
  durationMs: z.number(),
  /** Of the tracker's limit; null where it has told of none. */
  calls: z.object({ needed: z.number(), left: z.number(), limit: z.number() }).nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** What would happen; nothing has been written. */
export const planSchema = z.object({
  run: z.object({ id: z.uuid(), number: z.number() }),
  target: z.object({ key: z.string(), name: z.string(), isPublic: z.boolean(), noun: z.string() }),
  mode: z.enum(BulkMode),
  /** Of the selection: what failed in the run, flaky ones included, and the problems that those are. */
  failures: z.number(),
  problems: z.number(),
  /** Failures that get an issue, and the issues that each mode would make. */
  filed: z.object({ failures: z.number(), problems: z.number() }),
  issues: z.object({ separate: z.number(), combined: z.number(), per_group: z.number() }),
  /** Counted in failures; with an issue per problem, in problems. */
  leftOut: leftOutSchema,
  /** Why it cannot be started as it is. */
  refusal: z.string().nullable(),
  /** What the tracker's form lacks, by its field's id: `fields` gives values for all of them at once. */
  fieldErrors: z.record(z.string(), z.string()),
  estimate: estimateSchema,
});
export type BulkPlan = z.infer<typeof planSchema>;

const countsSchema = z.record(z.enum(outcomes), z.number());

export const bulkSchema = z.object({
  id: z.uuid(),
  mode: z.enum(BulkMode),
  run: z.object({ id: z.uuid(), number: z.number() }),
  integration: z.object({ id: z.uuid(), name: z.string(), provider: z.string() }),
  externalProject: z.string(),
  requestedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  cancelledAt: z.iso.datetime().nullable(),
  cancelledBy: z.string().nullable(),
  total: z.number(),
  counts: countsSchema,
  /** Nothing goes on by itself any more. */
  isOver: z.boolean(),
  /** How much longer, where something is still to be asked for. */
  leftMs: z.number().nullable(),
});
export type BulkView = z.infer<typeof bulkSchema>;

export const bulkItemSchema = z.object({
  id: z.uuid(),
  position: z.number(),
  title: z.string(),
  outcome: z.enum(outcomes),
  /** It goes with the issue that somebody else has asked for. */
  isJoined: z.boolean(),
  /** The first result, where its form is, and how many results and problems it is for. */
  resultId: z.uuid(),
  groupId: z.uuid().nullable(),
  results: z.number(),
  groups: z.number(),
  creationId: z.uuid().nullable(),
  issue: issueSchema.nullable(),
  error: creationErrorSchema.nullable(),
  warnings: z.array(warningSchema),
});
export type BulkItemView = z.infer<typeof bulkItemSchema>;

export const bulkPageSchema = z.object({
  bulk: bulkSchema,
  items: z.array(bulkItemSchema),
  next: z.string().nullable(),
});
export type BulkPage = z.infer<typeof bulkPageSchema>;

export const bulksPageSchema = z.object({ bulks: z.array(bulkSchema), next: z.string().nullable() });
