import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { emit, makeTables, until, Workers } from "./jobs-workers";
import { figure, scaled } from "./scale";

const LIMIT = 1.2;
/** What a tracker takes to create an issue, and how long one that hangs holds a call: longer than a round. */
const [TRACKER_MS, HANGS_MS] = [500, 3000];
const ROUNDS = scaled(4, 5);
const PROBES = 12;
const MANY = scaled(2000, 100_000);

const workers = new Workers();
beforeAll(async () => {
  await makeTables(pool);
  await workers.add();
});
afterAll(() => workers.end());

/** The median of how long a job of somebody takes, from the event to its effect. */
async function tookMs(): Promise<number> {
  const [workspaceId, integrationId] = [newId(), newId()];
  await pool.query("TRUNCATE effect, execution");
  for (let n = 0; n < PROBES; n++) {
    await emit(pool, "faults/tracker", 1, { workspaceId, integrationId, ms: TRACKER_MS, isCounted: true });
    await sleep(100);
  }
  const done = async () => (await pool.query("SELECT FROM effect")).rowCount ?? 0;
  await until(async () => (await done()) === PROBES, 60_000, done);
  const { rows } = await pool.query<{ ms: number }>(
    `SELECT (extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY effect.at - event.ts)) * 1000)::int AS ms
     FROM effect JOIN executor.run ON run.id = run_id JOIN executor.event ON event.id = run.event_ids[1]`,
  );
  return rows[0]?.ms ?? 0;
}

/** Somebody's jobs: how many are left and under way, and whether they may run now. */
function jobsOf(workspaceId: string) {
  const theirs = "run_id IN (SELECT id FROM executor.run WHERE workspace_id = $1)";
  const count = async (where: string) => {
    const sql = `SELECT count(*)::int AS n FROM executor.job WHERE ${theirs} AND ${where}`;
    return (await pool.query<{ n: number }>(sql, [workspaceId])).rows[0]?.n ?? 0;
  };
  const held = () => count("worker IS NOT NULL");
  return {
    left: () => count("true"),
    async go() {
      await pool.query(`UPDATE executor.job SET due_at = now(), rank = now() WHERE worker IS NULL AND ${theirs}`, [
        workspaceId,
      ]);
      await cleanUp();
      await pool.query("SELECT pg_notify('executor', 'released')");
      await until(async () => (await held()) > 0, 60_000, held);
    },
    async rest() {
      const later = `UPDATE executor.job SET due_at = now() + interval '1 day', rank = now() + interval '1 day'
        WHERE worker IS NULL AND due_at < now() + interval '1 hour' AND ${theirs}`;
      // A call that was under way may have left another job.
      await until(
        async () => (await pool.query(later, [workspaceId])).rowCount === 0 && (await held()) === 0,
        60_000,
        held,
      );
      await cleanUp();
    },
  };
}

/** What PostgreSQL does by itself wherever it is not told otherwise, as the tests' own is: each job has just been rewritten. */
const cleanUp = () => pool.query("VACUUM executor.job");

type Load = { count: number; trackers: number; ms: number };

/** How much longer a job of somebody takes while so many of another's are there, by turns with and without them. */
async function slowdown({ count, trackers, ms }: Load): Promise<number> {
  const workspaceId = newId();
  const others = jobsOf(workspaceId);
  for (let n = 0; n < trackers; n++)
    await emit(pool, "faults/tracker", count / trackers, { workspaceId, integrationId: newId(), ms });
  const events = async () => (await pool.query('SELECT FROM "Outbox" LIMIT 1')).rowCount;
  await until(async () => (await events()) === 0, 900_000, others.left);
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await others.rest();
    alone.push(await tookMs());
    await others.go();
    beside.push(await tookMs());
  }
  // They were there all the time.
  expect(await others.left()).toBeGreaterThan(0);
  await others.rest();
  return Number((Math.min(...beside) / Math.min(...alone)).toFixed(2));
}

it("[K8] [G11] a tracker that hangs does not slow the others by more than 20 %", async () => {
  // More of its jobs than the process has places.
  const ratio = await slowdown({ count: 200, trackers: 1, ms: HANGS_MS });
  figure("a job beside 200 of a tracker that hangs", `${ratio} × alone`, `≤ ${LIMIT} ×`);
  expect(ratio).toBeLessThanOrEqual(LIMIT);
});

it("[K8] [G11] six trackers of one workspace that hang do not slow the others by more than 20 %", async () => {
  // Each alone would leave places free; together they could take all of them.
  const ratio = await slowdown({ count: 300, trackers: 6, ms: HANGS_MS });
  figure("a job beside 300 of six trackers of a workspace that hang", `${ratio} × alone`, `≤ ${LIMIT} ×`);
  expect(ratio).toBeLessThanOrEqual(LIMIT);
});

it(`[K8] ${MANY} jobs of one workspace do not slow the others by more than 20 %`, async () => {
  const ratio = await slowdown({ count: MANY, trackers: 4, ms: TRACKER_MS });
  figure(`a job beside ${MANY} of another workspace`, `${ratio} × alone`, `≤ ${LIMIT} ×`);
  expect(ratio).toBeLessThanOrEqual(LIMIT);
});
