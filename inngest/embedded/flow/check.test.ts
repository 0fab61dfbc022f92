import { describe, expect, it } from "vitest";
import { make } from "./testing";

describe("a description that cannot work", () => {
  it.each([
    [
      "a trigger's expression",
      { triggers: [{ event: "a", expression: "event.data.==" }] },
      'expression "event.data.=="',
    ],
    ["a concurrency key", { concurrency: [{ limit: 1, key: "event.data." }] }, 'concurrency.key "event.data."'],
    ["a throttle key", { throttle: { limit: 1, period: "1s", key: "nope.id" } }, 'throttle.key "nope.id"'],
    ["a rate limit's key", { rateLimit: { limit: 1, period: "1s", key: "1 +" } }, 'rateLimit.key "1 +"'],
    ["idempotency", { idempotency: "data.id" }, 'idempotency "data.id"'],
    ["a debounce key", { debounce: { period: "1s", key: "'open" } }, `debounce.key "'open"`],
    ["a batch key", { batchEvents: { maxSize: 2, timeout: "1s", key: "(" } }, 'batchEvents.key "("'],
    ["a batch condition", { batchEvents: { maxSize: 2, timeout: "1s", if: ")" } }, 'batchEvents.if ")"'],
    ["a priority", { priority: { run: "high" } }, 'priority.run "high"'],
    ["a singleton key", { singleton: { mode: "skip", key: "" } }, "singleton.key"],
    ["what cancels", { cancel: [{ event: "a", if: "event.data.id = 1" }] }, 'cancelOn.if "event.data.id = 1"'],
    ["a cron trigger", { triggers: [{ cron: "* * * *" }] }, 'cron "* * * *": it does not have five fields'],
    ["a time zone", { triggers: [{ cron: "TZ=Mars/Base * * * * *" }] }, 'cron "TZ=Mars/Base * * * * *"'],
    ["a time that never comes", { triggers: [{ cron: "0 0 31 2 *" }] }, "that time never comes"],
    ["a period of nothing", { throttle: { limit: 1, period: "0s" } }, "throttle.period must be longer than nothing"],
  ])("[K8] refuses the start for %s, naming function and option", (_, options, named) => {
    const start = () => make("f", options);
    expect(start).toThrow('"f"');
    expect(start).toThrow(named);
    expect(start).toThrow(expect.objectContaining({ kind: "misconfigured" }));
  });

  it.each([
    ["cancelOn", { cancel: [{ event: "a" }] }],
    ["debounce", { debounce: { period: "1s" } }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["priority", { priority: { run: "1" } }],
  ])("[K8] refuses batches together with %s, as an Inngest server does", (named, options) => {
    const batchEvents = { maxSize: 2, timeout: "1s" };
    expect(() => make("f", { batchEvents, ...options })).toThrow(`batchEvents does not go with ${named}`);
    expect(() => make("f", options)).not.toThrow();
  });

  it("[K8] accepts every option with an expression that it can read", () => {
    const key = "event.data.id";
    const all = {
      triggers: [
        { event: "a/*", expression: "event.data.n > 1" },
        { cron: "TZ=Europe/Berlin 0 7 * * 1-5", jitter: "1m" },
      ],
      concurrency: [{ limit: 1, key }],
      throttle: { limit: 1, period: "1s", key },
      rateLimit: { limit: 1, period: "1h", key },
      idempotency: key,
      debounce: { period: "1s", timeout: "1m", key },
      priority: { run: "event.data.urgent ? 100 : 0" },
      singleton: { mode: "cancel", key },
      cancel: [{ event: "b", if: "event.data.id == async.data.id" }],
    };
    expect(() => make("f", all)).not.toThrow();
    expect(() => make("f", { batchEvents: { maxSize: 5, timeout: "1s", key, if: "event.data.n > 1" } })).not.toThrow();
  });
});
