import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { pool } from "@/lib/db/client";
import { fireCrons, planCrons } from "./cron";
import { nextWindowMs, openWindows } from "./flow/open";
import { make, refuseRuns, started } from "./flow/testing";
import { makeExecutor } from "./start";
import { emptyExecutor } from "./test-executors";

beforeEach(emptyExecutor);

// Its next tick comes during no test.
const YEARLY = "0 0 1 1 *";

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const daily = (...crons: string[]) => make("tick", { triggers: crons.map((cron) => ({ cron })) });

/** The times of the day that were planned, and the ones that have come, without their date. */
const planned = async () => {
  const { rows } = await pool.query<{ opens_at: Date }>("SELECT opens_at FROM executor.window ORDER BY key");
  return rows.map(({ opens_at }) => opens_at.toISOString());
};
const ticks = async () => (await started()).map(({ data }) => data[0]?.scheduledAt);

/** Plans a tick that many minutes ago, as though nobody had been there since. */
async function missed(cron: string, minutes: number) {
  const now = Date.now();
  await pool.query(
    "INSERT INTO executor.window (function_id, kind, key, opens_at, due_at) VALUES ('tick', 'cron', $1, $2, $2)",
    [cron, new Date(Math.floor(now / 60_000 - minutes) * 60_000)],
  );
}

