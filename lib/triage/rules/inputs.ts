import { z } from "zod";
import { Severity } from "@/lib/db/generated/enums";
import { ruleFields, ruleKinds } from "./shapes";

const hasNoNul = /^[^\0]*$/;
const nul = "must not hold NUL";
// Ids are taken as any text: a malformed one is answered like one that does not exist.
const id = z.string().max(100);

const issue = z.union(
  [
    z.strictObject({ issueId: id }),
    z.strictObject({ integrationId: id, ref: z.string().trim().min(1).max(2_000).regex(hasNoNul, nul) }),
  ],
  { error: "Choose an issue, or name one by an integration of the project and its key or address." },
);

const what = {
  field: z.enum(ruleFields),
  kind: z.enum(ruleKinds).describe("text: contained, whatever the case of its letters. pattern: RE2's syntax."),
  pattern: z
    .string()
    .trim()
    .min(1, "Say what the failures have in common.")
    .max(1_000, "A rule has 1,000 characters at most.")
    .regex(hasNoNul, nul),
};

const rule = {
  name: z
    .string()
    .trim()
    .min(1, "Give the rule a name.")
    .max(120, "A name has 120 characters at most.")
    .regex(hasNoNul, nul),
  ...what,
  issue: issue.describe("One that the project knows by its id, or one of an integration by its key or address."),
  severity: z
    .enum(Severity)
    .nullable()
    .describe(
      "Of the problems whose failures match, unless a person has set theirs. null: the rule says nothing of it.",
    ),
  enabled: z.boolean(),
};

const linkPast = z.boolean().default(false).describe("true: what has matched in the past is linked as well.");

export const ruleInput = z.object({
  ...rule,
  severity: rule.severity.default(null),
  enabled: rule.enabled.default(true),
  linkPast,
});
export const ruleChange = z.object(rule).partial().extend({ linkPast });
export const previewInput = z.object({
  ...what,
  issueId: id.optional().describe("Failures that have another issue than this one are counted."),
});
export const issueSearchInput = z.object({ q: z.string().trim().max(2_000).regex(hasNoNul, nul).default("") });

export type RuleInput = z.output<typeof ruleInput>;
export type RuleChange = z.output<typeof ruleChange>;
export type PreviewInput = z.output<typeof previewInput>;
