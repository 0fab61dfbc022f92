import { NonRetriableError, referenceFunction } from "inngest";
import { beforeEach, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { cancelRun } from "./control";
import { emptyExecutor } from "./test-executors";
import { type RunOutcome, runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, data: Record<string, unknown> = {}) => transaction((tx) => send(tx, { name, data }));

const child = inngest.createFunction(
  { id: "child", triggers: [{ event: "t/child" }], retries: 0 },
  async ({ event, step }) => {
    const { x, fail, sleep } = event.data;
    if (sleep) await step.sleep("long", sleep);
    if (fail) throw new NonRetriableError("child failed");
    return step.run("double", () => ({ doubled: x * 2, name: event.name }));
  },
);

const parent = (data: Record<string, unknown>, options: { timeout?: string } = {}) =>
  inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }], retries: 0 }, ({ step }) =>
    step.invoke("call-child", { function: child, data, ...options }),
  );

const byFunction = (runs: RunOutcome[], id: string) => runs.find(({ functionId }) => functionId === `faultline-${id}`);

it("[K8] invokes a function and gives its result", async () => {
  const workspaceId = newId();
  await emit("t/parent", { workspaceId });
  const runs = await runUntilIdle([parent({ x: 21 }), child]);
  const caller = byFunction(runs, "parent");
  expect(caller).toMatchObject({
    state: "completed",
    output: { doubled: 42, name: "inngest/function.invoked" },
    steps: [{ name: "call-child", op: "invoke", state: "completed" }],
  });
  const { rows } = await pool.query(
    `SELECT run.workspace_id, parent_run_id, parent_step_id, name, data FROM executor.run
     JOIN executor.event ON event.id = event_ids[1] WHERE function_id = 'faultline-child'`,
  );
  expect(rows).toMatchObject([
    {
      workspace_id: workspaceId,
      parent_run_id: caller?.id,
      name: "inngest/function.invoked",
      data: {
        x: 21,
        _inngest: { correlation_id: `${caller?.id}.${rows[0]?.parent_step_id}`, fn_id: "faultline-child" },
      },
    },
  ]);
  expect((await pool.query("SELECT FROM executor.job")).rows).toEqual([]);
});

it("[K8] gives the failure of an invoked function to the one that invoked it", async () => {
  const careful = inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }] }, async ({ step }) => {
    try {
      return await step.invoke("call-child", { function: child, data: { fail: true } });
    } catch (error) {
      return error instanceof Error ? `${error.constructor.name}: ${error.message}` : "?";
    }
  });
  await emit("t/parent");
  const runs = await runUntilIdle([careful, child]);
  expect(byFunction(runs, "child")).toMatchObject({ state: "failed" });
  expect(byFunction(runs, "parent")).toMatchObject({
    state: "completed",
    output: "StepError: child failed",
    steps: [{ op: "invoke", state: "failed", error: { name: "NonRetriableError", message: "child failed" } }],
  });
});

it("[K8] gives the cancellation of an invoked function as a failure", async () => {
  const fns = [parent({ sleep: "1h" }), child];
  await emit("t/parent");
  const asleep = byFunction(await runUntilIdle(fns), "child");
  expect(await transaction((tx) => cancelRun(tx, asleep?.id ?? ""))).toBe(true);
  const runs = await runUntilIdle(fns);
  expect(byFunction(runs, "child")).toMatchObject({ state: "cancelled", error: { name: "Cancelled" } });
  expect(byFunction(runs, "parent")).toMatchObject({
    state: "failed",
    error: { message: expect.stringContaining('"faultline-child" was cancelled') },
  });
});

it("[K8] fails the invocation of a function that does not exist, naming it", async () => {
  const fn = inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }], retries: 0 }, ({ step }) =>
    step.invoke("call", { function: referenceFunction({ functionId: "nobody" }), data: {} }),
  );
  await emit("t/parent");
  expect(await runUntilIdle([fn])).toMatchObject([
    { state: "failed", error: { message: expect.stringContaining('"faultline-nobody"') } },
  ]);
});

it("[K8] gives up an invocation after its time, while the invoked run goes on", async () => {
  const fns = [parent({ sleep: "2s", x: 1 }, { timeout: "300ms" }), child];
  await emit("t/parent");
  const runs = await runUntilIdle(fns);
  expect(byFunction(runs, "parent")).toMatchObject({
    state: "failed",
    steps: [{ op: "invoke", state: "failed", error: { name: "InvokeTimeoutError" } }],
  });
  expect(byFunction(runs, "child")).toMatchObject({ state: "completed" });
});

it("[K8] leaves an ended run as it was when what it invoked ends", async () => {
  const fns = [parent({ sleep: "1s", x: 1 }), child];
  await emit("t/parent");
  const started = await runUntilIdle(fns, { timeoutMs: 400 });
  await transaction((tx) => cancelRun(tx, byFunction(started, "parent")?.id ?? ""));
  const runs = await runUntilIdle(fns);
  expect(byFunction(runs, "child")).toMatchObject({ state: "completed" });
  expect(byFunction(runs, "parent")).toMatchObject({ state: "cancelled", steps: [{ state: "waiting" }] });
});

it("[K8] calls the function twice where it invokes one that does not exist: to find it out, and to tell it", async () => {
  let calls = 0;
  const fn = inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }], retries: 0 }, ({ step }) => {
    calls += 1;
    return step.invoke("call", { function: referenceFunction({ functionId: "nobody" }), data: {} }).catch(() => "none");
  });
  await emit("t/parent");
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: "none" }]);
  expect(calls).toBe(2);
});
