import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { takeEvents } from "../intake";
import { emptyExecutor } from "../test-executors";
import { openWindows } from "./open";
import { age, emit, make, numbers, refuseRuns, started, take } from "./testing";
import { WindowWatch } from "./watch";

beforeEach(emptyExecutor);

const MINUTE_MS = 60_000;

const dueInMinutes = async () => {
  const { rows } = await pool.query<{ ms: number }>(
    "SELECT (extract(epoch FROM due_at - now()) * 1000)::float8 AS ms FROM executor.window ORDER BY key",
  );
  return rows.map(({ ms }) => Math.ceil(ms / MINUTE_MS));
};

describe("debounce", () => {
  const fn = make("calm", { debounce: { period: "10m", timeout: "15m", key: "event.data.doc" } });

  it("[K8] runs the last event of each key when nothing has come for the period", async () => {
    await take([fn], "t/calm", { n: 1, doc: "a" }, { n: 2, doc: "a" }, { n: 3, doc: "b" });
    await openWindows([fn]);
    expect(await numbers()).toEqual([]);
    await age(9 * MINUTE_MS);
    await take([fn], "t/calm", { n: 4, doc: "a" });
    await age(1.5 * MINUTE_MS);
    await openWindows([fn]);
    expect(await numbers()).toEqual([3]);
    await age(9 * MINUTE_MS);
    await openWindows([fn]);
    expect(await numbers()).toEqual([3, 4]);
    await openWindows([fn]);
    expect(await started()).toHaveLength(2);
  });

  it("[K8] waits for the timeout at most, however many events come", async () => {
    await take([fn], "t/calm", { n: 1 });
    await age(8 * MINUTE_MS);
    await take([fn], "t/calm", { n: 2 });
    expect(await dueInMinutes()).toEqual([7]);
    await age(6 * MINUTE_MS);
    await take([fn], "t/calm", { n: 3 });
    expect(await dueInMinutes()).toEqual([1]);
    await age(1 * MINUTE_MS);
    await openWindows([fn]);
    expect(await numbers()).toEqual([3]);
  });

  it("[K8] begins anew after it has run", async () => {
    await take([fn], "t/calm", { n: 1 });
    await age(10 * MINUTE_MS);
    await openWindows([fn]);
    await take([fn], "t/calm", { n: 2 });
    expect(await dueInMinutes()).toEqual([10]);
  });
});

describe("batchEvents", () => {
  const fn = make("many", { batchEvents: { maxSize: 3, timeout: "10s", key: "event.data.team" } });
  const batches = async () => (await started()).map(({ data }) => data.map(({ n }) => n));

  it("[K8] runs with all events of a key when it has so many", async () => {
    const a = [1, 2, 3, 4].map((n) => ({ n, team: "a" }));
    await take([fn], "t/many", ...a, { n: 5, team: "b" });
    expect(await batches()).toEqual([[1, 2, 3]]);
    await take([fn], "t/many", { n: 6, team: "b" }, { n: 7, team: "b" }, { n: 8, team: "a" });
    expect(await batches()).toEqual([
      [1, 2, 3],
      [5, 6, 7],
    ]);
  });

  it("[K8] runs with what it has when the time since the first event is over", async () => {
    const slow = make("many", { batchEvents: { maxSize: 3, timeout: "10m" } });
    await take([slow], "t/many", { n: 1 });
    await age(6 * MINUTE_MS);
    await take([slow], "t/many", { n: 2 });
    await age(3.5 * MINUTE_MS);
    await openWindows([slow]);
    expect(await batches()).toEqual([]);
    await age(0.5 * MINUTE_MS);
    await openWindows([slow]);
    await openWindows([slow]);
    expect(await batches()).toEqual([[1, 2]]);
  });

  it("[K8] runs at once and alone for what its condition is not true for", async () => {
    const some = make("some", { batchEvents: { maxSize: 3, timeout: "10s", if: "event.data.isBulk" } });
    await take([some], "t/some", { n: 1, isBulk: true }, { n: 2, isBulk: false }, { n: 3 }, { n: 4, isBulk: true });
    expect(await batches()).toEqual([[2], [3]]);
    await age(10_000);
    await openWindows([some]);
    expect(await batches()).toEqual([[2], [3], [1, 4]]);
  });

  it("[K8] loses and doubles no event when several executors take and open at once", async () => {
    const count = 60;
    await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        await emit("t/many", { n });
        await takeEvents([fn]);
        if (n % 10 === 0) {
          await age(10_000);
          await Promise.all([openWindows([fn]), openWindows([fn])]);
        }
      }),
    );
    await takeEvents([fn]);
    await age(10_000);
    await Promise.all([openWindows([fn]), openWindows([fn]), openWindows([fn])]);
    const all = await batches();
    expect(all.flat().sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(all.every((batch) => batch.length <= 3)).toBe(true);
  });

  it("[K8] counts a batch as one for the rate, and gives it its time in the throttle", async () => {
    const both = make("both", {
      batchEvents: { maxSize: 2, timeout: "10s" },
      rateLimit: { limit: 2, period: "1h" },
      throttle: { limit: 1, period: "10s" },
    });
    await take([both], "t/both", { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }, { n: 6 });
    expect(await batches()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const [first, second] = (await started()).map(({ dueAt }) => dueAt?.getTime() ?? 0);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(9900);
  });
});

