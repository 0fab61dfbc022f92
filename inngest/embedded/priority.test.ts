import { expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { pauseFunction, resumeFunction } from "./control";
import { withExecutors } from "./test-executors";
import { runsOf, until } from "./testing";

const { start } = withExecutors();

const emit = (name: string, ...data: Record<string, unknown>[]) =>
  transaction((tx) => send(tx, ...data.map((each) => ({ name, data: each }))));

const areEnded = async (id: string, count: number) =>
  (await runsOf([`faultline-${id}`])).filter(({ state }) => state === "completed").length === count;

it.each([
  ["without a limit", undefined],
  ["within a limit", 1],
])("[K8] takes first whose expression gives it a head start, %s", async (_, concurrency) => {
  const seen: string[] = [];
  const priority = {
    run: "event.data.n == 'sooner' ? 120 : event.data.n == 'first' ? 5000 : event.data.n == 'last' ? -60 : 0",
  };
  const id = `ahead-${concurrency ?? "none"}`;
  const fn = inngest.createFunction({ id, triggers: [{ event: `t/${id}` }], priority, concurrency }, ({ event }) => {
    seen.push(event.data.n);
  });
  await emit(`t/${id}`, ...["last", "plain", "sooner", "plain too", "first"].map((n) => ({ n })));
  await start([fn], { slots: 1 });
  await until(() => areEnded(id, 5));
  expect(seen).toEqual(["first", "sooner", "plain", "plain too", "last"]);
  const { rows } = await pool.query(
    "SELECT head_start_ms / 1000 AS s FROM executor.run JOIN executor.event ON event.id = event_ids[1] WHERE data->>'n' IN ('first', 'last') ORDER BY s",
  );
  expect(rows).toEqual([{ s: -60 }, { s: 600 }]);
});

it.each([
  ["no whole number", "1.5"],
  ["no number", "'high'"],
  ["a mistake", "event.data.missing + 1"],
])("[K8] gives no head start for %s", async (_, run) => {
  const fn = inngest.createFunction({ id: "odd", triggers: [{ event: "t/odd" }], priority: { run } }, () => 1);
  await start([fn]);
  await emit("t/odd", {});
  await until(() => areEnded("odd", 1));
  const { rows } = await pool.query("SELECT head_start_ms FROM executor.run");
  expect(rows).toEqual([{ head_start_ms: 0 }]);
});

it("[K8] gives a retry no head start over those that wait in time", async () => {
  const seen: string[] = [];
  const fn = inngest.createFunction(
    { id: "again", triggers: [{ event: "t/again" }], priority: { run: "event.data.ahead" } },
    async ({ event, attempt }) => {
      seen.push(`${event.data.n} ${attempt}`);
      // Long enough for the retry to be due when the place is free again.
      if (attempt > 0) return;
      await new Promise((done) => setTimeout(done, 60));
      if (event.data.n === "bad") throw new Error("once more");
    },
  );
  await emit("t/again", { n: "bad", ahead: 600 }, { n: "good", ahead: 0 }, { n: "fine", ahead: 0 });
  await start([fn], { slots: 1, retryBaseMs: 2 });
  await until(() => areEnded("again", 3));
  expect(seen).toEqual(["bad 0", "good 0", "fine 0", "bad 1"]);
});

it("[K8] makes no call of a paused function in any process, and goes on at once when it is resumed", async () => {
  const seen: string[] = [];
  const fn = inngest.createFunction({ id: "held", triggers: [{ event: "t/held" }] }, async ({ event, step }) => {
    await step.run("one", async () => {
      seen.push(`${event.data.n} one`);
      if (event.data.n === "a") await transaction((tx) => pauseFunction(tx, "faultline-held"));
    });
    await step.run("two", () => seen.push(`${event.data.n} two`));
  });
  const other = inngest.createFunction({ id: "other", triggers: [{ event: "t/other" }] }, () => 1);
  await Promise.all([start([fn, other]), start([fn, other])]);
  const waiting = `SELECT FROM executor.job JOIN executor.function ON function.id = function_id
    WHERE worker IS NULL AND paused_at IS NOT NULL`;
  await emit("t/held", { n: "a" });
  await until(async () => (await pool.query(waiting)).rowCount === 1);
  await emit("t/held", { n: "b" });
  await emit("t/other", {});
  await until(() => areEnded("other", 1));
  await until(async () => (await pool.query("SELECT FROM executor.job WHERE worker IS NULL")).rowCount === 2);
  expect(seen).toEqual(["a one"]);

  await transaction((tx) => resumeFunction(tx, "faultline-held"));
  await until(() => areEnded("held", 2), 2000);
  expect(seen.filter((line) => line.startsWith("a"))).toEqual(["a one", "a two"]);
});
