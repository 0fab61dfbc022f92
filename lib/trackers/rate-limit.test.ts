import { expect, it } from "vitest";
import { rateLimitOf } from "./rate-limit";

const names = { limit: "x-limit", remaining: "x-remaining", reset: "x-reset", bucket: null };
const told = (limit: string, remaining: string, reset: string) =>
  rateLimitOf(new Headers({ "x-limit": limit, "x-remaining": remaining, "x-reset": reset }), names);

it.each(["1700000000", "2023-11-14T22:13:20Z"])("[K4] a budget that is back at %s", (reset) => {
  expect(told("60", "0", reset)).toEqual({ limit: 60, remaining: 0, resetAt: new Date("2023-11-14T22:13:20Z") });
});

it.each([
  ["", "1", "1700000000"],
  ["60", " ", "1700000000"],
  ["60", "1", ""],
  ["60", "1", "soon"],
  ["many", "1", "1700000000"],
  ["-1", "1", "1700000000"],
])("[K4] %j, %j, %j is no budget", (limit, remaining, reset) => {
  expect(told(limit, remaining, reset)).toBeNull();
});

it("[K4] an answer without headers tells none", () => {
  expect(rateLimitOf(new Headers(), names)).toBeNull();
});
