import type { GroupRow } from "@/lib/triage/shapes";

/** A group of a run as a test needs it. */
export const groupRow = (row: Partial<GroupRow>): GroupRow => ({
  id: "group",
  title: "TimeoutError: payment gateway <n> ms",
  type: "TimeoutError",
  severity: "medium",
  severitySource: "default",
  assessment: "active",
  assessedUntil: null,
  isNew: false,
  failures: 1,
  flaky: 0,
  cases: 1,
  suites: 1,
  environments: [],
  firstSeenAt: "2026-11-01T00:00:00.000Z",
  firstRun: { id: "run", number: 1 },
  lastSeenAt: "2026-11-01T00:00:00.000Z",
  spark: [1],
  sample: { resultId: "result", name: "pays", suite: "shop" },
  issues: [],
  issueCount: 0,
  creation: null,
  ...row,
});
