import { describe, expect, it } from "vitest";
import { isOverdue, nextLookAt, nextTryAt, settlesAt } from "./timing";

const now = new Date("2026-11-20T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const settleMs = 12_000;

describe("when a look that finds nothing proves something", () => {
  it("[G3] the settling time after the call's end; after a crash also the latest that the call may have ended", () => {
    expect(settlesAt({ state: "unknown", lastSentAt: now }, settleMs)).toEqual(at(12));
    // It may begin 5 s after it was announced, and take 20 s.
    expect(settlesAt({ state: "sending", lastSentAt: now }, settleMs)).toEqual(at(12 + 25));
  });

  it("[G3] looks come soon, then less often, and one exactly when the call has settled", () => {
    const look = (seconds: number) => nextLookAt({ state: "unknown", lastSentAt: at(-seconds) }, settleMs, now);
    expect(look(0)).toEqual(at(1));
    expect(look(3)).toEqual(at(3));
    expect(look(8)).toEqual(at(4));
    expect(look(60)).toEqual(at(60));
    expect(look(3_600)).toEqual(at(300));
  });
});

describe("when somebody should have worked on it", () => {
  it("[G3] two minutes after its last change, or after the time at which it was to go on", () => {
    const overdue = (updated: number, retry: number | null) =>
      isOverdue({ updatedAt: at(updated), retryAt: retry === null ? null : at(retry) }, now);
    expect([overdue(-119, null), overdue(-121, null)]).toEqual([false, true]);
    expect([overdue(-9_999, 60), overdue(-9_999, -119), overdue(-9_999, -121)]).toEqual([false, false, true]);
  });
});

describe("when a refusal that passes is tried again", () => {
  it("[G11] when the tracker says, at least a second and at most a day from now", () => {
    expect(nextTryAt(at(60), 0, now)).toEqual(at(60));
    expect(nextTryAt(at(-60), 0, now)).toEqual(at(1));
    expect(nextTryAt(at(1e9), 0, now)).toEqual(at(86_400));
  });

  it("[K4] less and less often where a tracker asks for a second's patience for ever", () => {
    expect([0, 10, 13, 30].map((attempt) => nextTryAt(at(1), attempt, now))).toEqual([at(1), at(1), at(8), at(600)]);
    expect(nextTryAt(at(3_600), 30, now)).toEqual(at(3_600));
  });

  it("[G11] else later each time, within the hour", () => {
    expect([0, 1, 2, 20].map((attempt) => nextTryAt(undefined, attempt, now))).toEqual([
      at(15),
      at(30),
      at(60),
      at(3_600),
    ]);
  });
});
