import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { batched } from "./batch";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, count: number) =>
  transaction((tx) => send(tx, ...Array.from({ length: count }, (_, n) => ({ name, data: { n } }))));

describe("a batch", () => {
  it("[K8] is what was asked for while the one before it was under way, answered one by one", async () => {
    const batches: number[][] = [];
    const double = batched(async (items: readonly number[]) => {
      batches.push([...items]);
      await new Promise((done) => setTimeout(done, 20));
      return items.map((item) => item * 2);
    }, 1);
    const first = Promise.all([1, 2].map(double));
    await new Promise((done) => setTimeout(done, 10));
    expect(await Promise.all([3, 4, 5].map(double))).toEqual([6, 8, 10]);
    expect(await first).toEqual([2, 4]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it("[K8] that fails fails for all in it, and not for the next", async () => {
    let failures = 0;
    const work = batched(async (items: readonly string[]) => {
      if (items.includes("bad")) throw new Error(`no ${++failures}`);
      return items;
    });
    expect(await Promise.allSettled(["bad", "good"].map(work))).toMatchObject([
      { status: "rejected", reason: { message: "no 1" } },
      { status: "rejected", reason: { message: "no 1" } },
    ]);
    expect(await work("good")).toBe("good");
  });
});

describe("settlements of many runs", () => {
  it.each(["step", "run"])("[K8] fail the one alone whose %s the database refuses", async (table) => {
    await pool.query(`ALTER TABLE executor.${table} ADD CONSTRAINT unlucky CHECK (output IS DISTINCT FROM '13')`);
    onTestFinished(async () => void (await pool.query(`ALTER TABLE executor.${table} DROP CONSTRAINT unlucky`)));
    const id = `refused-${table}`;
    const fn = inngest.createFunction({ id, triggers: [{ event: `t/${id}` }], retries: 0 }, async ({ event, step }) => {
      const last = event.data.n === 3 ? 13 : 1;
      await step.run("one", () => (table === "step" ? last : 1));
      return table === "run" ? last : 1;
    });
    await emit(`t/${id}`, 8);
    const runs = await runUntilIdle([fn]);
    expect(runs.filter(({ state }) => state === "completed")).toHaveLength(7);
    expect(runs.filter(({ state }) => state === "failed")).toMatchObject([{ error: { name: "NotStorable" } }]);
  });

  it("[K8] wait for none that somebody else holds", async () => {
    const ended = async () => (await pool.query("SELECT FROM executor.run WHERE ended_at IS NOT NULL")).rowCount ?? 0;
    const holder = await pool.connect();
    let most = 0;
    const fn = inngest.createFunction(
      { id: "held-up", triggers: [{ event: "t/held-up" }] },
      async ({ event, step, runId }) => {
        await step.run("one", async () => {
          if (event.data.n > 0) return;
          await holder.query("BEGIN");
          await holder.query("SELECT FROM executor.run WHERE id = $1 FOR UPDATE", [runId]);
          void until7().finally(() => holder.query("COMMIT"));
        });
        await step.run("two", () => 2);
      },
    );
    const until7 = async () => {
      for (const endMs = Date.now() + 5000; Date.now() < endMs && most < 7; most = await ended())
        await new Promise((done) => setTimeout(done, 10));
    };
    await emit("t/held-up", 8);
    const runs = await runUntilIdle([fn]);
    holder.release();
    expect(most).toBe(7);
    expect(runs.map(({ state, steps }) => `${state} ${steps.length}`)).toEqual(Array(8).fill("completed 2"));
  });
});
