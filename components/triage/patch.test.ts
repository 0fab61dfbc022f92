import { describe, expect, it } from "vitest";
import { merged, type Paged, patched, restoring, stayingOf } from "./patch";
import { groupRow } from "./testing";

const totals = { failures: 6, problems: 3, new: 0, known: 3, flaky: 0, assessedAway: 0, withIssue: 0 };
const pages = (...groups: Parameters<typeof groupRow>[0][]): Paged => ({
  pages: groups.map((group) => ({ groups: [groupRow(group)], next: null, totals })),
  pageParams: groups.map(() => ""),
});
const rows = (data: Paged) => data.pages.flatMap(({ groups }) => groups);

describe("[J1] [B7] the list before the server has answered", () => {
  const three = pages(
    { id: "a", failures: 1, spark: [0, 1], environments: ["staging"] },
    { id: "b", failures: 2, flaky: 1, spark: [2, 3], environments: ["chrome"] },
    { id: "c", failures: 3, spark: [0, 3] },
  );

  it("counts what is merged into one, across pages", () => {
    const [first, second, ...rest] = rows(merged(three, "a", ["a", "b"]));
    expect(first).toMatchObject({ id: "a", failures: 3, flaky: 1, spark: [2, 4], environments: ["chrome", "staging"] });
    expect(second).toMatchObject({ id: "c", failures: 3, spark: [0, 3] });
    expect(rest).toEqual([]);
  });

  it("changes the rows that are meant, and leaves the answer it started from as it was", () => {
    const muted = patched(three, (group) => (group.id === "b" ? { ...group, assessment: "muted" } : group));
    expect(rows(muted).map(({ assessment }) => assessment)).toEqual(["active", "muted", "active"]);
    expect(rows(three).map(({ assessment }) => assessment)).toEqual(["active", "active", "active"]);
  });

  it("takes a judgement of several back to what each of them was", () => {
    const groups = [
      groupRow({ id: "a", severity: "high", severitySource: "hand" }),
      groupRow({
        id: "b",
        severity: "low",
        severitySource: "tag",
        assessment: "risk_accepted",
        assessedUntil: "2027-01-01T00:00:00.000Z",
      }),
      groupRow({ id: "c", severity: "high", severitySource: "hand" }),
    ];
    expect(restoring(groups, { severity: "critical" })).toEqual([
      { groupIds: ["a", "c"], severity: "high" },
      // Nobody had said it: reports tell it again.
      { groupIds: ["b"], severity: null },
    ]);
    expect(restoring(groups, { assessment: "muted" })).toEqual([
      { groupIds: ["a", "c"], assessment: "active" },
      { groupIds: ["b"], assessment: "risk_accepted", until: "2027-01-01T00:00:00.000Z", reason: expect.any(String) },
    ]);
  });

  it("keeps the one that has an issue when several are merged, else the oldest", () => {
    const old = groupRow({ id: "old", firstSeenAt: "2026-01-01T00:00:00.000Z" });
    const young = groupRow({ id: "young", firstSeenAt: "2026-02-01T00:00:00.000Z" });
    expect(stayingOf([young, old])?.id).toBe("old");
    expect(stayingOf([old, { ...young, issueCount: 1 }])?.id).toBe("young");
  });
});
