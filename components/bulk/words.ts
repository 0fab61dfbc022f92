import type { BulkMode } from "@/lib/db/generated/enums";
import type { BulkPlan, BulkView, Outcome } from "@/lib/issues/bulk/shapes";
import { counted } from "../triage/words";

export const modeWords: Record<BulkMode, { label: string; hint: string }> = {
  per_group: { label: "One issue per problem", hint: "Each is for all failures of its problem, in later runs too." },
  separate: { label: "One issue per failure", hint: "Each failed test becomes an issue of its own." },
  combined: { label: "One issue for all", hint: "A table of the problems, and the first stacks." },
};

// In the order in which people are offered them.
export const modes = Object.keys(modeWords) as BulkMode[]; // Object.keys forgets the key type

export const outcomeWords: Record<Outcome, string> = {
  waiting: "Waiting",
  creating: "Creating…",
  held: "Held back",
  checking: "Checking…",
  undecided: "Created or not?",
  created: "Created",
  exists: "Had an issue",
  failed: "Failed",
  cancelled: "Cancelled",
};

// In the order of their lives.
export const outcomes = Object.keys(outcomeWords) as Outcome[]; // as above

const minute = 60_000;

/** "a few seconds", "about 9 minutes", "about 2 hours and 10 minutes": as exact as anybody can be. */
export function about(ms: number): string {
  if (ms < 10_000) return "a few seconds";
  if (ms < minute) return `about ${Math.ceil(ms / 10_000) * 10} seconds`;
  const minutes = Math.round(ms / minute);
  if (minutes < 60) return `about ${counted(minutes, "minute")}`;
  const [hours, rest] = [Math.floor(minutes / 60), Math.round((minutes % 60) / 10) * 10];
  if (rest === 60) return `about ${counted(hours + 1, "hour")}`;
  return `about ${counted(hours, "hour")}${rest > 0 && hours < 10 ? ` and ${rest} minutes` : ""}`;
}

/** What will happen, one sentence each. */
export function consequencesOf(plan: BulkPlan): string[] {
  const { mode, issues, filed, target, estimate } = plan;
  const failures = counted(filed.failures, "failure");
  const what = mode === "per_group" ? `${counted(filed.problems, "problem")} with ${failures}` : failures;
  const { calls } = estimate;
  const budget = calls
    ? ` It needs ${calls.needed.toLocaleString("en")} of the ${counted(calls.left, "call")} left.`
    : "";
  return [
    `${counted(issues[mode], "issue")} in ${target.key}, for ${what}.`,
    ...leftOutOf(plan),
    `It takes ${about(estimate.durationMs)}.${budget}`,
  ];
}

/** What gets no issue, and why. */
export function leftOutOf({ mode, leftOut }: BulkPlan): string[] {
  const { existing, underWay, assessedAway, flaky } = leftOut;
  const of = (count: number) => counted(count, mode === "per_group" ? "problem" : "failure");
  const verb = (count: number, one: string, many: string) => (count === 1 ? one : many);
  return [
    ...(existing > 0 ? [`${of(existing)} ${verb(existing, "has", "have")} an issue already: left out.`] : []),
    ...(underWay > 0 ? [`For ${of(underWay)} an issue is on its way already: left out.`] : []),
    ...(assessedAway > 0
      ? [`${of(assessedAway)} ${verb(assessedAway, "is", "are")} muted or assessed as no problem: left out.`]
      : []),
    ...(flaky > 0 ? [`${of(flaky)} passed when run again: flaky, left out.`] : []),
  ];
}

/** How it stands, in one sentence. */
export function standingOf({ counts, total, leftMs, isOver }: BulkView): string {
  const done = counts.created + counts.exists;
  const stopped = counts.failed + counts.undecided;
  return [
    `${done.toLocaleString("en")} of ${counted(total, "issue")} ${isOver ? "created" : "so far"}`,
    ...(stopped > 0 ? [`${stopped.toLocaleString("en")} failed`] : []),
    ...(counts.cancelled > 0 ? [`${counts.cancelled.toLocaleString("en")} cancelled`] : []),
    ...(leftMs !== null ? [`${about(leftMs)} left`] : []),
  ].join(" · ");
}
