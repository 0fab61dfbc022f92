import { NonRetriableError, RetryAfterError, StepError } from "inngest";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { engineOf, missingOf } from "./engine";
import { toInngestError } from "./middleware";

describe("who runs the jobs", () => {
  const none = {
    INNGEST_BASE_URL: undefined,
    INNGEST_DEV: undefined,
    INNGEST_EVENT_KEY: undefined,
    FAULTLINE_INNGEST: undefined,
  };
  it.each([
    ["nothing set", {}, "embedded"],
    ["an address", { INNGEST_BASE_URL: "http://inngest:8288" }, "external"],
    ["a dev server", { INNGEST_DEV: "1" }, "external"],
    ["a dev server by address", { INNGEST_DEV: "http://localhost:8288" }, "external"],
    ["no dev server", { INNGEST_DEV: "0" }, "embedded"],
    ["Cloud, which has no address", { INNGEST_EVENT_KEY: "key" }, "external"],
    ["asked for by word", { FAULTLINE_INNGEST: "external" as const }, "external"],
    [
      "embedded although there is an event key",
      { FAULTLINE_INNGEST: "embedded" as const, INNGEST_EVENT_KEY: "key" },
      "embedded",
    ],
    [
      "embedded although there is an address",
      { FAULTLINE_INNGEST: "embedded" as const, INNGEST_BASE_URL: "http://x" },
      "embedded",
    ],
  ])("[K8] %s", (_, settings, engine) => expect(engineOf({ ...none, ...settings })).toBe(engine));
});

describe("errors in Inngest's words", () => {
  const cause = new Error("the tracker's answer");

  it("[K8] never repeats what cannot succeed, and repeats the rest, when told to at the right time", () => {
    const retryAt = new Date(Date.now() + 60_000);
    expect(toInngestError(new AppError("tracker_refused", "No.", { cause }))).toBeInstanceOf(NonRetriableError);
    const later = toInngestError(new AppError("tracker_rate_limited", "Wait.", { cause, retryAt }));
    expect(later).toBeInstanceOf(RetryAfterError);
    expect(later).toMatchObject({ retryAfter: retryAt.toISOString(), name: "tracker_rate_limited" });
    const unknown = toInngestError(new AppError("timed_out", "No answer.", { cause }));
    expect(unknown).toMatchObject({ name: "timed_out", message: "No answer." });
    expect(unknown).not.toBeInstanceOf(NonRetriableError);
  });

  it("[K8] takes every cause away", () => {
    for (const error of [
      new AppError("internal", "x", { cause }),
      new TypeError("x", { cause }),
      new NonRetriableError("x", { cause }),
      new RetryAfterError("x", 1000, { cause }),
    ]) {
      expect(toInngestError(error)).toMatchObject({ message: "x", stack: expect.any(String) });
      expect(toInngestError(error)).not.toMatchObject({ cause });
    }
  });

  it("[K8] leaves a failed step's error as it is, because the SDK knows it by its identity", () => {
    const error = new StepError("s", { name: "E", message: "m" });
    expect(toInngestError(error)).toBe(error);
  });
});

it("[K8] refuses to start for a real Inngest whose calls it could not check, and says what is missing", () => {
  expect(missingOf({ INNGEST_EVENT_KEY: "x" })).toMatch(
    /INNGEST_SIGNING_KEY is missing[\s\S]*Example: INNGEST_SIGNING_KEY=/,
  );
  expect(missingOf({ INNGEST_BASE_URL: "https://inngest.example" })).toContain("INNGEST_SIGNING_KEY");
  expect(missingOf({ INNGEST_EVENT_KEY: "x", INNGEST_SIGNING_KEY: "signkey-prod-00" })).toBe("");
  expect(missingOf({ INNGEST_DEV: "1" })).toBe("");
  expect(missingOf({ INNGEST_DEV: "1", NODE_ENV: "production" })).toContain("INNGEST_DEV");
  expect(missingOf({ INNGEST_DEV: "0", NODE_ENV: "production" })).toBe("");
  expect(missingOf({})).toBe("");
});
