import { expect, it } from "vitest";
import { pairwise } from "./f1";

// Counted by hand from the pairs of five failures: a1 a2 a3 b1 b2.
const labels = ["a", "a", "a", "b", "b"];

it.each([
  ["the labels under other names", ["x", "x", "x", "y", "y"], { precision: 1, recall: 1, f1: 1, madePairs: 4 }],
  ["everything in one group", ["x", "x", "x", "x", "x"], { precision: 0.4, recall: 1, f1: 4 / 7, madePairs: 10 }],
  ["each on its own", ["1", "2", "3", "4", "5"], { precision: 1, recall: 0, f1: 0, madePairs: 0 }],
  ["one that went over", ["x", "x", "y", "y", "y"], { precision: 0.5, recall: 0.5, f1: 0.5, madePairs: 4 }],
  ["only wrong pairs", ["x", "y", "z", "x", "y"], { precision: 0, recall: 0, f1: 0, madePairs: 2 }],
])("[J1] judges %s by its pairs", (_, groups, expected) => {
  const { precision, recall, f1, truePairs, madePairs } = pairwise(labels, groups);
  expect(truePairs).toBe(4);
  expect({ precision, recall, madePairs }).toEqual({
    precision: expected.precision,
    recall: expected.recall,
    madePairs: expected.madePairs,
  });
  expect(f1).toBeCloseTo(expected.f1, 12);
});

it("[J1] refuses groups that are not one for each label", () => {
  expect(() => pairwise(["a", "b"], ["x"])).toThrow(RangeError);
});