describe("cron", () => {
  it("[K8] plans each trigger's next tick, in its time zone", async () => {
    const fn = daily("30 9 * * *", "TZ=Europe/Berlin 0 7 * * *");
    await planCrons([fn], at("08:00:00"));
    expect(await planned()).toEqual(["2026-11-20T09:30:00.000Z", "2026-11-21T06:00:00.000Z"]);
    await planCrons([fn], at("23:00:00"));
    expect(await planned()).toEqual(["2026-11-20T09:30:00.000Z", "2026-11-21T06:00:00.000Z"]);
  });

  it("[K8] says when the next tick is", async () => {
    const waitMs = (await nextWindowMs([daily("* * * * *")])) ?? 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it("[K8] fires once, with the event of an Inngest server, and plans the tick after", async () => {
    const fn = daily(YEARLY);
    await missed(YEARLY, 0);
    await openWindows([fn]);
    await openWindows([fn]);
    const { rows } = await pool.query(
      "SELECT key, name, data, ts FROM executor.event JOIN executor.run ON event.id = event_ids[1]",
    );
    const scheduledAt = rows[0]?.key;
    expect(scheduledAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    expect(rows).toEqual([
      {
        key: scheduledAt,
        name: "inngest/scheduled.timer",
        data: { cron: YEARLY, fireAt: scheduledAt, scheduledAt },
        ts: new Date(scheduledAt),
      },
    ]);
    expect(await planned()).toEqual([expect.stringMatching(/^\d{4}-01-01T00:00:00.000Z$/)]);
  });

  it("[K8] fires once when several executors look at once", async () => {
    const fn = daily(YEARLY);
    await missed(YEARLY, 0);
    await Promise.all(Array.from({ length: 8 }, () => openWindows([fn])));
    expect(await started()).toHaveLength(1);
  });

  it("[K8] leaves a tick that somebody is just firing to that one, without waiting", async () => {
    const fn = daily(YEARLY);
    await missed(YEARLY, 0);
    const client = await pool.connect();
    // Whoever waited for it would get on after a while, and this test would fail rather than stand still.
    await client.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = '3s'");
    expect(await fireCrons(client, [fn])).toBe(1);
    await openWindows([fn]);
    await client.query("COMMIT");
    client.release();
    await openWindows([fn]);
    expect(await started()).toHaveLength(1);
  });

  it("[K8] fires only the latest of the ticks that nobody was there for", async () => {
    const fn = daily("* * * * *");
    await missed("* * * * *", 60 * 24 * 3);
    await openWindows([fn]);
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const [tick] = await ticks();
    expect([now, now - 60_000]).toContain(Date.parse(String(tick)));
    await openWindows([fn]);
    expect((await started()).length).toBeLessThanOrEqual(2);
  });

  it("[K8] fires once for a time that two triggers of a function name", async () => {
    const fn = daily(YEARLY, "0 0 1 */12 *");
    await missed(YEARLY, 0);
    await missed("0 0 1 */12 *", 0);
    await openWindows([fn]);
    expect(await started()).toHaveLength(1);
  });

  it("[K8] fires no tick twice, though it was planned again", async () => {
    const fn = daily("* * * * *");
    await missed("* * * * *", 0);
    await openWindows([fn]);
    await pool.query("DELETE FROM executor.window");
    await missed("* * * * *", 0);
    await openWindows([fn]);
    expect((await ticks()).length).toBe(new Set(await ticks()).size);
  });

  it("[K8] is due still after a crash while it fired", async () => {
    const fn = daily(YEARLY);
    await missed(YEARLY, 0);
    const allow = await refuseRuns();
    await expect(openWindows([fn])).rejects.toThrow("refused");
    expect(await started()).toEqual([]);
    await allow();
    await openWindows([fn]);
    expect(await started()).toHaveLength(1);
  });

  it("[K8] stops when the function is gone or its schedule is another", async () => {
    await missed("* * * * *", 1);
    await openWindows([make("other")]);
    await openWindows([daily("0 0 1 1 *")]);
    expect(await started()).toEqual([]);
    expect(await nextWindowMs([make("other")])).toBeNull();
    expect(await nextWindowMs([daily("0 0 1 1 *")])).toBeGreaterThan(60_000);
  });

  it("[K8] fires within the jitter after its time, and says for which time", async () => {
    const triggers = [{ cron: "0 * * * *", jitter: "10m" }];
    const fns = Array.from({ length: 30 }, (_, n) => make(`tick${n}`, { triggers }));
    await planCrons(fns, at("08:30:00"));
    const { rows } = await pool.query<{ opens_at: Date; due_at: Date }>("SELECT opens_at, due_at FROM executor.window");
    const delays = rows.map(({ opens_at, due_at }) => due_at.getTime() - opens_at.getTime());
    expect(new Set(await planned())).toEqual(new Set([at("09:00:00").toISOString()]));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(600_000);
    expect(new Set(delays).size).toBeGreaterThan(20);
  });

  it("[K8] keeps to its limits", async () => {
    const fn = make("tick", {
      triggers: [{ cron: "* * * * *" }, { cron: "*/1 * * * *" }],
      rateLimit: { limit: 1, period: "1h" },
    });
    await missed("* * * * *", 1);
    await openWindows([fn]);
    await missed("*/1 * * * *", 5);
    await pool.query("DELETE FROM executor.once");
    await openWindows([fn]);
    expect(await started()).toHaveLength(1);
  });

  it("[K8] runs the function on two executors once", async () => {
    const seen: unknown[] = [];
    const fn = inngest.createFunction({ id: "tick", triggers: [{ cron: YEARLY }] }, ({ event }) => {
      seen.push(event.data);
    });
    await pool.query(
      `INSERT INTO executor.window (function_id, kind, key, opens_at, due_at)
       VALUES ('faultline-tick', 'cron', $1, date_trunc('minute', now()), now() + interval '300 ms')`,
      [YEARLY],
    );
    const executors = [1, 2].map(() => makeExecutor({ functions: [fn], pollMs: 100 }));
    await Promise.all(executors.map((executor) => executor.start()));
    await expect.poll(async () => (await started())[0]?.state, { timeout: 5000 }).toBe("completed");
    await Promise.all(executors.map((executor) => executor.stop(1000)));
    expect(seen).toEqual([expect.objectContaining({ cron: YEARLY })]);
  });

  it("[K8] runs the function once where two processes wait for the same tick", async () => {
    await pool.query("CREATE TABLE ticked (pid int)");
    const file = path.join(import.meta.dirname, "cron.child.ts");
    const children = [1, 2].map(() => spawn(process.execPath, ["--import", "tsx", file, YEARLY], { stdio: "pipe" }));
    try {
      await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
      for (let n = 1; n <= 3; n++) {
        const sql =
          "UPDATE executor.window SET opens_at = date_trunc('minute', now()) - $1 * interval '1 hour', due_at = now() + interval '300 ms'";
        // A process says that it is there before it has planned its first tick.
        await expect.poll(async () => (await pool.query(sql, [n])).rowCount, { timeout: 5000 }).toBe(1);
        const completed = async () => (await started()).filter(({ state }) => state === "completed").length;
        await expect.poll(completed, { timeout: 10_000 }).toBe(n);
      }
      const { rows } = await pool.query("SELECT count(*)::int AS n FROM ticked");
      expect(rows).toEqual([{ n: 3 }]);
      expect(await started()).toHaveLength(3);
    } finally {
      for (const child of children) child.kill("SIGKILL");
      await pool.query("DROP TABLE ticked");
    }
  });
});
