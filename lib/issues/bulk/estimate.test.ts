import { expect, it } from "vitest";
import { estimate } from "./estimate";

const minute = 60_000;
const window = (left: number) => ({ limit: 1_000, left, resetInMs: 20 * minute });

it("[K4] as many writes as there are issues, one behind the other, after the line that there is", () => {
  expect(estimate(500, { writeMs: 1_080, freeInMs: 0, window: null })).toEqual({ durationMs: 540_000, calls: null });
  expect(estimate(10, { writeMs: 1_000, freeInMs: 5_000, window: null }).durationMs).toBe(15_000);
});

it("[K4] says how much of the limit it needs, and waits for the reset where that is not left", () => {
  const pace = { writeMs: 1_000, freeInMs: 0 };
  const calls = { needed: 500, left: 1_000, limit: 1_000 };
  expect(estimate(500, { ...pace, window: window(1_000) })).toEqual({ durationMs: 500_000, calls });
  // A tenth is kept for people: of 200 that are left, 100.
  expect(estimate(160, { ...pace, window: window(200) }).durationMs).toBe(20 * minute + 60_000);
  // And of each window after that.
  expect(estimate(100 + 900 + 30, { ...pace, window: window(200) }).durationMs).toBe(80 * minute + 30_000);
  expect(estimate(1, { ...pace, window: window(0) }).durationMs).toBe(20 * minute + 1_000);
});
