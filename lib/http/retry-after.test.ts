import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { retryAtOf } from "./retry-after";

const now = Date.parse("2026-01-01T12:00:00Z");
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

const waitSeconds = (headers: Record<string, string>, resetHeader?: string) =>
  (retryAtOf(new Headers(headers), { resetHeader }).getTime() - now) / 1000;

it.each<[string, Record<string, string>, number]>([
  ["seconds", { "retry-after": "30" }, 31],
  ["zero", { "retry-after": "0" }, 1],
  ["a fraction", { "retry-after": "1.5" }, 2.5],
  ["a date", { "retry-after": "Thu, 01 Jan 2026 12:05:00 GMT" }, 301],
  [
    "a date, on a clock that is an hour ahead",
    { "retry-after": "Thu, 01 Jan 2026 13:05:00 GMT", date: "Thu, 01 Jan 2026 13:00:00 GMT" },
    301,
  ],
  ["a date in the past", { "retry-after": "Wed, 31 Dec 2025 12:00:00 GMT" }, 61],
  ["nothing", {}, 61],
  ["a negative number", { "retry-after": "-5" }, 61],
  ["nonsense", { "retry-after": "soon" }, 61],
  ["an absurd number", { "retry-after": "999999999999" }, 86_400],
  ["an absurd date", { "retry-after": "Thu, 01 Jan 2099 00:00:00 GMT" }, 86_400],
])("[K4] Retry-After as %s waits as it should", (_, headers, seconds) => {
  expect(waitSeconds(headers)).toBe(seconds);
});

it("[K4] the end of a window is read where there is no Retry-After, and only then", () => {
  const reset = { "x-reset": String(now / 1000 + 120) };
  expect(waitSeconds(reset, "x-reset")).toBe(121);
  expect(waitSeconds({ ...reset, "retry-after": "30" }, "x-reset")).toBe(31);
  expect(waitSeconds({ "x-reset": "nonsense" }, "x-reset")).toBe(61);
  expect(waitSeconds({ "x-reset": "1" }, "x-reset")).toBe(61);
});
