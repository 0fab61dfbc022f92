import { expect, it } from "vitest";
import { judge } from "./time-limit.mjs";

const minute = 60_000;

it("a suite's time stands beside its limit; above it there is a warning, above double a failure", () => {
  expect(judge(4 * minute, 4)).toEqual({ text: "4 min 0 s (limit 4 min)", warning: null, isFailure: false });
  expect(judge(4 * minute + 1, 4)).toMatchObject({
    warning: expect.stringMatching(/^SLOW: 4 min 0 s/),
    isFailure: false,
  });
  expect(judge(8 * minute, 4)).toMatchObject({ warning: expect.stringMatching(/^SLOW/), isFailure: false });
  expect(judge(8 * minute + 1, 4)).toMatchObject({
    warning: expect.stringMatching(/^TOO SLOW.* limit of 4 min/),
    isFailure: true,
  });
  expect(judge(60 * minute, undefined)).toEqual({ text: "60 min 0 s", warning: null, isFailure: false });
});
