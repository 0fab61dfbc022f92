import { NonRetriableError } from "inngest";
import { describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { cancelRun } from "./control";
import { makeExecutor } from "./start";
import { withExecutors } from "./test-executors";
import { runUntilIdle } from "./testing";

const { started } = withExecutors();

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

/** Runs `work` while another session holds these rows, as a settlement does that waits for their run. */
async function whileHeld(rows: string, work: () => Promise<unknown>): Promise<void> {
  const other = await pool.connect();
  try {
    await other.query("BEGIN");
    expect((await other.query(`${rows} FOR UPDATE`)).rowCount).toBeGreaterThan(0);
    // Whoever waited for them would wait for ever.
    await work();
    await other.query("COMMIT");
  } finally {
    other.release();
  }
}

describe("whoever holds a run waits for none of its jobs", () => {
  const waiter = inngest.createFunction({ id: "waiter", triggers: [{ event: "t/parent" }] }, ({ step }) =>
    step.waitForEvent("answer", { event: "t/answer", timeout: "1h" }),
  );
  const emit = (name: string) => transaction((tx) => send(tx, { name, data: {} }));

  it("[K8] when an event comes while the time of its wait ends, which changes nothing any more", async () => {
    const fn = inngest.createFunction({ id: "two", triggers: [{ event: "t/parent" }] }, ({ step }) =>
      Promise.all([
        step.waitForEvent("answer", { event: "t/answer", timeout: "1h" }),
        step.waitForEvent("other", { event: "t/other", timeout: "1h" }),
      ]),
    );
    await emit("t/parent");
    await runUntilIdle([fn]);
    await whileHeld("SELECT FROM executor.job WHERE kind = 'timeout'", async () => {
      await emit("t/answer");
      await runUntilIdle([fn]);
    });
    await pool.query(`UPDATE executor.job SET due_at = now(), rank = now()
      WHERE step_id IN (SELECT step_id FROM executor.step WHERE name = 'answer')`);
    const [run] = await runUntilIdle([fn]);
    expect(run?.steps).toMatchObject([
      { name: "answer", state: "completed", output: { name: "t/answer" } },
      { name: "other", state: "waiting" },
    ]);
    const { rows } = await pool.query("SELECT open_steps, last_seq FROM executor.run");
    expect(rows).toEqual([{ open_steps: 1, last_seq: 1 }]);
    expect((await pool.query("SELECT FROM executor.job")).rowCount).toBe(1);
  });

  it("[K8] when a run is cancelled while one of its jobs is settled", async () => {
    await emit("t/parent");
    const [run] = await runUntilIdle([waiter]);
    await whileHeld("SELECT FROM executor.job", () => transaction((tx) => cancelRun(tx, run?.id ?? "")));
    await pool.query("UPDATE executor.job SET due_at = now(), rank = now()");
    expect(await runUntilIdle([waiter])).toMatchObject([{ state: "cancelled", steps: [{ state: "waiting" }] }]);
    expect((await pool.query("SELECT FROM executor.job")).rowCount).toBe(0);
  });

  it.each(["completes", "fails", "is repeated", "settles a step"])(
    "[K8] when a call that %s has to wait for its run",
    async (end) => {
      const other = await pool.connect();
      let held: Promise<unknown> | undefined;
      const body = async () => {
        held ??= other.query("BEGIN; SELECT FROM executor.run FOR UPDATE; SET LOCAL lock_timeout TO '300ms'");
        await held;
        if (end === "fails") throw new NonRetriableError("no use");
        if (end === "is repeated") throw new Error("later");
        return 1;
      };
      const fn = inngest.createFunction({ id: "ending", triggers: [{ event: "t/parent" }] }, ({ step }) =>
        end === "settles a step" ? Promise.all([step.run("a", body), step.run("b", body)]) : body(),
      );
      const passBy = async () => {
        while (!held) await pause(5);
        await held;
        const isWaitedFor = async () =>
          (await pool.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%executor%'"))
            .rowCount !== 0;
        while (!(await isWaitedFor())) await pause(5);
        // What whoever holds a run does with its jobs: it plans its next call unless that is planned.
        await other.query(`INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at)
          SELECT gen_random_uuid(), run_id, function_id, kind, step_id, due_at FROM executor.job
          ON CONFLICT (run_id, step_id) DO NOTHING`);
        await other.query("COMMIT");
      };
      try {
        await emit("t/parent");
        const [runs] = await Promise.all([runUntilIdle([fn], { retryBaseMs: 60_000 }), passBy()]);
        expect(runs).toHaveLength(1);
      } finally {
        other.release(true);
      }
    },
  );
});

it("[K8] two processes, events, cancellations and invocations never wait for each other in a circle", async () => {
  const before = await deadlocks();
  for (let process = 0; process < 2; process++) {
    started.push(makeExecutor({ functions: [parent, child], pollMs: 50, slots: 16 }));
  }
  await Promise.all(started.map((executor) => executor.start()));

  const count = 20;
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

it("[K8] the end of an invoked run waits for the one that invoked it in the order of all, whichever is older", async () => {
  const emit = (name: string) => transaction((tx) => send(tx, { name, data: {} }));
  const napping = inngest.createFunction({ id: "c-nap", triggers: [{ event: "t/nap" }] }, async ({ step }) => {
    await step.sleep("nap", "1h");
    return "rested";
  });
  const invoking = inngest.createFunction({ id: "c-invoke", triggers: [{ event: "t/invoke" }] }, ({ step }) =>
    step.invoke("call", { function: napping, data: {} }),
  );
  await emit("t/invoke");
  await runUntilIdle([invoking, napping]);
  // The clocks of two machines differ.
  const older = "ffffffff-ffff-7fff-8fff-ffffffffffff";
  await pool.query(`UPDATE executor.run SET parent_run_id = '${older}' WHERE parent_run_id IS NOT NULL`);
  await pool.query(`UPDATE executor.run SET id = '${older}' WHERE parent_run_id IS NULL`);
  await pool.query("UPDATE executor.job SET due_at = now(), rank = now() WHERE kind = 'wake'");
  let ended: ReturnType<typeof runUntilIdle> | undefined;
  await whileHeld(`SELECT FROM executor.run WHERE id = '${older}'`, async () => {
    ended = runUntilIdle([invoking, napping]);
    ended.catch(() => {});
    const waits = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%executor%'";
    while ((await pool.query(waits)).rowCount === 0) await pause(5);
    expect((await pool.query("SELECT FROM executor.run FOR UPDATE SKIP LOCKED")).rowCount).toBe(1);
  });
  const runs = (await ended) ?? [];
  expect(runs.map(({ state, output }) => `${state} ${output}`)).toEqual(["completed rested", "completed rested"]);
});
