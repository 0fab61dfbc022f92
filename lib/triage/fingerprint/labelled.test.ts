import { describe, expect, it } from "vitest";
import { fixturesDir } from "@/e2e/vitest/external";
import { algorithm } from "@/lib/triage/algorithm";
import { assign } from "@/lib/triage/join";
import { pairwise } from "@/lib/triage/testing/f1";
import { freshFailures } from "@/lib/triage/testing/labels/fresh/fresh";
import { type Labelled, labelledFailures } from "@/lib/triage/testing/labels/labelled";
import { thirdFailures } from "@/lib/triage/testing/labels/third/third";

/** The group of each failure, as an import would fold them in this order. */
function fold(failures: readonly Labelled[]): string[] {
  const fingerprints = failures.map(({ testName, ...failure }) =>
    algorithm.fingerprint({ ...failure, name: testName }),
  );
  const assigned = assign(fingerprints, [], algorithm);
  return fingerprints.map(({ hash }) => {
    const place = assigned.get(hash);
    return place && "founds" in place ? (place.with ?? hash) : hash;
  });
}

const figures = (failures: readonly Labelled[], groups: readonly string[]) =>
  pairwise(
    failures.map(({ problem }) => problem),
    groups,
  );

/** Pairwise F1 of a set, whose figures are printed, family by family. */
function foldAndPrint(set: string, failures: readonly Labelled[]): number {
  const groups = fold(failures);
  const line = (of: readonly number[]) => {
    const { precision, recall, f1 } = figures(
      of.flatMap((index) => failures[index] ?? []),
      of.flatMap((index) => groups[index] ?? []),
    );
    return [precision, recall, f1].map((figure) => figure.toFixed(3)).join(" ");
  };
  const families = [...new Set(failures.map(({ family }) => family))].map(
    (family) =>
      `${family.padEnd(20)} ${line(failures.flatMap((failure, index) => (failure.family === family ? [index] : [])))}`,
  );
  process.stdout.write(`precision, recall and F1, ${set}: ${line([...failures.keys()])}\n${families.join("\n")}\n`);
  return figures(failures, groups).f1;
}

describe.skipIf(!fixturesDir())("the labelled failures", () => {
  for (const isHeldOut of [false, true])
    it(`[J1] fold as experts fold them: ${isHeldOut ? "the half once held out" : "the half for tuning"}`, async () => {
      const failures = (await labelledFailures()).filter((failure) => failure.isHeldOut === isHeldOut);
      expect(foldAndPrint(isHeldOut ? "held out once" : "tuning", failures)).toBeGreaterThanOrEqual(0.95);
    });
});

// All of them have been tuned by: what they come to says that nothing got worse, not what unseen failures come to.
it("[J1] fold as experts fold them: the fresh ones", () => {
  expect(foldAndPrint("fresh", freshFailures())).toBeGreaterThanOrEqual(0.92);
});

it("[J1] fold as experts fold them: the tunable half of the third set", () => {
  expect(foldAndPrint("third", thirdFailures())).toBeGreaterThanOrEqual(0.94);
});
