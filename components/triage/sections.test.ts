import { describe, expect, it } from "vitest";
import type { GroupRow } from "@/lib/triage/shapes";
import { groupsOf, linesOf } from "./sections";
import { groupRow } from "./testing";

const all = { isAwayOpen: true, hasMore: false };
const folded = { isAwayOpen: false, hasMore: false };
const told = (groups: GroupRow[], shown: { isAwayOpen: boolean; hasMore: boolean }) =>
  linesOf(groups, shown).map((line) =>
    line.kind === "heading" ? `${line.id}: ${line.count}${line.isMore ? "+" : ""}` : line.id,
  );

const problem = groupRow({ id: "problem", failures: 3 });
const flaky = groupRow({ id: "flaky row", failures: 0, flaky: 2 });
const muted = groupRow({ id: "muted", failures: 9, assessment: "muted" });
const mutedFlaky = groupRow({ id: "muted flaky", failures: 0, flaky: 1, assessment: "false_positive" });

describe("the lines of a folded run", () => {
  it("[J4] shows flaky groups apart, after the problems", () => {
    expect(told([problem, flaky], all)).toEqual(["problem", "flaky: 1", "flaky row"]);
  });

  it("[B7] folds what was assessed away at the end, flaky or not", () => {
    const groups = [problem, muted, flaky, mutedFlaky];
    expect(told(groups, folded)).toEqual(["problem", "flaky: 1", "flaky row", "away: 2"]);
    expect(told(groups, all)).toEqual(["problem", "flaky: 1", "flaky row", "away: 2", "muted", "muted flaky"]);
    expect(groupsOf(linesOf(groups, folded)).map(({ id }) => id)).toEqual(["problem", "flaky row"]);
  });

  it("[J1] has no heading over nothing", () => {
    expect(told([problem], all)).toEqual(["problem"]);
    expect(told([], all)).toEqual([]);
  });

  it("[J1] asks for further pages until only folded rows can come", () => {
    expect(told([problem], { isAwayOpen: false, hasMore: true })).toEqual(["problem", "more"]);
    expect(told([problem, flaky], { isAwayOpen: false, hasMore: true })).toEqual([
      "problem",
      "flaky: 1+",
      "flaky row",
      "more",
    ]);
    expect(told([problem, muted], { isAwayOpen: false, hasMore: true })).toEqual(["problem", "away: 1+"]);
    expect(told([problem, muted], { isAwayOpen: true, hasMore: true })).toEqual([
      "problem",
      "away: 1+",
      "muted",
      "more",
    ]);
  });
});
