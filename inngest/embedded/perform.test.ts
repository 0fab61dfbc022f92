import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { claim, type Job } from "./claim";
import { inProcess, type Line } from "./endpoint";
import { takeEvents } from "./intake";
import { perform } from "./perform";
import { repeatJob, retryJob } from "./retry-job";
import { sync } from "./sync";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

type Body = Parameters<typeof inngest.createFunction>[1];

const signingKey = env().INNGEST_SIGNING_KEY ?? "";
const setting = (line: Line) => ({ line, maxAttempts: 5, retryBaseMs: 5, callTimeoutMs: 10_000 });
const make = (body: Body) => inngest.createFunction({ id: "called", triggers: [{ event: "t/called" }] }, body);

beforeEach(emptyExecutor);

/** A run's first call, held; `before` happens just before it is taken. */
async function held(body: Body, before = async () => {}): Promise<{ line: Line; job: Job }> {
  const line = { endpoint: inProcess([make(body)]), signingKey };
  const functions = await sync(line);
  await transaction((tx) => send(tx, { name: "t/called", data: {} }));
  await takeEvents(functions);
  await before();
  const { jobs } = await claim(
    { functionIds: functions.map(({ id }) => id), wanted: 1 },
    { worker: "us", leaseMs: 9e6 },
  );
  const [job] = jobs;
  if (!job) throw new Error("there is nothing to take");
  return { line, job };
}

it("[K8] a run ends although a deployment took away a step that was found", async () => {
  let isNew = false;
  const fn = make(async ({ step }) => {
    if (isNew) return "new";
    const results = await Promise.all([
      step.run("stays", () => {
        isNew = true;
      }),
      step.run("goes", () => 1),
    ]);
    return results.length;
  });
  await transaction((tx) => send(tx, { name: "t/called", data: {} }));
  const [run] = await runUntilIdle([fn], { slots: 1 });
  expect(run).toMatchObject({ state: "completed", output: "new" });
  expect(run?.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(["stays completed", "goes failed"]);
});

describe("after a crash of the database that forgot that a run began, but not whose job it is", () => {
  const forget = () => pool.query("UPDATE executor.run SET state = 'queued', started_at = NULL");

  it.each<[string, Body]>([
    ["settles a step", ({ step }) => step.run("one", () => 1)],
    [
      "fails",
      () => {
        throw new Error("once");
      },
    ],
  ])("[K8] a call that %s is stored, and its run goes on", async (_, body) => {
    const { line, job } = await held(body);
    await forget();
    await perform(job, setting(line), () => null);
    expect((await pool.query("SELECT FROM executor.job")).rowCount).toBe(1);
    expect((await pool.query("SELECT state FROM executor.run WHERE started_at IS NOT NULL")).rows).toEqual([
      { state: "running" },
    ]);
  });
});

describe("a function that is out of reach", () => {
  const unreachable = { endpoint: async () => new Response(null, { status: 502 }), signingKey };
  const states = async () =>
    (await pool.query("SELECT state, strays FROM executor.run LEFT JOIN executor.job ON job.run_id = run.id")).rows;

  it("[K8] is called again, however long its job had waited before", async () => {
    const { job } = await held(
      () => 1,
      async () => void (await pool.query("UPDATE executor.job SET created_at = now() - interval '3 days'")),
    );
    await perform(job, setting(unreachable), () => null);
    expect(await states()).toEqual([{ state: "running", strays: 1 }]);
  });

  it("[K8] is given up when it has been so for a day", async () => {
    const { job } = await held(() => 1);
    await perform({ ...job, strays: 1440 }, setting(unreachable), () => null);
    expect(await states()).toEqual([{ state: "failed", strays: null }]);
  });
});

it("[K8] a failure that is stored again because the answer was lost counts once", async () => {
  const { job } = await held(() => 1);
  const failure = { error: { name: "Error", message: "no" }, step: null, tookMs: 1 };
  await retryJob(job, failure, 60_000);
  expect(await retryJob(job, failure, 60_000)).toMatchObject({ stale: true });
  const { rows } = await pool.query("SELECT attempt, fence FROM executor.job");
  expect(rows).toMatchObject([{ attempt: 1 }]);
  const again = { ...job, fence: rows[0]?.fence };
  await repeatJob(again, 60_000);
  expect(await repeatJob(again, 60_000)).toMatchObject({ stale: true });
  expect((await pool.query("SELECT strays FROM executor.job")).rows).toEqual([{ strays: 1 }]);
});
