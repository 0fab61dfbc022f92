import { beforeEach, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (...events: { name: string; data: Record<string, unknown>; id?: string }[]) =>
  transaction((tx) => send(tx, ...events));

const waiting = (id: string, options: { timeout?: string } & ({ if?: string } | { match: string })) =>
  inngest.createFunction({ id, triggers: [{ event: "t/ask" }] }, ({ step }) =>
    step.waitForEvent("answer", { event: "t/answer", timeout: "1h", ...options }),
  );

const openPauses = async () => (await pool.query("SELECT run_id, event FROM executor.pause")).rows;

it("[K8] waits for an event that fits and gives it to the function", async () => {
  const fn = waiting("fits", { if: "async.data.id == event.data.id" });
  await emit({ name: "t/ask", data: { id: 1 } });
  const [asleep] = await runUntilIdle([fn]);
  expect(asleep).toMatchObject({ state: "running", steps: [{ name: "answer", op: "wait", state: "waiting" }] });

  await emit({ name: "t/answer", data: { id: 2 } }, { name: "t/other", data: { id: 1 } });
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "running" }]);
  await emit({ name: "t/answer", data: { id: 1, ok: true }, id: "mine" });
  const [run] = await runUntilIdle([fn]);
  expect(run).toMatchObject({
    state: "completed",
    output: { name: "t/answer", data: { id: 1, ok: true }, id: "mine" },
    steps: [{ name: "answer", op: "wait", state: "completed", attempts: 0 }],
  });
  expect(await openPauses()).toEqual([]);
  expect((await pool.query("SELECT FROM executor.job")).rows).toEqual([]);
});

it("[K8] gives null when no event came in time", async () => {
  const fn = waiting("late", { timeout: "300ms" });
  await emit({ name: "t/ask", data: {} });
  expect(await runUntilIdle([fn])).toMatchObject([
    { state: "completed", output: null, steps: [{ op: "wait", state: "completed", output: null, error: null }] },
  ]);
  await emit({ name: "t/answer", data: {} });
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: null }]);
  expect(await openPauses()).toEqual([]);
});

it("[K8] gives the first of several events that fit, and each run its own", async () => {
  const fn = waiting("several", { match: "data.id" });
  await emit({ name: "t/ask", data: { id: "a" } }, { name: "t/ask", data: { id: "b" } });
  await runUntilIdle([fn]);
  await emit(
    { name: "t/answer", data: { id: "b", n: 1 } },
    { name: "t/answer", data: { id: "a", n: 2 } },
    { name: "t/answer", data: { id: "a", n: 3 } },
  );
  const runs = await runUntilIdle([fn]);
  expect(runs.map(({ output }) => output)).toMatchObject([{ data: { id: "a", n: 2 } }, { data: { id: "b", n: 1 } }]);
});

it("[K8] settles several waits of one run with the events of one batch", async () => {
  const fn = inngest.createFunction({ id: "two-waits", triggers: [{ event: "t/ask" }] }, async ({ step }) => {
    const [one, other] = await Promise.all([
      step.waitForEvent("one", { event: "t/one", timeout: "1h" }),
      step.waitForEvent("other", { event: "t/*", if: "async.data.n == 2.0", timeout: "1h" }),
    ]);
    return [one?.data, other?.data];
  });
  await emit({ name: "t/ask", data: {} });
  await runUntilIdle([fn]);
  await emit({ name: "t/one", data: { n: 1 } }, { name: "t/two", data: { n: 2 } });
  expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", attempts: 1, output: [{ n: 1 }, { n: 2 }] }]);
});

it("[K8] settles a wait once when its event and the end of its time come together", async () => {
  const fn = waiting("both", {});
  for (let round = 0; round < 10; round++) {
    await emit({ name: "t/ask", data: { round } });
    await runUntilIdle([fn]);
    await emit({ name: "t/answer", data: { round } });
    await pool.query("UPDATE executor.job SET due_at = now(), rank = now() WHERE kind = 'timeout'");
    const run = (await runUntilIdle([fn])).at(-1);
    expect(run).toMatchObject({ state: "completed" });
    expect([null, { round }]).toContainEqual(run?.output && (run.output as { data: unknown }).data); // an event or null
    const { rows } = await pool.query("SELECT open_steps, last_seq FROM executor.run WHERE id = $1", [run?.id]);
    expect(rows).toEqual([{ open_steps: 0, last_seq: 1 }]);
  }
});

it("[K8] holds no place while it waits", async () => {
  const fn = waiting("free", {});
  await emit(...Array.from({ length: 5 }, (_, n) => ({ name: "t/ask", data: { n } })));
  expect(await runUntilIdle([fn], { slots: 1 })).toHaveLength(5);
  expect(await openPauses()).toHaveLength(5);
});

it("[K8] fails a run whose wait has an expression that cannot be read", async () => {
  await emit({ name: "t/ask", data: {} });
  expect(await runUntilIdle([waiting("bad", { if: "async.data.id ==" })])).toMatchObject([
    { state: "failed", error: { message: expect.stringContaining("async.data.id ==") } },
  ]);
});
