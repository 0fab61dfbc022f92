import { NonRetriableError } from "inngest";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { cancelRun } from "./control";
import type { Executor } from "./executor";
import { makeExecutor } from "./start";

const started: Executor[] = [];

beforeEach(async () => {
  await pool.query('TRUNCATE executor.run, executor.event, executor.once, executor.function, "Outbox" CASCADE');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((executor) => executor.stop(0)));
});

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const deadlocks = async (): Promise<number> => {
  // Counts are reported when a session has been idle for a second, or when it asks.
  await pool.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await pool.query(
    "SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()",
  );
  return rows[0]?.n;
};

const child = inngest.createFunction(
  {
    id: "c-child",
    triggers: [{ event: "t/child" }],
    retries: 0,
    cancelOn: [{ event: "t/stop", if: "event.data.n == async.data.n" }],
  },
  async ({ event, step }) => {
    await step.run("one", () => 1);
    if (event.data.n % 5 === 0) throw new NonRetriableError("no use");
    await Promise.all([step.run("two", () => 2), step.run("three", () => 3)]);
    return event.data.n;
  },
);

const parent = inngest.createFunction(
  { id: "c-parent", triggers: [{ event: "t/parent" }], retries: 0, timeouts: { finish: "20s" } },
  async ({ event, step, group }) => {
    const { n } = event.data;
    await group.parallel({ mode: "race" }, () => Promise.race([0, 1, 2].map((i) => step.run(`race-${i}`, () => i))));
    const [answer, ...results] = await Promise.all([
      step.waitForEvent("answer", { event: "t/answer", if: "event.data.n == async.data.n", timeout: "1s" }),
      ...[0, 1, 2].map((i) =>
        step.invoke(`child-${i}`, { function: child, data: { n: n * 3 + i }, timeout: "1s" }).catch(() => "failed"),
      ),
    ]);
    return [answer?.data.n ?? null, ...results];
  },
);

it("[K8] two processes, events, cancellations and invocations never wait for each other in a circle", async () => {
  const before = await deadlocks();
  for (let process = 0; process < 2; process++) {
    started.push(makeExecutor({ functions: [parent, child], pollMs: 50, slots: 16 }));
  }
  await Promise.all(started.map((executor) => executor.start()));

  const count = 40;
  const numbers = Array.from({ length: count }, (_, n) => n);
  const emit = (name: string, n: number) => transaction((tx) => send(tx, { name, data: { n } }));
  const noise = async () => {
    for (const n of numbers) {
      await Promise.all([
        emit("t/answer", n),
        emit("t/answer", n),
        emit("t/stop", n * 3 + 1),
        pool
          .query("SELECT id FROM executor.run WHERE state = 'running' ORDER BY random() LIMIT 1")
          .then(({ rows: [run] }) => run && n % 4 === 0 && transaction((tx) => cancelRun(tx, run.id))),
        // Ends of time that meet the events.
        n % 3 === 0 &&
          pool.query(
            "UPDATE executor.job SET due_at = now(), rank = now() WHERE kind = 'timeout' AND id IN (SELECT id FROM executor.job WHERE kind = 'timeout' FOR UPDATE SKIP LOCKED LIMIT 3)",
          ),
      ]);
      await pause(5);
    }
  };
  await Promise.all(numbers.map((n) => emit("t/parent", n)));
  await pause(300);
  await noise();

  const unfinished = async () =>
    (await pool.query("SELECT function_id, state, open_steps FROM executor.run WHERE state IN ('queued', 'running')"))
      .rows;
  for (const endMs = Date.now() + 30_000; (await unfinished()).length > 0 && Date.now() < endMs; ) await pause(50);
  expect(await unfinished()).toEqual([]);

  expect(await deadlocks()).toBe(before);
  const { rows: wrong } = await pool.query(
    `SELECT id FROM executor.run WHERE state = 'completed' AND (open_steps <> 0
       OR last_seq <> (SELECT count(*) FROM executor.step WHERE run_id = run.id AND seq IS NOT NULL))`,
  );
  expect(wrong).toEqual([]);
  const { rows: states } = await pool.query(
    "SELECT state, count(*)::int FROM executor.run WHERE function_id = 'faultline-c-parent' GROUP BY state",
  );
  expect(states.find(({ state }) => state === "completed")?.count).toBeGreaterThan(count / 2);
}, 60_000);
