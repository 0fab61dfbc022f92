import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { pauseFunction, rerun, resumeFunction } from "./control";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, data: Record<string, unknown> = {}) => transaction((tx) => send(tx, { name, data }));
const repeat = (runId = newId()) => transaction((tx) => rerun(tx, runId));

describe("rerun", () => {
  it("[K3] runs the function again for the same event, from its beginning", async () => {
    let calls = 0;
    const workspaceId = newId();
    const fn = inngest.createFunction(
      { id: "again", triggers: [{ event: "t/again" }], retries: 0 },
      ({ event, step }) =>
        step.run("once", () => {
          if (++calls === 1) throw new Error("the first time");
          return event.data.n;
        }),
    );
    await emit("t/again", { n: 7, workspaceId });
    const [failed] = await runUntilIdle([fn]);
    expect(failed).toMatchObject({ state: "failed" });
    const repeated = await repeat(failed?.id);
    const [first, second] = await runUntilIdle([fn]);
    expect(first).toEqual(failed);
    expect(second).toMatchObject({ id: repeated?.runId, state: "completed", output: 7, eventName: "t/again" });
    const { rows } = await pool.query("SELECT rerun_of, workspace_id FROM executor.run WHERE id = $1", [second?.id]);
    expect(rows).toEqual([{ rerun_of: failed?.id, workspace_id: workspaceId }]);
  });

  it("[K3] repeats an invoked run without telling the one that had invoked it", async () => {
    const child = inngest.createFunction({ id: "child", triggers: [{ event: "t/child" }] }, () => "done");
    const parent = inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }] }, ({ step }) =>
      step.invoke("call", { function: child, data: {} }),
    );
    await emit("t/parent");
    const runs = await runUntilIdle([parent, child]);
    await repeat(runs.find(({ functionId }) => functionId === "faultline-child")?.id);
    const after = await runUntilIdle([parent, child]);
    expect(after.map(({ functionId, state }) => `${functionId} ${state}`).sort()).toEqual([
      "faultline-child completed",
      "faultline-child completed",
      "faultline-parent completed",
    ]);
  });

  it("[K3] keeps the workspace of a run whose event does not name one", async () => {
    const workspaceId = newId();
    const child = inngest.createFunction({ id: "child", triggers: [{ event: "t/child" }] }, () => "done");
    const parent = inngest.createFunction({ id: "parent", triggers: [{ event: "t/parent" }] }, ({ step }) =>
      step.invoke("call", { function: child, data: {} }),
    );
    await emit("t/parent", { workspaceId });
    const runs = await runUntilIdle([parent, child]);
    const repeated = await repeat(runs.find(({ functionId }) => functionId === "faultline-child")?.id);
    const { rows } = await pool.query("SELECT workspace_id FROM executor.run WHERE id = $1", [repeated?.runId]);
    expect(rows).toEqual([{ workspace_id: workspaceId }]);
  });

  it("[K3] refuses to run beside another one where one is allowed", async () => {
    const fn = inngest.createFunction(
      { id: "single", triggers: [{ event: "t/single" }], singleton: { mode: "skip" } },
      ({ step }) => step.sleep("nap", "1h"),
    );
    await emit("t/single");
    const [run] = await runUntilIdle([fn]);
    await expect(repeat(run?.id)).rejects.toMatchObject({ kind: "conflict" });
    await pool.query("UPDATE executor.run SET state = 'failed', ended_at = now()");
    expect(await repeat(run?.id)).not.toBeNull();
  });

  it("[K3] repeats nothing that does not exist or whose event is gone", async () => {
    expect(await repeat()).toBeNull();
    const fn = inngest.createFunction({ id: "gone", triggers: [{ event: "t/gone" }] }, () => 1);
    await emit("t/gone");
    const [run] = await runUntilIdle([fn]);
    await pool.query("DELETE FROM executor.event");
    expect(await repeat(run?.id)).toBeNull();
    expect((await pool.query("SELECT FROM executor.run")).rowCount).toBe(1);
  });
});

it("[K8] keeps the runs of a paused function, and those to come, until it goes on", async () => {
  let calls = 0;
  const fn = inngest.createFunction({ id: "paused", triggers: [{ event: "t/paused" }] }, () => ++calls);
  await emit("t/other");
  await runUntilIdle([fn]);
  expect(await transaction((tx) => pauseFunction(tx, "faultline-paused"))).toBe(true);
  expect(await transaction((tx) => pauseFunction(tx, "faultline-paused"))).toBe(false);
  await emit("t/paused");
  await expect(runUntilIdle([fn], { timeoutMs: 500 })).rejects.toThrow("Not idle");
  expect(calls).toBe(0);
  expect(await transaction((tx) => resumeFunction(tx, "faultline-paused"))).toBe(true);
  expect(await transaction((tx) => resumeFunction(tx, "faultline-paused"))).toBe(false);
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: 1 }]);
});
