import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { soon } from "./soon";

const fail = (attempt: number, error: Error) =>
  soon(attempt, () => Promise.reject(error)).then(
    () => expect.fail("it did not fail"),
    (thrown: unknown) => thrown,
  );

it("[G3] a failure of the database is tried again in seconds, and later each time", async () => {
  const waits: number[] = [];
  for (const attempt of [0, 1, 4, 19]) {
    const error = await fail(attempt, new Error("Connection terminated"));
    expect(error).toMatchObject({ kind: "unavailable", cause: { message: "Connection terminated" } });
    const { retryAt } = error as AppError; // the kind is an AppError's
    waits.push((retryAt?.getTime() ?? 0) - Date.now());
  }
  const [first = 0, second = 0, fifth = 0, last = 0] = waits;
  expect(first).toBeLessThanOrEqual(2_000);
  expect(second).toBeLessThanOrEqual(4_000);
  expect(fifth).toBeGreaterThan(15_000);
  expect(last).toBeLessThanOrEqual(7_200_000);
});

it("[G3] what has been understood keeps its own time", async () => {
  const known = new AppError("tracker_rate_limited", "Wait.", { retryAt: new Date(0) });
  expect(await fail(0, known)).toBe(known);
});
