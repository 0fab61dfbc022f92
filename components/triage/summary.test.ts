import { describe, expect, it } from "vitest";
import { summaryOf } from "./summary";

const totals = { failures: 0, problems: 0, new: 0, known: 0, flaky: 0, assessedAway: 0, withIssue: 0 };

describe("[J1] [J4] what a run comes down to", () => {
  it.each([
    [{ failures: 512, problems: 3, new: 1, known: 2 }, "512 failures · 3 problems · 1 new · 2 known"],
    [{ failures: 1, problems: 1, new: 1 }, "1 failure · 1 problem · 1 new"],
    [{ flaky: 7 }, "0 failures · 0 problems · 7 flaky"],
    [
      { failures: 50_000, problems: 1_000, known: 1_000, assessedAway: 2 },
      "50,000 failures · 1,000 problems · 1,000 known · 2 muted or assessed away",
    ],
  ])("%j", (some, words) => {
    expect(summaryOf({ ...totals, ...some }).join(" · ")).toBe(words);
  });
});
