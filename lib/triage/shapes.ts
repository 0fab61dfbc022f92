import { z } from "zod";
import { AssessmentState, Severity, SeveritySource } from "@/lib/db/generated/enums";
import { issueSchema } from "@/lib/issues/shapes";

/** How bad it is, where that comes from, and what people think of it. */
export const standingSchema = z.object({
  severity: z.enum(Severity),
  severitySource: z.enum(SeveritySource),
  /** As it counts now: a risk whose date has passed is active. */
  assessment: z.enum(AssessmentState),
  assessedUntil: z.iso.datetime().nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

/** A failure group as one run shows it. */
export const groupRowSchema = standingSchema.extend({
  id: z.uuid(),
  title: z.string(),
  type: z.string().nullable(),
  /** First seen in this run. */
  isNew: z.boolean(),
  /** In this run: results that failed or are in error, and those that passed on a rerun. */
  failures: z.number(),
  flaky: z.number(),
  cases: z.number(),
  suites: z.number(),
  /** In this run, the first 20 by name; "" is no environment. */
  environments: z.array(z.string()),
  firstSeenAt: z.iso.datetime(),
  firstRun: z.object({ id: z.uuid(), number: z.number() }),
  /** In any run, this one included. */
  lastSeenAt: z.iso.datetime(),
  /** Failures and flaky results in the latest runs up to this one, oldest first; 0 where it did not occur. */
  spark: z.array(z.number()),
  /** The result that stands for the group in this run. */
  sample: z.object({ resultId: z.uuid(), name: z.string(), suite: z.string() }),
  /** Newest first, three at most; `issueCount` is all of them. */
  issues: z.array(issueSchema),
  issueCount: z.number(),
  /** An issue for it is on its way, or stopped and waits for somebody. */
  creation: z.object({ id: z.uuid(), state: z.string() }).nullable(),
});
export type GroupRow = z.infer<typeof groupRowSchema>;

/** "512 failures, 3 problems: 1 new, 2 known". Flaky groups have no failure in the run and are not problems of it. */
export const groupTotalsSchema = z.object({
  failures: z.number(),
  problems: z.number(),
  new: z.number(),
  known: z.number(),
  flaky: z.number(),
  /** Of the problems, those that people have muted or assessed away. */
  assessedAway: z.number(),
  withIssue: z.number(),
});
export type GroupTotals = z.infer<typeof groupTotalsSchema>;

export const groupsPageSchema = z.object({
  groups: z.array(groupRowSchema),
  next: z.string().nullable(),
  totals: groupTotalsSchema,
});
export type GroupsPage = z.infer<typeof groupsPageSchema>;

/** A fingerprint of a group: why its failures are here. */
export const fingerprintSchema = z.object({
  /** In the form of a UUID. */
  hash: z.guid(),
  version: z.number(),
  joinedBy: z.enum(["first", "similar", "hand", "upgrade"]),
  /** How alike it is to the one that it joined, 0 to 1, and from when on failures are joined. */
  similarity: z.number().nullable(),
  threshold: z.number(),
  type: z.string(),
  message: z.string(),
  frames: z.array(z.string()),
  /** In the run that is shown, or in all runs without one. */
  failures: z.number(),
  resultId: z.uuid(),
  /** What a split can tell its failures apart by: a varying part of the message, a deeper frame, the suite or the case. */
  splits: z.array(z.object({ keep: z.unknown(), label: z.string(), examples: z.array(z.string()) })),
});
export type FingerprintView = z.infer<typeof fingerprintSchema>;

export const assessmentSchema = z.object({
  id: z.uuid(),
  field: z.enum(["severity", "assessment"]),
  before: z.string(),
  after: z.string(),
  source: z.enum(SeveritySource).nullable(),
  detail: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.iso.datetime().nullable(),
  /** Null: an import or a rule. */
  actorId: z.uuid().nullable(),
  actorName: z.string(),
  createdAt: z.iso.datetime(),
});
export type AssessmentView = z.infer<typeof assessmentSchema>;

export const groupChangeSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["merge", "split", "refine"]),
  groupIds: z.array(z.uuid()),
  actorName: z.string(),
  createdAt: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
});
export type GroupChangeView = z.infer<typeof groupChangeSchema>;

/** A group, whole. */
export const groupSchema = z.object({
  group: groupRowSchema,
  /** The runs that its spark is of, oldest first. */
  sparkRuns: z.array(z.object({ id: z.uuid(), number: z.number() })),
  fingerprints: z.array(fingerprintSchema),
  history: z.array(assessmentSchema),
  /** Merges and splits that touched it, newest first. */
  changes: z.array(groupChangeSchema),
});
export type GroupView = z.infer<typeof groupSchema>;

/** What a merge or a split has done. */
export const changedSchema = z.object({
  /** By which it is undone. */
  changeId: z.uuid(),
  /** The group that stays. */
  groupId: z.uuid(),
  /** Groups that are new. */
  created: z.array(z.uuid()),
  /** Where one fingerprint was split: stored failures that were told apart, and older ones that stay as they are. */
  toldApart: z.number(),
  left: z.number(),
});
export type Changed = z.infer<typeof changedSchema>;
