import type { InngestFunction } from "inngest";
import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import type { Executor } from "../executor";
import { makeExecutor } from "../start";
import { emptyExecutor } from "../test-executors";
import { emit, started } from "./testing";

beforeEach(emptyExecutor);

// A notification is never missed here, and its own timer is all that wakes an executor for a window.
const pollMs = 60_000;

async function withExecutors(functions: InngestFunction.Any[], count: number, work: () => Promise<void>) {
  const executors = Array.from({ length: count }, () => makeExecutor({ functions, pollMs, retryBaseMs: 5 }));
  await Promise.all(executors.map((executor: Executor) => executor.start()));
  try {
    await work();
  } finally {
    await Promise.all(executors.map((executor: Executor) => executor.stop(1000)));
  }
}

const done = async (count: number) =>
  expect
    .poll(async () => (await started()).filter(({ state }) => state === "completed").length, { timeout: 8000 })
    .toBe(count);

describe("two executors", () => {
  it("[K8] run what was debounced when its time has come, once, with the last event", async () => {
    const seen: unknown[] = [];
    const fn = inngest.createFunction(
      { id: "calm", triggers: [{ event: "t/calm" }], debounce: { period: "1s" } },
      ({ event }) => void seen.push(event.data.n),
    );
    await withExecutors([fn], 2, async () => {
      await transaction((tx) => send(tx, ...[1, 2, 3].map((n) => ({ name: "t/calm", data: { n } }))));
      await done(1);
    });
    expect(seen).toEqual([3]);
  });

  it("[K8] run a batch when its time has come, each event once", async () => {
    const seen: unknown[][] = [];
    const fn = inngest.createFunction(
      { id: "many", triggers: [{ event: "t/many" }], batchEvents: { maxSize: 3, timeout: "1s" } },
      ({ events }) => void seen.push(events.map(({ data }) => data.n)),
    );
    await withExecutors([fn], 2, async () => {
      for (const n of [1, 2, 3, 4]) await emit("t/many", { n });
      await done(2);
    });
    expect(seen.flat().sort()).toEqual([1, 2, 3, 4]);
    expect(seen.map(({ length }) => length).sort()).toEqual([1, 3]);
  });

  it("[K8] start what is throttled one after the other", async () => {
    const fn = inngest.createFunction(
      { id: "slow", triggers: [{ event: "t/slow" }], throttle: { limit: 4, period: "1s" } },
      () => 1,
    );
    await withExecutors([fn], 2, async () => {
      await Promise.all([0, 1, 2, 3, 4].map((n) => emit("t/slow", { n })));
      await done(5);
    });
    const { rows } = await pool.query<{ waited: number }>(
      `SELECT extract(epoch FROM started_at - min(created_at) OVER ()) * 1000 AS waited FROM executor.run ORDER BY started_at`,
    );
    for (const [place, { waited }] of rows.entries()) expect(Number(waited)).toBeGreaterThanOrEqual(place * 250 - 2);
  });

  it("[K8] keep one run of a singleton, which the next one cancels between its steps", async () => {
    const seen: unknown[] = [];
    const fn = inngest.createFunction(
      { id: "last", triggers: [{ event: "t/last" }], singleton: { mode: "cancel" } },
      async ({ event, step }) => {
        await step.run("first", () => void seen.push(`first ${event.data.n}`));
        if (event.data.n === 1) await step.sleep("nap", "1h");
        await step.run("second", () => void seen.push(`second ${event.data.n}`));
      },
    );
    await withExecutors([fn], 2, async () => {
      await emit("t/last", { n: 1 });
      await expect.poll(() => seen).toEqual(["first 1"]);
      await emit("t/last", { n: 2 });
      await done(1);
    });
    expect(seen).toEqual(["first 1", "first 2", "second 2"]);
    expect((await started()).map(({ state }) => state)).toEqual(["cancelled", "completed"]);
  });
});
