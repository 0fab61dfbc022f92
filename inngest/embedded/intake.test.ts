import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { takeBackRefused } from "@/inngest/refused";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { blocked, emit, make, numbers, take } from "./flow/testing";
import { takeEvents } from "./intake";
import { makeExecutor } from "./start";
import { emptyExecutor } from "./test-executors";
import { runsOf, runUntilIdle, until } from "./testing";

beforeEach(emptyExecutor);

describe("an event that cannot be taken in", () => {
  const fn = make("fine");
  afterEach(() => pool.query("DROP FUNCTION IF EXISTS executor.refuse CASCADE"));

  const refuse = (code: string) =>
    pool.query(
      `CREATE FUNCTION executor.refuse() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE 'refused' USING ERRCODE = '${code}'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON executor.event FOR EACH ROW WHEN (NEW.name = 't/poison')
         EXECUTE FUNCTION executor.refuse()`,
    );

  it("[K8] holds up no other one, and stays in the outbox", async () => {
    await refuse("22000");
    await emit("t/fine", { n: 1 });
    await emit("t/poison");
    await emit("t/fine", { n: 2 });
    expect(await takeEvents([fn])).toEqual({ isAll: false, areWaiting: false });
    expect(await numbers()).toEqual([1, 2]);
    expect(await takeEvents([fn])).toEqual({ isAll: true, areWaiting: false });
    expect((await pool.query('SELECT name, refusal FROM "Outbox"')).rows).toEqual([
      { name: "t/poison", refusal: "refused" },
    ]);
    await pool.query("DROP FUNCTION executor.refuse CASCADE");
    await takeBackRefused();
    await takeEvents([fn]);
    expect((await pool.query('SELECT FROM "Outbox"')).rowCount).toBe(0);
  });

  it("[K8] keeps no job from being done", async () => {
    const done = inngest.createFunction({ id: "done", triggers: [{ event: "t/done" }] }, ({ step }) =>
      step.sleep("nap", "1h"),
    );
    await emit("t/done");
    await runUntilIdle([done]);
    await pool.query("UPDATE executor.job SET due_at = now(), rank = now()");
    await refuse("40001");
    await emit("t/poison");
    const executor = makeExecutor({ functions: [done], pollMs: 100 });
    try {
      await executor.start();
      await until(async () => (await runsOf(["faultline-done"]))[0]?.state === "completed", 4000);
    } finally {
      await executor.stop(0);
    }
  });

  it("[K8] is none whose sender gave it a very long id", async () => {
    const id = Array.from({ length: 600 }, () => crypto.randomUUID()).join("");
    await emit("t/fine", { n: 1 }, id);
    await emit("t/fine", { n: 2 }, id);
    await takeEvents([fn]);
    expect(await numbers()).toHaveLength(1);
  });
});

it("[K8] an intake that ends one run and wakes another one locks them in the order of all", async () => {
  const last = make("last", { singleton: { mode: "cancel" } });
  const waiter = inngest.createFunction({ id: "waiter", triggers: [{ event: "t/wait" }] }, ({ step }) =>
    step.waitForEvent("answer", { event: "t/answer", timeout: "1h" }),
  );
  await take([last], "t/last", { n: 1 });
  await emit("t/wait");
  const [waiting] = await runUntilIdle([waiter]);
  const other = await pool.connect();
  try {
    await other.query("BEGIN");
    await other.query("SELECT FROM executor.run WHERE id = $1 FOR UPDATE", [waiting?.id]);
    await transaction((tx) => send(tx, { name: "t/last", data: { n: 2 } }, { name: "t/answer", data: {} }));
    const taken = takeEvents([last]);
    await blocked();
    await other.query("SET LOCAL lock_timeout TO '500ms'");
    // The lower id, as somebody who locks both of them does next.
    await other.query("SELECT FROM executor.run WHERE function_id = 'last' FOR UPDATE");
    await other.query("COMMIT");
    await taken;
  } finally {
    other.release(true);
  }
  expect((await runsOf(["last"])).map(({ state }) => state)).toEqual(["cancelled", "queued"]);
  expect(await runUntilIdle([waiter])).toMatchObject([{ state: "completed" }]);
});

it("[K8] [G11] takes the events of workspaces by turns, and those of each in their order", async () => {
  const fn = make("turn");
  const [many, few] = [newId(), newId()];
  const events = (workspaceId: string, from: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: "t/turn", data: { workspaceId, n: from + n } }));
  await transaction((tx) => send(tx, ...events(many, 0, 500)));
  await transaction((tx) => send(tx, ...events(few, 1000, 3)));
  expect(await takeEvents([fn])).toMatchObject({ isAll: false });
  const taken = await numbers();
  expect(taken).toEqual([...Array(100).keys(), 1000, 1001, 1002]);
  while (!(await takeEvents([fn])).isAll);
  expect((await numbers()).slice(taken.length)).toEqual(Array.from({ length: 400 }, (_, n) => 100 + n));
});
