import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { takeEvents } from "../intake";
import { emptyExecutor } from "../test-executors";
import { respace } from "./respace";
import { age, emit, make, numbers, started, take } from "./testing";
import { WindowWatch } from "./watch";

beforeEach(emptyExecutor);

const HOUR_MS = 3_600_000;

describe("rateLimit", () => {
  const fn = make("rate", { rateLimit: { limit: 2, period: "1h", key: "event.data.team" } });

  it("[K8] starts so many runs for each key and period, and drops what is over it", async () => {
    await take([fn], "t/rate", { n: 1, team: "a" }, { n: 2, team: "a" }, { n: 3, team: "a" }, { n: 4, team: "b" });
    await take([fn], "t/rate", { n: 5, team: "a" }, { n: 6, team: "b" }, { n: 7, team: "b" });
    expect(await numbers()).toEqual([1, 2, 4, 6]);
  });

  it("[K8] begins a new period when the old one is over", async () => {
    await take([fn], "t/rate", { n: 1 }, { n: 2 }, { n: 3 });
    await age(HOUR_MS - 60_000);
    await take([fn], "t/rate", { n: 4 });
    await age(60_000);
    await take([fn], "t/rate", { n: 5 }, { n: 6 }, { n: 7 });
    expect(await numbers()).toEqual([1, 2, 5, 6]);
  });

  it("[K8] does not limit what the key is false for, and counts what lacks its field as one", async () => {
    const some = make("some", { rateLimit: { limit: 1, period: "1h", key: "event.data.isBulk" } });
    await take([some], "t/some", { n: 1, isBulk: false }, { n: 2, isBulk: false }, { n: 3 }, { n: 4 });
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it("[K8] counts exactly when two executors take events at once", async () => {
    const busy = make("busy", { rateLimit: { limit: 7, period: "1h" } });
    await Promise.all(Array.from({ length: 20 }, (_, n) => emit("t/busy", { n })));
    await Promise.all(Array.from({ length: 4 }, () => emit("t/busy").then(() => takeEvents([busy]))));
    await takeEvents([busy]);
    expect(await started()).toHaveLength(7);
  });

  it("[K8] forgets what means nothing any more", async () => {
    await take([fn], "t/rate", ...Array.from({ length: 5 }, (_, n) => ({ n, team: `${n}` })));
    await age(HOUR_MS);
    await take([fn], "t/rate", { team: "a" });
    const { rows } = await pool.query("SELECT key FROM executor.window");
    expect(rows).toEqual([{ key: '"a"' }]);
  });
});

describe("idempotency", () => {
  const fn = make("once", { idempotency: "event.data.id", rateLimit: { limit: 9, period: "1s" } });

  it("[K8] starts one run for a function and key in 24 hours, whatever the rate limit", async () => {
    await take([fn], "t/once", { n: 1, id: "a" }, { n: 2, id: "a" }, { n: 3, id: "b" });
    await age(23 * HOUR_MS);
    await take([fn], "t/once", { n: 4, id: "a" });
    await age(HOUR_MS);
    await take([fn], "t/once", { n: 5, id: "a" });
    expect(await numbers()).toEqual([1, 3, 5]);
  });

  it("[K8] tells values of different types and long ones apart", async () => {
    const long = "x".repeat(5000);
    await take([fn], "t/once", { n: 1, id: 7 }, { n: 2, id: "7" }, { n: 3, id: `${long}1` }, { n: 4, id: `${long}2` });
    expect(await numbers()).toEqual([1, 2, 3, 4]);
  });

  it("[K8] keeps what another function has done apart", async () => {
    const other = make("other", { triggers: [{ event: "t/once" }], idempotency: "event.data.id" });
    await take([fn, other], "t/once", { id: "a" }, { id: "a" });
    expect((await started()).map(({ functionId }) => functionId).sort()).toEqual(["once", "other"]);
  });
});

describe("throttle", () => {
  const dueMs = async () => {
    const runs = await started();
    const firstMs = runs[0]?.dueAt?.getTime() ?? 0;
    return runs.map(({ dueAt }) => (dueAt?.getTime() ?? 0) - firstMs);
  };

  it("[K8] spaces the starts of one key and loses none", async () => {
    const fn = make("slow", { throttle: { limit: 2, period: "10s", key: "event.data.team" } });
    await take([fn], "t/slow", { team: "a" }, { team: "a" }, { team: "a" }, { team: "b" });
    await take([fn], "t/slow", { team: "a" });
    const [first = 0, second = 0, third = 0, other = 0, fifth = 0] = await dueMs();
    expect([first, second, third, fifth].map((ms) => Math.round(ms / 1000))).toEqual([0, 5, 10, 15]);
    expect(other).toBeLessThan(100);
  });

  it("[K8] takes false for a key like any other", async () => {
    const fn = make("both", { throttle: { limit: 1, period: "10s", key: "event.data.isBulk" } });
    await take([fn], "t/both", { isBulk: false }, { isBulk: false });
    expect((await dueMs()).map((ms) => Math.round(ms / 1000))).toEqual([0, 10]);
  });

  it("[K8] lets a burst start at once", async () => {
    const fn = make("burst", { throttle: { limit: 1, period: "10s", burst: 3 } });
    await take([fn], "t/burst", {}, {}, {}, {}, {});
    expect((await dueMs()).map((ms) => Math.round(ms / 1000))).toEqual([0, 0, 0, 10, 20]);
  });

  it("[K8] spaces starts when several executors take events at once", async () => {
    const fn = make("fleet", { throttle: { limit: 1, period: "2s" } });
    await Promise.all(Array.from({ length: 12 }, () => emit("t/fleet").then(() => takeEvents([fn]))));
    await takeEvents([fn]);
    const sorted = (await dueMs()).sort((a, b) => a - b);
    expect(sorted).toHaveLength(12);
    for (const [index, ms] of sorted.entries()) expect(ms - (sorted[index - 1] ?? -2000)).toBeGreaterThanOrEqual(2000);
  });

  it("[K8] spaces the starts anew after a time in which nobody ran", async () => {
    const fn = make("late", { throttle: { limit: 1, period: "10s" } });
    await take([fn], "t/late", {}, {}, {});
    await age(HOUR_MS);
    await pool.query("UPDATE executor.job SET due_at = due_at - interval '1 hour', rank = rank - interval '1 hour'");
    await Promise.all([new WindowWatch().open([fn], 1000), new WindowWatch().open([fn], 1000)]);
    await new WindowWatch().open([fn], 1000);
    await take([fn], "t/late", {});
    const first = (await started())[0]?.dueAt?.getTime() ?? 0;
    expect(Math.abs(Date.now() - first)).toBeLessThan(5000);
    expect((await dueMs()).map((ms) => Math.round(ms / 1000))).toEqual([0, 10, 20, 30]);
  });

  it("[K8] leaves that to a process that is at it already", async () => {
    const fn = make("late", { throttle: { limit: 1, period: "10s" } });
    await take([fn], "t/late", {}, {});
    await pool.query("UPDATE executor.job SET due_at = due_at - interval '1 hour'");
    const client = await pool.connect();
    await client.query("BEGIN; SELECT pg_advisory_xact_lock(815004)");
    const before = await started();
    await respace([fn]);
    expect(await started()).toEqual(before);
    await client.query("COMMIT");
    client.release();
    await respace([fn]);
    expect(await started()).not.toEqual(before);
  });

  it("[K8] leaves alone what has begun or is not late", async () => {
    const fn = make("fair", { throttle: { limit: 1, period: "10s" } });
    await take([fn], "t/fair", {}, {});
    await pool.query(
      "UPDATE executor.run SET state = 'running' WHERE id = (SELECT min(id::text)::uuid FROM executor.run)",
    );
    await pool.query("UPDATE executor.job SET due_at = due_at - interval '5 s'");
    const before = await started();
    await new WindowWatch().open([fn], 1000);
    expect(await started()).toEqual(before);
  });
});
