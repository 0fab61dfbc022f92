import { describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { listen } from "@/lib/db/listen";
import { channel } from "@/lib/events/announce";
import { cancelRun } from "./control";
import { makeExecutor } from "./start";
import { withExecutors } from "./test-executors";
import { runsOf, runUntilIdle, until } from "./testing";

const { started } = withExecutors();

const emit = (...events: { name: string; data: Record<string, unknown> }[]) => transaction((tx) => send(tx, ...events));
const go = { name: "t/go", data: { id: 1 } };
const stop = { name: "t/stop", data: { id: 1 } };
const matching = [{ event: "t/stop", if: "event.data.id == async.data.id" }];

type Options = Pick<Parameters<typeof inngest.createFunction>[0], "cancelOn" | "timeouts" | "concurrency">;

const napping = (options: Options, time = "1h") =>
  inngest.createFunction({ id: "nap", triggers: [{ event: "t/go" }], ...options }, async ({ step }) => {
    await step.sleep("nap", time);
    return step.run("after", () => "awake");
  });

const rowsOf = async (table: "job" | "pause") => (await pool.query(`SELECT * FROM executor.${table}`)).rows;

describe("cancelOn", () => {
  it("[K8] cancels the runs that an event is meant for, and those alone", async () => {
    const fn = napping({ cancelOn: matching });
    await emit(go, { name: "t/go", data: { id: 2 } });
    await runUntilIdle([fn]);
    await emit(stop);
    const runs = await runUntilIdle([fn]);
    expect(runs.map(({ state }) => state).sort()).toEqual(["cancelled", "running"]);
    const cancelled = runs.find(({ state }) => state === "cancelled");
    expect(cancelled).toMatchObject({
      error: { name: "Cancelled", message: "It was cancelled by the event t/stop." },
      steps: [{ name: "nap", state: "sleeping" }],
    });
    expect(await rowsOf("job")).toHaveLength(1);
    expect(await rowsOf("pause")).toHaveLength(1);
  });

  it("[K8] cancels a run that has not begun", async () => {
    const fn = napping({ cancelOn: matching });
    await emit(go, stop);
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "cancelled", steps: [] }]);
  });

  it("[K8] does not cancel a run for what came before it, nor for the event that started it", async () => {
    const fn = napping({ cancelOn: [...matching, { event: "t/go", if: "async.data.id == event.data.id" }] }, "1s");
    await emit(stop, go);
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed" }]);
  });

  it("[K8] cancels nothing after the time in which the event counts", async () => {
    const fn = napping({ cancelOn: [{ event: "t/stop", timeout: "10ms" }] });
    await emit(go);
    await runUntilIdle([fn]);
    await until(async () => (await pool.query("SELECT FROM executor.pause WHERE expires_at > now()")).rowCount === 0);
    await emit(stop);
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "running" }]);
  });

  it("[K8] stores nothing of a call that was under way, which keeps its place until it is over", async () => {
    let finish = () => {};
    let calls = 0;
    const fn = inngest.createFunction(
      { id: "under-way", triggers: [{ event: "t/go" }], cancelOn: [{ event: "t/stop" }], concurrency: 1 },
      async ({ step }) => {
        await step.run("slow", () => {
          calls++;
          return new Promise<void>((done) => {
            finish = done;
          });
        });
        await step.run("never", () => calls++);
      },
    );
    const executor = makeExecutor({ functions: [fn], pollMs: 50 });
    started.push(executor);
    await executor.start();
    await emit(go);
    await until(() => calls === 1);
    await emit(stop, go);
    await until(async () => (await runsOf(["faultline-under-way"])).some(({ state }) => state === "cancelled"));
    const [first, second] = await runsOf(["faultline-under-way"]);
    expect([first?.state, second?.state]).toEqual(["cancelled", "queued"]);
    expect(calls).toBe(1);
    finish();
    await until(() => calls === 2);
    expect((await runsOf(["faultline-under-way"]))[0]).toMatchObject({ state: "cancelled", output: null, steps: [] });
    finish();
    await until(async () => (await rowsOf("job")).length === 0);
    expect(calls).toBe(3);
  });

  it("[K8] does not repeat a cancelled run's failed attempt", async () => {
    let isCalled = false;
    let fail = () => {};
    const fn = inngest.createFunction(
      { id: "failing", triggers: [{ event: "t/go" }], cancelOn: [{ event: "t/stop" }] },
      ({ step }) =>
        step.run("slow", () => {
          isCalled = true;
          return new Promise<void>((_, reject) => {
            fail = () => reject(new Error("late"));
          });
        }),
    );
    const executor = makeExecutor({ functions: [fn], pollMs: 50 });
    started.push(executor);
    await executor.start();
    await emit(go);
    await until(() => isCalled);
    await emit(stop);
    await until(async () => (await runsOf(["faultline-failing"]))[0]?.state === "cancelled");
    fail();
    await until(async () => (await rowsOf("job")).length === 0);
    expect(await runsOf(["faultline-failing"])).toMatchObject([{ state: "cancelled", steps: [] }]);
  });
});

