import { describe, expect, it } from "vitest";
import { randomOf } from "@/e2e/faults/scale";
import { batch, debounce, rate, throttle } from "./rules";
import type { Window } from "./windows";

const ROUNDS = 300;

/** Moments in order, with bursts and long silences. */
function moments(random: () => number, count: number, spreadMs: number): number[] {
  let at = 1_000_000;
  return Array.from({ length: count }, () => {
    const kind = random();
    at += kind < 0.4 ? 0 : kind < 0.9 ? Math.floor(random() * spreadMs) : Math.floor(random() * spreadMs * 30);
    return at;
  });
}

describe("throttle", () => {
  it("[K8] starts all, none early, never more than the burst and its share in any span", () => {
    const random = randomOf("flow throttle");
    for (let round = 0; round < ROUNDS; round++) {
      const limit = 1 + Math.floor(random() * 10);
      const period = 100 * (1 + Math.floor(random() * 50));
      const burst = 1 + Math.floor(random() * 5);
      const shareMs = period / limit;
      let window: Window | null = null;
      const asked = moments(random, 60, shareMs * 1.5);
      const starts = asked.map((nowMs) => {
        const { startAtMs, after } = throttle(window, nowMs, { limit, period, burst });
        window = after;
        return startAtMs;
      });
      expect(starts.every((startMs, index) => startMs >= (asked[index] ?? 0))).toBe(true);
      // So many shares, less the burst, is the least that lies between any two.
      const tooClose = starts.flatMap((startMs, index) =>
        starts.slice(index).filter((later, place) => later - startMs < shareMs * (place + 1 - burst) - 1e-6),
      );
      expect(tooClose).toEqual([]);
    }
  });

  it("[K8] makes nobody wait who comes slower than the limit", () => {
    let window: Window | null = null;
    for (let nowMs = 0; nowMs < 10_000; nowMs += 500) {
      const { startAtMs, after } = throttle(window, nowMs, { limit: 2, period: 1000 });
      expect(startAtMs).toBe(nowMs);
      window = after;
    }
  });

  it("[K8] spaces what comes at once by a fair share of the period, after the burst", () => {
    let window: Window | null = null;
    const starts = Array.from({ length: 6 }, () => {
      const { startAtMs, after } = throttle(window, 0, { limit: 2, period: 1000, burst: 3 });
      window = after;
      return startAtMs;
    });
    expect(starts).toEqual([0, 0, 0, 500, 1000, 1500]);
  });
});

describe("rate", () => {
  it("[K8] lets exactly the limit through in each period, which begins with the first event in it", () => {
    const random = randomOf("flow rate");
    for (let round = 0; round < ROUNDS; round++) {
      const limit = 1 + Math.floor(random() * 10);
      const period = 100 * (1 + Math.floor(random() * 50));
      let window: Window | null = null;
      let openedMs = Number.NEGATIVE_INFINITY;
      let count = 0;
      const asked = moments(random, 60, period / limit);
      const isAllowed = asked.map((nowMs) => {
        const ruled = rate(window, nowMs, { limit, period });
        window = ruled.after;
        return ruled.isAllowed;
      });
      // The same rule in the plainest words.
      const expected = asked.map((nowMs) => {
        if (nowMs >= openedMs + period) [openedMs, count] = [nowMs, 0];
        count++;
        return count <= limit;
      });
      expect(isAllowed).toEqual(expected);
    }
  });
});

describe("debounce", () => {
  const options = { period: 100, timeout: 250 };

  it("[K8] waits for the period after the last event, at most the timeout after the first", () => {
    let window: Window | null = null;
    const due = [0, 80, 160, 240].map((nowMs, index) => {
      window = debounce(window, nowMs, `0${index}`, options);
      return window.dueAtMs;
    });
    expect(due).toEqual([100, 180, 250, 250]);
    expect(window).toMatchObject({ eventIds: ["03"] });
  });

  it("[K8] keeps the later event when an earlier one arrives after it", () => {
    const window = debounce(null, 0, "02", options);
    expect(debounce(window, 50, "01", options)).toBe(window);
  });
});

describe("batch", () => {
  it("[K8] is full with the last event that it has room for, and begins anew", () => {
    const options = { maxSize: 2, timeout: 100 };
    const { full, after } = batch(null, 0, "a", options);
    expect([full, after?.dueAtMs]).toEqual([null, 100]);
    expect(batch(after, 50, "b", options)).toEqual({ full: ["a", "b"], after: null });
    expect(batch(after, 50, "b", { ...options, maxSize: 3 }).after?.dueAtMs).toBe(100);
  });
});
