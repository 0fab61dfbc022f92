import { expect, it } from "vitest";
import type { Labelled } from "../labelled";
import { lookOf } from "../written";
import { freshFailures } from "./fresh";

function groupedBy(keyOf: (failure: Labelled) => string): Map<string, Labelled[]> {
  const groups = new Map<string, Labelled[]>();
  for (const failure of failures) groups.set(keyOf(failure), [...(groups.get(keyOf(failure)) ?? []), failure]);
  return groups;
}

const failures = freshFailures();
const problems = groupedBy(({ problem }) => problem);

it("[J1] are at least 200 failures of at least 90 problems in 19 families, with ids of their own", () => {
  expect(failures.length).toBeGreaterThanOrEqual(200);
  expect(problems.size).toBeGreaterThanOrEqual(90);
  expect(new Set(failures.map(({ id }) => id)).size).toBe(failures.length);
  const families = groupedBy(({ family }) => family);
  expect(families.size).toBe(19);
  for (const [family, members] of families) expect(members.length, family).toBeGreaterThanOrEqual(14);
});

it("[J1] all say something, and none is a copy of another", () => {
  const silent = failures.filter(({ message, stack }) => !message?.trim() && !stack?.trim());
  expect(silent.map(({ id }) => id)).toEqual([]);
  const texts = groupedBy(({ id: _, ...rest }) => JSON.stringify(rest));
  const copies = [...texts.values()].filter(({ length }) => length > 1);
  expect(copies.map((copy) => copy.map(({ id }) => id))).toEqual([]);
});

it("[J1] leave no text with two labels", () => {
  const texts = groupedBy(({ type, message, stack }) => JSON.stringify([type, message, stack]));
  const torn = [...texts.values()].filter((same) => new Set(same.map(({ problem }) => problem)).size > 1);
  expect(torn.map((same) => same.map(({ id }) => id))).toEqual([]);
});

it("[J1] are near misses to at least 30 %, each with a twin of another cause in its family", () => {
  const near = failures.filter(({ isNearMiss }) => isNearMiss);
  expect(near.length).toBeGreaterThanOrEqual(0.3 * failures.length);
  for (const one of failures.filter(({ problem }) => problem.includes("@"))) {
    const twins = near.filter((other) => other.family === one.family && lookOf(other.problem) === lookOf(one.problem));
    expect(new Set(twins.map(({ problem }) => problem)).size, one.id).toBeGreaterThan(1);
  }
});

it("[J1] ask for joining as much as for parting: 30 % share a cause with a failure that reads differently", () => {
  const hard = [...problems.values()].flatMap((same) => {
    const readings = new Set(same.map(({ message, stack }) => JSON.stringify([message, stack])));
    return readings.size > 1 ? same : [];
  });
  expect(hard.length).toBeGreaterThanOrEqual(0.3 * failures.length);
});

it("[J1] show problems of 1 to 25 failures, each of one family", () => {
  for (const [problem, same] of problems) {
    expect(same.length, problem).toBeLessThanOrEqual(25);
    expect(new Set(same.map(({ family }) => family)).size, problem).toBe(1);
  }
});
