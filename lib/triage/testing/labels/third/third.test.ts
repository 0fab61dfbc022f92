import { expect, it } from "vitest";
import { thirdFailures } from "./third";

const failures = thirdFailures();

it("[J1] are at least 250 failures of at least 100 problems in 20 families, with ids of their own", () => {
  expect(failures.length).toBeGreaterThanOrEqual(250);
  expect(new Set(failures.map(({ problem }) => problem)).size).toBeGreaterThanOrEqual(100);
  expect(new Set(failures.map(({ family }) => family)).size).toBe(20);
  expect(new Set(failures.map(({ id }) => id)).size).toBe(failures.length);
});

it("[J1] all say something, and none of them has two labels", () => {
  expect(failures.filter(({ message, stack }) => !message?.trim() && !stack?.trim())).toEqual([]);
  const labels = new Map<string, string>();
  for (const { suite, testName, type, message, stack, problem } of failures) {
    const text = JSON.stringify([suite, testName, type, message, stack]);
    expect(labels.get(text) ?? problem).toBe(problem);
    labels.set(text, problem);
  }
});

it("[J1] are near misses to at least 30 %", () => {
  expect(failures.filter(({ isNearMiss }) => isNearMiss).length).toBeGreaterThanOrEqual(0.3 * failures.length);
});