describe.each([
  ["debounce", { debounce: { period: "10s" } }],
  ["batchEvents", { batchEvents: { maxSize: 3, timeout: "10s" } }],
])("a window of %s", (_, options) => {
  const fn = make("w", options);

  it("[K8] is opened once, by whoever looks first", async () => {
    await take([fn], "t/w", { n: 1 });
    await age(10_000);
    await Promise.all([1, 2, 3, 4].map(() => openWindows([fn])));
    expect(await started()).toHaveLength(1);
  });

  it("[K8] that somebody is opening keeps nobody from the others", async () => {
    const other = make("x", options);
    await take([fn], "t/w", { n: 1 });
    await take([other], "t/x", { n: 2 });
    await age(10_000);
    const client = await pool.connect();
    // Whoever waited for it would get on after a while, and this test would fail rather than stand still.
    await client.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = '3s'");
    await client.query("SELECT FROM executor.window WHERE function_id = 'w' FOR UPDATE");
    await openWindows([fn, other]);
    expect(await numbers()).toEqual([2]);
    await client.query("ROLLBACK");
    client.release();
    await openWindows([fn, other]);
    expect(await numbers()).toEqual([2, 1]);
  });

  it("[K8] is as it was after a crash while it was opened", async () => {
    await take([fn], "t/w", { n: 1 });
    await age(10_000);
    const allow = await refuseRuns();
    await expect(openWindows([fn])).rejects.toThrow("refused");
    expect(await started()).toEqual([]);
    await allow();
    await openWindows([fn]);
    await openWindows([fn]);
    expect(await numbers()).toEqual([1]);
  });

  it("[K8] that cannot be opened keeps nobody from working, and is tried again", async () => {
    await take([fn], "t/w", { n: 1 });
    await age(10_000);
    const allow = await refuseRuns();
    const watch = new WindowWatch();
    expect(await watch.open([fn], 60_000)).toBe(false);
    expect(watch.waitMs).toBeGreaterThan(0);
    expect(watch.waitMs).toBeLessThanOrEqual(1000);
    await allow();
    watch.expect();
    expect(await watch.open([fn], 60_000)).toBe(true);
    expect(await numbers()).toEqual([1]);
  });

  it("[K8] is opened although the function has no such option any more", async () => {
    await take([fn], "t/w", { n: 1 });
    await age(10_000);
    await openWindows([make("w")]);
    expect(await numbers()).toEqual([1]);
  });

  it("[K8] is left to a process that has the function", async () => {
    await take([fn], "t/w", { n: 1 });
    await age(10_000);
    await openWindows([make("other")]);
    expect(await started()).toEqual([]);
    await openWindows([fn]);
    expect(await numbers()).toEqual([1]);
  });
});

describe("a crash while events are taken", () => {
  it("[K8] leaves the events in the outbox and counts nothing twice", async () => {
    const plain = make("plain", { triggers: [{ event: "t/e" }] });
    const rated = make("rated", { triggers: [{ event: "t/e" }], rateLimit: { limit: 1, period: "1h" } });
    const batched = make("batched", { triggers: [{ event: "t/e" }], batchEvents: { maxSize: 2, timeout: "1h" } });
    const all = [plain, rated, batched];
    const allow = await refuseRuns();
    await emit("t/e", { n: 1 });
    await expect(takeEvents(all)).rejects.toThrow("refused");
    const { rows } = await pool.query('SELECT FROM "Outbox" UNION ALL SELECT FROM executor.window');
    expect(rows).toHaveLength(1);
    await allow();
    await takeEvents(all);
    expect((await started()).map(({ functionId }) => functionId).sort()).toEqual(["plain", "rated"]);
    await take(all, "t/e", { n: 2 });
    expect((await started()).map(({ functionId }) => functionId).sort()).toEqual([
      "batched",
      "plain",
      "plain",
      "rated",
    ]);
  });
});
