import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { claim } from "./claim";
import { endRun } from "./end-run";
import { type Endpoint, inProcess } from "./endpoint";
import { Executor } from "./executor";
import { takeEvents } from "./intake";
import { sync } from "./sync";
import { emptyExecutor } from "./test-executors";
import { runsOf, runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (...names: string[]) => transaction((tx) => send(tx, ...names.map((name) => ({ name, data: {} }))));
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What a call says of its steps. */
const CALL = z.object({
  steps: z.record(z.string(), z.unknown()).default({}),
  ctx: z.object({ step_id: z.string() }).default({ step_id: "" }),
});

type Body = Parameters<typeof inngest.createFunction>[1];
const make = (id: string, body: Body) => inngest.createFunction({ id, triggers: [{ event: "t/race" }] }, body);

describe("steps that race", () => {
  it("[K8] goes on with the first one, and ends when all that was found is settled", async () => {
    const seen: string[] = [];
    const fn = make("first", async ({ step, group }) => {
      const winner = await group.parallel({ mode: "race" }, () =>
        Promise.race([step.run("fast", () => "fast"), step.sleep("slow", "2s").then(() => "slow")]),
      );
      await step.run("next", () => seen.push(winner));
      return winner;
    });
    await emit("t/race");
    const [run] = await runUntilIdle([fn]);
    expect(run).toMatchObject({ state: "completed", output: "fast", attempts: 1 });
    expect(run?.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "fast completed",
      "next completed",
      "slow completed",
    ]);
    expect(seen).toEqual(["fast"]);
    expect((await pool.query("SELECT FROM executor.job")).rows).toEqual([]);
  });

  it("[K8] runs a step once that is under way while the function is called again", async () => {
    const calls: string[] = [];
    const seen = new Set<string>();
    const fn = make("beside", async ({ step, group }) => {
      const run = async (id: string, work = async () => {}) => {
        const result = await step.run(id, async () => {
          calls.push(id);
          await work();
          return id;
        });
        seen.add(id);
        return result;
      };
      const [winner] = await Promise.all([
        group.parallel({ mode: "race" }, () => Promise.race([run("a"), run("b")])),
        // It ends when the function has been called with all others settled, which looks for steps like this one.
        run("long", async () => {
          while (seen.size < 2) await pause(5);
          await pause(50);
        }),
      ]);
      return winner;
    });
    await emit("t/race");
    const [run] = await runUntilIdle([fn]);
    expect(run).toMatchObject({ state: "completed" });
    expect(calls.sort()).toEqual(["a", "b", "long"]);
    expect(run?.steps).toHaveLength(3);
  });

  it("[K8] settles steps that end at the same moment, each once", async () => {
    const calls = new Map<string, number>();
    const fn = make("together", async ({ step, group }) => {
      const names = Array.from({ length: 8 }, (_, n) => `s${n}`);
      await group.parallel({ mode: "race" }, () =>
        Promise.race(
          names.map((name) =>
            step.run(name, () => {
              calls.set(name, (calls.get(name) ?? 0) + 1);
            }),
          ),
        ),
      );
      return step.run("last", () => "over");
    });
    await emit("t/race", "t/race", "t/race");
    const runs = await runUntilIdle([fn]);
    expect(runs.map(({ state, output }) => `${state} ${output}`)).toEqual(Array(3).fill("completed over"));
    expect([...calls.values()]).toEqual(Array(8).fill(3));
    const { rows } = await pool.query(
      "SELECT open_steps, last_seq, (SELECT array_agg(seq ORDER BY seq) FROM executor.step WHERE run_id = run.id) AS seqs FROM executor.run",
    );
    expect(rows).toEqual(Array(3).fill({ open_steps: 0, last_seq: 9, seqs: [1, 2, 3, 4, 5, 6, 7, 8, 9] }));
  });

  it("[K8] calls the function once more when a step was settled while it was called", async () => {
    const fn = make("behind", ({ step, group }) =>
      group.parallel({ mode: "race" }, () =>
        Promise.race([
          step.run("a", () => "a").then(() => new Promise(() => {})),
          step.run("b", () => pause(200)).then(() => step.run("after b", () => "after b")),
          step.sleep("slow", "3s").then(() => "slow"),
        ]),
      ),
    );
    const functions = inProcess([fn]);
    // The answer that follows `a` comes late: `b` is settled by then, which that call does not know.
    const endpoint: Endpoint = async (request) => {
      const answer = await functions(request.clone());
      const { steps, ctx } = CALL.parse(await request.json());
      if (ctx.step_id === "step" && Object.keys(steps).length === 1) {
        while ((await pool.query("SELECT FROM executor.run WHERE last_seq = 2")).rowCount === 0) await pause(10);
      }
      return answer;
    };
    const executor = new Executor({ line: { endpoint, signingKey: env().INNGEST_SIGNING_KEY ?? "" }, pollMs: 50 });
    try {
      await executor.start();
      await emit("t/race");
      const isOver = async () => (await runsOf(executor.functionIds))[0]?.state === "completed";
      for (const endMs = Date.now() + 12_000; !(await isOver()) && Date.now() < endMs; ) await pause(20);
    } finally {
      await executor.stop(0);
    }
    const [run] = await runsOf(executor.functionIds);
    expect(run).toMatchObject({ state: "completed", output: "after b" });
    expect(run?.steps.map(({ name }) => name)).toEqual(["a", "b", "after b", "slow"]);
  });

  it("[K8] does not complete a run of which a step is open", async () => {
    const fn = make("open", () => "over");
    const line = { endpoint: inProcess([fn]), signingKey: env().INNGEST_SIGNING_KEY ?? "" };
    const functions = await sync(line);
    await emit("t/race");
    await takeEvents(functions);
    const lease = { worker: "one", leaseMs: 20_000 };
    const { jobs } = await claim({ functionIds: ["faultline-open"], wanted: 1 }, lease);
    const [job] = jobs;
    if (!job) throw new Error("there is no job");
    await pool.query("UPDATE executor.run SET open_steps = 1");
    await endRun(job, { state: "completed", output: "over" });
    const { rows } = await pool.query(
      "SELECT state, (SELECT count(*)::int FROM executor.job) AS jobs FROM executor.run",
    );
    expect(rows).toEqual([{ state: "running", jobs: 0 }]);
  });

  it("[K8] lets an event race a sleep", async () => {
    const fn = make("event", ({ step, group }) =>
      group.parallel({ mode: "race" }, () =>
        Promise.race([
          step
            .waitForEvent("answer", { event: "t/answer", timeout: "1s" })
            .then((event: unknown) => (event ? "answer" : "nothing")),
          step.sleep("slow", "2s").then(() => "slow"),
        ]),
      ),
    );
    await emit("t/race");
    expect(await runUntilIdle([fn], { timeoutMs: 8000 })).toMatchObject([{ state: "completed", output: "nothing" }]);
  });
});

it("[K8] calls the function once for a group, when all of its steps are settled", async () => {
  let calls = 0;
  const fn = make("group", async ({ step }) => {
    calls++;
    const both = await Promise.all([step.run("a", () => pause(50)), step.run("b", () => pause(100))]);
    return both.length;
  });
  await emit("t/race");
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: 2 }]);
  // To find them, for each of them, and after both.
  expect(calls).toBe(4);
});
