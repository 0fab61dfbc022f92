import { z } from "zod";
import { Severity } from "@/lib/db/generated/enums";
import { issueSchema } from "@/lib/issues/shapes";

/** text: it is contained, whatever the case of its letters. pattern: an expression of RE2's syntax. */
export const ruleKinds = ["text", "pattern"] as const;
/** What is searched of a failure. */
export const ruleFields = ["message", "stack", "both"] as const;

export const ruleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  field: z.enum(ruleFields),
  kind: z.enum(ruleKinds),
  pattern: z.string(),
  /** What it rates the problems of its matches. Null: nothing. */
  severity: z.enum(Severity).nullable(),
  enabled: z.boolean(),
  /** Null: it is gone, and the rule links nothing until it names another one. */
  issue: issueSchema.nullable(),
  /** Why it links nothing although it may be switched on. */
  problem: z.enum(["issue_gone", "pattern_invalid", "too_slow"]).nullable(),
  /** Failures that it has linked so far, and when last. */
  matched: z.number(),
  matchedAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type RuleView = z.infer<typeof ruleSchema>;

/** Where it stands in a failure, with what is around it; one line. */
export const excerptSchema = z.object({ before: z.string(), match: z.string(), after: z.string() });
export type Excerpt = z.infer<typeof excerptSchema>;

export const rulePreviewSchema = z.object({
  /** How far back it looked. */
  searched: z.object({
    results: z.number(),
    runs: z.number(),
    since: z.iso.datetime().nullable(),
    /** false: it stopped because it was late. */
    isWhole: z.boolean(),
    days: z.number(),
    mostResults: z.number(),
  }),
  matched: z.number(),
  /** The newest of the runs, and how many there are. */
  runs: z.array(z.object({ id: z.uuid(), number: z.number(), matched: z.number() })),
  runCount: z.number(),
  /** The largest of the groups, how many there are, and of how many only some failures match. */
  groups: z.array(z.object({ id: z.uuid(), title: z.string(), matched: z.number(), failures: z.number() })),
  groupCount: z.number(),
  partlyCovered: z.number(),
  /** Of the groups: a person has set their severity, which no rule changes. */
  ratedByHand: z.number(),
  /** Of what matches: has another issue already; has this one already. */
  withOtherIssue: z.number(),
  withThisIssue: z.number(),
  /** The first ones, newest run first. */
  examples: z.array(
    z.object({
      resultId: z.uuid(),
      runId: z.uuid(),
      run: z.number(),
      suite: z.string(),
      name: z.string(),
      field: z.enum(["message", "stack"]),
      excerpt: excerptSchema,
    }),
  ),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

/** Issues that a rule may name: those that the project knows, and those that a pasted key or address means. */
export const issueChoicesSchema = z.object({
  linked: z.array(issueSchema),
  found: z.array(
    z.object({
      integration: z.object({ id: z.uuid(), name: z.string() }),
      key: z.string(),
      url: z.string(),
      title: z.string(),
      state: z.string(),
      category: issueSchema.shape.category,
    }),
  ),
});
export type IssueChoices = z.infer<typeof issueChoicesSchema>;
