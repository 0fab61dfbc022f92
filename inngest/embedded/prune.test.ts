import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { rerun } from "./control";
import { prune } from "./prune";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, data: Record<string, unknown> = {}, id?: string) =>
  transaction((tx) => send(tx, { name, data, ...(id && { id }) }));

const fn = inngest.createFunction(
  { id: "keeper", triggers: [{ event: "t/keep" }], cancelOn: [{ event: "t/stop" }] },
  async ({ event, step }) => {
    await step.run("one", () => 1);
    if (event.data.sleep) await step.sleep("nap", "30d");
  },
);
const pruning = { functionIds: ["faultline-keeper"], keepDays: 14 };

/** Makes everything that is stored so much older. */
const age = (days: number) =>
  pool.query(`UPDATE executor.run SET created_at = created_at - ${days} * interval '1 day',
      started_at = started_at - ${days} * interval '1 day', ended_at = ended_at - ${days} * interval '1 day';
    UPDATE executor.event SET received_at = received_at - ${days} * interval '1 day'`);

const counts = async () => {
  const { rows } = await pool.query(`SELECT (SELECT count(*)::int FROM executor.run) AS runs,
    (SELECT count(*)::int FROM executor.step) AS steps, (SELECT count(*)::int FROM executor.event) AS events,
    (SELECT count(*)::int FROM executor.pause) AS pauses, (SELECT count(*)::int FROM executor.job) AS jobs`);
  return rows[0];
};

describe("pruning", () => {
  it("[K8] forgets what ended long ago with its events, and keeps what is younger", async () => {
    await emit("t/keep");
    await emit("t/nobody");
    await runUntilIdle([fn]);
    await age(13);
    expect(await prune(pruning)).toEqual({ runs: 0, events: 0, abandoned: 0 });
    await age(2);
    await emit("t/keep");
    await runUntilIdle([fn]);
    expect(await prune(pruning)).toEqual({ runs: 1, events: 2, abandoned: 0 });
    expect(await counts()).toEqual({ runs: 1, steps: 1, events: 1, pauses: 0, jobs: 0 });
  });

  it("[K8] forgets a call of an ended run whose holder is gone and that nobody takes, for it keeps a place", async () => {
    await emit("t/keep", { sleep: true });
    await runUntilIdle([fn]);
    const hold = (hours: number) =>
      pool.query(`UPDATE executor.job SET worker = 'gone', due_at = now() - ${hours} * interval '1 hour'`);
    await hold(2);
    await prune(pruning);
    expect(await counts()).toMatchObject({ jobs: 1 });
    await pool.query("UPDATE executor.run SET state = 'cancelled', ended_at = now()");
    await hold(0);
    await prune(pruning);
    expect(await counts()).toMatchObject({ jobs: 1 });
    await hold(2);
    await prune(pruning);
    expect(await counts()).toMatchObject({ runs: 1, jobs: 0 });
  });

  it("[K8] keeps an unfinished run with its event, however old it is", async () => {
    await emit("t/keep", { sleep: true });
    await runUntilIdle([fn]);
    await age(100);
    expect(await prune(pruning)).toEqual({ runs: 0, events: 0, abandoned: 0 });
    expect(await counts()).toEqual({ runs: 1, steps: 2, events: 1, pauses: 1, jobs: 1 });
  });

  it("[K8] keeps the event of a run that was repeated, and events that wait in a window", async () => {
    await emit("t/keep");
    await emit("t/waits");
    const [run] = await runUntilIdle([fn]);
    await age(100);
    await pool.query(`INSERT INTO executor.window (function_id, kind, key, event_ids, due_at)
      SELECT 'faultline-keeper', 'batch', '', array_agg(id), now() + interval '1 hour' FROM executor.event
      WHERE name = 't/waits'`);
    await transaction((tx) => rerun(tx, run?.id ?? ""));
    expect(await prune(pruning)).toEqual({ runs: 1, events: 0, abandoned: 0 });
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed" }]);
  });

  it("[K8] fails the runs of functions that no release has, naming the function", async () => {
    await emit("t/keep", { sleep: true });
    await runUntilIdle([fn]);
    await pool.query("UPDATE executor.function SET synced_at = now() - interval '25 hours'");
    // As long as a process runs it, it is described.
    expect(await prune(pruning)).toMatchObject({ abandoned: 0 });
    await pool.query("UPDATE executor.function SET synced_at = now() - interval '25 hours'");
    await pool.query(
      "INSERT INTO executor.window (function_id, kind, key, due_at) VALUES ('faultline-keeper', 'cron', '', now())",
    );
    expect(await prune({ ...pruning, functionIds: [] })).toMatchObject({ abandoned: 1, runs: 0 });
    expect(await counts()).toMatchObject({ runs: 1, jobs: 0, pauses: 0 });
    const { rows } = await pool.query("SELECT state, error, ended_at FROM executor.run");
    expect(rows).toMatchObject([
      { state: "failed", error: { name: "FunctionGone", message: expect.stringContaining('"faultline-keeper"') } },
    ]);
    expect((await pool.query("SELECT FROM executor.window")).rowCount).toBe(0);
  });

  it("[K8] forgets what happened once and limits that are over", async () => {
    await pool.query(`INSERT INTO executor.once (function_id, kind, key, expires_at)
      VALUES ('f', 'event', 'past', now()), ('f', 'event', 'present', now() + interval '1 hour')`);
    await pool.query(`INSERT INTO executor.function (id, config, synced_at) VALUES ('f', '{}', now())`);
    await pool.query(`INSERT INTO executor.window (function_id, kind, key, due_at) VALUES ('f', 'rate', 'past', now()),
      ('f', 'throttle', 'present', now() + interval '1 hour'), ('f', 'batch', 'due', now())`);
    await prune(pruning);
    expect((await pool.query("SELECT key FROM executor.once")).rows).toEqual([{ key: "present" }]);
    const { rows } = await pool.query("SELECT key FROM executor.window ORDER BY key");
    expect(rows).toEqual([{ key: "due" }, { key: "present" }]);
  });

  it("[K8] is done by one process at a time, and takes no row from another", async () => {
    await emit("t/keep");
    await runUntilIdle([fn]);
    await age(20);
    const other = await pool.connect();
    try {
      await other.query("BEGIN; SELECT FROM executor.run FOR UPDATE");
      expect(await prune(pruning)).toEqual({ runs: 0, events: 0, abandoned: 0 });
      await other.query("COMMIT");
      const both = await Promise.all([prune(pruning), prune(pruning)]);
      expect(both.filter((pruned) => pruned?.runs === 1)).toHaveLength(1);
    } finally {
      other.release();
    }
  });

  it("[K8] forgets many within seconds", async () => {
    const many = 20_000;
    await pool.query(`INSERT INTO executor.event (id, name, data, ts, received_at)
      SELECT gen_random_uuid(), 't/old', '{}', now(), now() - interval '20 days' FROM generate_series(1, ${many})`);
    await pool.query(`INSERT INTO executor.run (id, function_id, event_ids, event_name, state, ended_at)
      SELECT gen_random_uuid(), 'f', ARRAY[id], name, 'completed', received_at FROM executor.event`);
    await pool.query(`INSERT INTO executor.step (run_id, step_id, name, op, state, seq)
      SELECT id, 's', 's', 'run', 'completed', 1 FROM executor.run`);
    expect(await prune(pruning)).toEqual({ runs: many, events: many, abandoned: 0 });
    expect(await counts()).toMatchObject({ runs: 0, steps: 0, events: 0 });
  }, 30_000);
});
