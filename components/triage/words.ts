import type { AssessmentState, Severity, SeveritySource } from "@/lib/db/generated/enums";
import type { AssessmentView, FingerprintView } from "@/lib/triage/shapes";

/** How bad, worst first, as menus list it. */
export const severityWords: Record<Severity, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Info",
};

export const severities = Object.keys(severityWords) as Severity[]; // Object.keys forgets the key type

/** Where a severity comes from, after "set". */
export const sourceWords: Record<SeveritySource, string> = {
  hand: "by hand",
  rule: "by a rule",
  property: "by a property of the test",
  tag: "by a tag of the test",
  default: "by default",
};

/** The same with the property, the tag or the rule, as the entry of the history tells it that has set it. */
export function originOf(source: SeveritySource, entry: Pick<AssessmentView, "source" | "detail"> | undefined): string {
  if (!entry?.detail || entry.source !== source || source === "hand" || source === "default")
    return sourceWords[source];
  return source === "rule" ? entry.detail : `${sourceWords[source]} (${entry.detail})`;
}

/** What people think of a problem. */
export const assessmentWords: Record<AssessmentState, string> = {
  active: "Active",
  muted: "Muted",
  false_positive: "False positive",
  risk_accepted: "Risk accepted",
};

/** Why a fingerprint is in its group. */
export const joinedWords: Record<FingerprintView["joinedBy"], string> = {
  first: "The problem began with it",
  similar: "Joined because it is alike",
  hand: "Put here by hand",
  upgrade: "Came with a newer version of the folding",
};

const rules = new Intl.PluralRules("en");

/** "1 failure", "1,234 failures". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${rules.select(count) === "one" ? one : many}`;

const standingWords: Record<string, string> = { ...severityWords, ...assessmentWords };

/** A severity or an assessment as its history tells it; what is of another time is shown as it was stored. */
export const wordOfStanding = (value: string): string => standingWords[value] ?? value;
