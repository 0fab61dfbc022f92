import { describe, expect, it } from "vitest";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import type { Execution } from "./executions";
import { flakinessOf } from "./flaky";

const letters: Record<string, ResultStatus> = {
  p: "passed",
  f: "failed",
  e: "error",
  y: "flaky",
  s: "skipped",
  b: "blocked",
};

/** Oldest first, one letter a result; all of one commit unless said otherwise. */
function history(text: string, facts: Partial<Execution> | ((index: number) => Partial<Execution>) = {}): Execution[] {
  return [...text]
    .map((letter, index): Execution => {
      const status = letters[letter];
      if (!status) throw new Error(`no status ${letter}`);
      return {
        ...{ caseId: "c", resultId: newId(), runId: newId(), runNumber: index + 1, branch: "main", commit: "a1" },
        ...{ environment: "", status, createdAt: new Date(index * 1000) },
        ...(typeof facts === "function" ? facts(index) : facts),
      };
    })
    .toReversed();
}

const score = (text: string, facts?: Parameters<typeof history>[1]) => flakinessOf(history(text, facts)).score;

describe("the flaky score", () => {
  it.each([
    ["", 0, "stable"],
    ["pppppppppp", 0, "stable"],
    ["ffffffffff", 0, "stable"],
    // One of one counts as one of five.
    ["y", 20, "sometimes flaky"],
    ["pppppppppy", 10, "sometimes flaky"],
    // 2 reruns of 10.
    ["ppyppppypp", 20, "sometimes flaky"],
    // 3 reruns of 10.
    ["pyyppppypp", 30, "flaky"],
    // 9 changes in 9 pairs.
    ["pfpfpfpfpf", 100, "flaky"],
    // One change in 8 pairs.
    ["pppppffff", 13, "sometimes flaky"],
    // Half of the results passed on a rerun, and of 9 pairs 2 changed: 1 - 0.5 × 7/9.
    ["yyyyypfppp", 61, "flaky"],
  ])("[B5] of %s is %i: %s", (text, expected, word) => {
    expect(flakinessOf(history(text))).toMatchObject({ score: expected, word });
  });

  it("[B5] counts nothing that has no verdict, and sees across it", () => {
    expect(score("sbsbs")).toBe(0);
    expect(flakinessOf(history("psssf")).environments).toMatchObject([{ results: 2, pairs: 1, changes: 1 }]);
  });

  it("[B5] takes a change for one of the code when the commit changed", () => {
    expect(score("pfpfpf", (index) => ({ commit: `c${index}` }))).toBe(0);
    // Commits that alternate: each commit always ends alike.
    expect(score("pfpfpf", (index) => ({ commit: index % 2 ? "bad" : "good" }))).toBe(0);
  });

  it("[B5] compares within a branch where no commit is known, and nothing where neither is", () => {
    expect(score("pfpf", { commit: null })).toBe(60);
    expect(flakinessOf(history("pf", { commit: null })).evidence).toMatchObject([{ sameCommit: false }]);
    expect(score("pfpf", (index) => ({ commit: null, branch: `b${index}` }))).toBe(0);
    expect(score("pfpf", { commit: null, branch: null })).toBe(0);
  });

  it("[B5] looks at the latest 50 of each environment alone, and takes the worst of them", () => {
    const old = history(`${"y".repeat(30)}${"p".repeat(50)}`);
    expect(flakinessOf(old).score).toBe(0);
    const firefox = history("pypyp", { environment: "firefox" });
    const found = flakinessOf([...old, ...firefox]);
    expect(found.score).toBe(40);
    expect(found.environments.map(({ environment, results }) => [environment, results])).toEqual([
      ["firefox", 5],
      ["", 50],
    ]);
  });

  it("[B5] tells its evidence, newest first, with the results that it is made of", () => {
    const all = history("ppfyp");
    const { evidence } = flakinessOf(all);
    expect(evidence).toEqual([
      { kind: "rerun", execution: all[1] },
      { kind: "changed", before: all[2], after: all[1], sameCommit: true },
      { kind: "changed", before: all[3], after: all[2], sameCommit: true },
    ]);
  });

  it("[B5] is never 0 for a test that was flaky once", () => {
    expect(score(`y${"p".repeat(49)}`)).toBe(2);
  });
});
