import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { pace } from "./pace";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Something to tell that takes so long. */
function telling(costMs: number) {
  let now = 0;
  let told = 0;
  const paced = pace(
    () => {
      told += 1;
      now += costMs;
    },
    () => now,
  );
  return { ...paced, told: () => told };
}

it("[G1] tells each change at once while that is quick", () => {
  const { changed, told } = telling(2);
  for (let i = 0; i < 20; i++) changed();
  expect(told()).toBe(20);
});

it("[G1] waits for a pause where telling would be felt at each key", () => {
  const { changed, told } = telling(40);
  changed();
  for (let i = 0; i < 20; i++) {
    changed();
    vi.advanceTimersByTime(100);
  }
  expect(told()).toBe(1);
  vi.advanceTimersByTime(1_500);
  expect(told()).toBe(2);
});

it("[G1] loses nothing: what is due is told when it is asked for, and once", () => {
  const { changed, flush, told } = telling(40);
  changed();
  changed();
  flush();
  expect(told()).toBe(2);
  flush();
  vi.advanceTimersByTime(10_000);
  expect(told()).toBe(2);
});

it("[G1] does not tell what another text has replaced meanwhile", () => {
  const { changed, forget, flush, told } = telling(40);
  changed();
  changed();
  forget();
  flush();
  vi.advanceTimersByTime(10_000);
  expect(told()).toBe(1);
});