describe("timeouts", () => {
  it("[K8] cancels a run that does not finish in time, counted from its first call", async () => {
    const fn = napping({ timeouts: { finish: "1s" } });
    await emit(go);
    expect(await runUntilIdle([fn])).toMatchObject([
      { state: "cancelled", error: { message: "It did not finish in time." } },
    ]);
    const { rows } = await pool.query(
      "SELECT extract(epoch FROM ended_at - started_at)::float8 AS s FROM executor.run",
    );
    expect(rows[0]?.s).toBeGreaterThanOrEqual(1);
    expect(await rowsOf("job")).toEqual([]);
  });

  it("[K8] cancels a run that does not start in time, and no other", async () => {
    let free = () => {};
    let calls = 0;
    const fn = inngest.createFunction(
      { id: "queue", triggers: [{ event: "t/go" }], timeouts: { start: "1s" }, concurrency: 1 },
      () => {
        calls++;
        return new Promise<void>((done) => {
          free = done;
        });
      },
    );
    const executor = makeExecutor({ functions: [fn], pollMs: 50 });
    started.push(executor);
    await executor.start();
    await emit(go, go);
    await until(async () => (await runsOf(["faultline-queue"])).some(({ state }) => state === "cancelled"));
    free();
    await until(async () => (await rowsOf("job")).length === 0);
    const runs = await runsOf(["faultline-queue"]);
    expect(runs.map(({ state }) => state).sort()).toEqual(["cancelled", "completed"]);
    expect(runs.find(({ state }) => state === "cancelled")?.error?.message).toBe("It did not start in time.");
    expect(calls).toBe(1);
  });

  it("[K8] lets a run end that is in time, and leaves nothing of its limits", async () => {
    const fn = napping({ timeouts: { start: "1h", finish: "1h" }, cancelOn: matching }, "1s");
    await emit(go);
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: "awake" }]);
    expect(await rowsOf("job")).toEqual([]);
    expect(await rowsOf("pause")).toEqual([]);
  });
});

it("[K3] ends a run that a person cancels, with all that belongs to it", async () => {
  const fn = napping({ cancelOn: matching, timeouts: { finish: "1h" } });
  await emit(go);
  const [run] = await runUntilIdle([fn]);
  expect(await transaction((tx) => cancelRun(tx, run?.id ?? ""))).toBe(true);
  expect(await transaction((tx) => cancelRun(tx, run?.id ?? ""))).toBe(false);
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "cancelled" }]);
  expect(await rowsOf("job")).toEqual([]);
  expect(await rowsOf("pause")).toEqual([]);
});

it("[K3] tells the open pages of the workspace when its run is cancelled", async () => {
  const workspaceId = newId();
  const fn = napping({ cancelOn: matching });
  await emit({ ...go, data: { ...go.data, workspaceId } });
  const [run] = await runUntilIdle([fn]);
  const told: unknown[] = [];
  const stopListening = await listen(channel, { onMessage: (text) => told.push(JSON.parse(text)), onGap: () => {} });
  try {
    await transaction((tx) => cancelRun(tx, run?.id ?? ""));
    await until(() => told.length > 0);
  } finally {
    stopListening();
  }
  expect(told).toEqual([{ topic: "job", workspaceId, projectId: null, id: run?.id }]);
});
