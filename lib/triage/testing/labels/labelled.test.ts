import { describe, expect, it } from "vitest";
import { fixturesDir } from "@/e2e/vitest/external";
import { isHeldOut, type Labelled, labelledFailures } from "./labelled";

const countOf = (failures: Labelled[], is: (failure: Labelled) => boolean) => failures.filter(is).length;

function groupedBy(key: "family" | "problem", failures: Labelled[]): Map<string, Labelled[]> {
  const groups = new Map<string, Labelled[]>();
  for (const failure of failures) groups.set(failure[key], [...(groups.get(failure[key]) ?? []), failure]);
  return groups;
}

describe.skipIf(!fixturesDir())("the labelled failures", () => {
  it("[J1] are at least 300, with ids of their own, and at least 50 of them from real files", async () => {
    const failures = await labelledFailures();
    expect(failures.length).toBeGreaterThanOrEqual(300);
    expect(new Set(failures.map(({ id }) => id)).size).toBe(failures.length);
    expect(countOf(failures, ({ problem }) => problem.startsWith("fixture-"))).toBeGreaterThanOrEqual(50);
  });

  it("[J1] all say something, those of the fixtures too", async () => {
    const silent = (await labelledFailures()).filter(({ message, stack }) => !message?.trim() && !stack?.trim());
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it("[J1] are near misses to at least 30 %, each with a twin of another cause in its half of the family", async () => {
    const failures = await labelledFailures();
    const near = failures.filter(({ isNearMiss }) => isNearMiss);
    expect(near.length).toBeGreaterThanOrEqual(0.3 * failures.length);
    const look = ({ problem }: Labelled) => problem.split("@")[0];
    const alone = near.filter(
      (one) =>
        !near.some(
          (other) =>
            other.family === one.family &&
            other.isHeldOut === one.isHeldOut &&
            look(other) === look(one) &&
            other.problem !== one.problem,
        ),
    );
    expect(alone.map(({ id }) => id)).toEqual([]);
  });

  it("[J1] are held out to a third or more, and kept for tuning to a third or more, in each family", async () => {
    const families = groupedBy("family", await labelledFailures());
    expect(families.size).toBeGreaterThanOrEqual(19);
    for (const [family, failures] of families) {
      const share = countOf(failures, (failure) => failure.isHeldOut) / failures.length;
      expect(share, family).toBeGreaterThan(1 / 3);
      expect(share, family).toBeLessThan(2 / 3);
    }
  });

  it("[J1] show problems of 1 to 25 failures, each of one family, at least two of five with 2 to 6", async () => {
    const problems = [...groupedBy("problem", await labelledFailures()).values()];
    const sizes = problems.map((failures) => failures.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(sizes.filter((size) => size >= 2 && size <= 6).length).toBeGreaterThanOrEqual(0.4 * sizes.length);
    for (const failures of problems) expect(new Set(failures.map(({ family }) => family)).size).toBe(1);
  });
});

it("[J1] keeps problems that look alike in one half", () => {
  expect(isHeldOut("look@one")).toBe(isHeldOut("look@other"));
  expect(new Set(["a", "b", "c", "d", "e", "f", "g", "h"].map(isHeldOut))).toEqual(new Set([true, false]));
});
