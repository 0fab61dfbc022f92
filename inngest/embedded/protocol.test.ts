import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer";
import { runnable } from "./config";
import { toJsonb } from "./jsonb";
import { fits } from "./patterns";
import { isSigned, sign } from "./signature";
import { backoffMs, retryAfterMs, sleepMs } from "./timing";

const key = `signkey-prod-${"ab".repeat(32)}`;
const nowMs = Date.UTC(2026, 10, 20);

describe("signatures", () => {
  it("[K8] accepts its own and refuses another key, another text, an old one and none", () => {
    const signature = sign('{"a":1}', key, nowMs);
    expect(isSigned('{"a":1}', key, signature, nowMs)).toBe(true);
    expect(isSigned('{"a":1}', `signkey-prod-${"cd".repeat(32)}`, signature, nowMs)).toBe(false);
    expect(isSigned('{"a":2}', key, signature, nowMs)).toBe(false);
    expect(isSigned('{"a":1}', key, signature, nowMs + 6 * 60_000)).toBe(false);
    expect(isSigned('{"a":1}', key, null, nowMs)).toBe(false);
    expect(isSigned('{"a":1}', key, signature.replace(/s=.*/, "s="), nowMs)).toBe(false);
  });
});

describe("times", () => {
  it.each([
    ["2s", 2000],
    ["1d2h30m10s", 95_410_000],
    ["1w", 604_800_000],
    ["", 0],
    [new Date(nowMs + 5000).toISOString(), 5000],
    [new Date(nowMs - 5000).toISOString(), 0],
  ])("[K8] sleeps %s for %d ms", (name, ms) => expect(sleepMs(name, nowMs)).toBe(ms));

  it("[K8] refuses a sleep that it cannot read", () => expect(() => sleepMs("soon")).toThrow(/soon/));

  it("[K8] waits before a retry as long as Inngest's table says, with up to twice the base of jitter", () => {
    const waits = Array.from({ length: 11 }, (_, attempt) => backoffMs(attempt, undefined, () => 0) / 1000);
    expect(waits).toEqual([15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200]);
    expect(backoffMs(0, undefined, () => 1)).toBe(45_000);
  });

  it.each([
    ["120", 120_000],
    ["0", 0],
    ["-5", 0],
    ["99999999", 86_400_000],
    [new Date(nowMs + 9000).toUTCString(), 9000],
    [new Date(nowMs + 9000).toISOString(), 9000],
    ["tomorrow", null],
    ["", null],
    [null, null],
  ])("[K8] reads Retry-After %s as %s ms", (header, ms) => expect(retryAfterMs(header, nowMs)).toBe(ms));
});

describe("functions", () => {
  const base = { id: "app-f", name: "f", triggers: [{ event: "a/b" }], steps: { step: { id: "step" } } };
  const read = (config: object) => runnable({ ...base, ...config });

  it("[K8] takes the default of four retries, and no retries when told so", () => {
    expect(read({}).maxAttempts).toBe(5);
    expect(read({ steps: { step: { retries: { attempts: 0 } } } }).maxAttempts).toBe(1);
  });

  it.each([
    ["defer", { defer: {} }],
    ["jitters", { triggers: [{ cron: "* * * * *", jitters: "1s" }] }],
    ["weight", { concurrency: [{ limit: 1, weight: 2 }] }],
    ["second", { steps: { step: {}, second: {} } }],
  ])("[K8] refuses an option that it does not know by name: %s", (option, config) => {
    expect(() => read(config)).toThrow(new RegExp(`"app-f" uses .*${option}`));
  });

  it("[K8] matches names, and patterns by their beginning", () => {
    expect(["app/x.y", "app/"].map((name) => fits("app/*", name))).toEqual([true, true]);
    expect(["issue/made", "issue/made.twice", "issue"].map((name) => fits("issue/made", name))).toEqual([
      true,
      false,
      false,
    ]);
    expect(["ap", "x"].map((name) => fits("app/*", name))).toEqual([false, false]);
  });
});

describe("answers", () => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}, isAuthentic = true) =>
    readAnswer({ status, headers: new Headers(headers), text: JSON.stringify(body), isAuthentic }, nowMs);
  const op = (extra: object) => ({ id: "h", op: "StepRun", displayName: "one", data: 1, ...extra });

  it("[K8] believes nothing that is not signed", () => {
    expect(answer(200, 1, {}, false)).toMatchObject({ kind: "stray" });
    expect(answer(401, null)).toMatchObject({ kind: "stray" });
  });

  it("[K8] names a step tool that is not supported instead of passing over it", () => {
    expect(answer(206, [op({ op: "WaitForSignal" })])).toMatchObject({
      kind: "failed",
      error: { message: expect.stringContaining("step.waitForSignal is not supported") },
    });
    expect(answer(206, [op({ op: "Brandnew" })])).toMatchObject({
      kind: "failed",
      error: { message: expect.stringContaining("Brandnew") },
    });
    expect(answer(206, [op({ op: "StepPlanned", opts: { parallelMode: "brandnew" } })])).toMatchObject({
      kind: "failed",
    });
  });

  it("[K8] tells a failed attempt from a final failure by the header alone", () => {
    const error = { name: "E", message: "m", stack: "s" };
    expect(answer(500, error, { "x-inngest-no-retry": "false", "retry-after": "7" })).toEqual({
      kind: "retry",
      error,
      step: null,
      afterMs: 7000,
    });
    expect(answer(400, error, { "x-inngest-no-retry": "true" })).toEqual({ kind: "failed", error });
    expect(answer(206, [op({ op: "StepError", error })], { "x-inngest-no-retry": "true" })).toMatchObject({
      kind: "steps",
      settled: [{ stepId: "h", error }],
    });
  });

  it("[K8] fails the run when the steps make no sense", () => {
    expect(answer(206, [])).toMatchObject({ kind: "failed" });
    expect(answer(206, { op: 1 })).toMatchObject({ kind: "failed" });
    expect(answer(206, [op({ op: "Sleep", name: "whenever" })])).toMatchObject({ kind: "failed" });
    expect(answer(206, [op({ op: "WaitForEvent", name: "t/answer" })])).toMatchObject({ kind: "failed" });
    const wait = op({ op: "WaitForEvent", name: "t/answer", opts: { timeout: "1m", if: "async.data.x ==" } });
    expect(answer(206, [wait])).toMatchObject({
      kind: "failed",
      error: { message: expect.stringContaining('"async.data.x =="') },
    });
    expect(answer(206, [op({ op: "InvokeFunction" })])).toMatchObject({ kind: "failed" });
  });
});

it("[K8] stores texts that PostgreSQL's jsonb would refuse", () => {
  expect(JSON.parse(toJsonb({ "k\0": "a\0b\ud800c", d: "\\u0000", pair: "😀" }))).toEqual({
    "k\ufffd": "a\ufffdb\ufffdc",
    d: "\\u0000",
    pair: "😀",
  });
});
