import { afterAll, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { countRuns, emit, makeTables, until, Workers } from "./jobs-workers";
import { figure } from "./scale";

const LIMIT_MS = 10_000;
const FUNCTION_ID = "faultline-task";

const workers = new Workers({}, "jobs-stop.child.ts");
afterAll(() => workers.end());

it("[K8] at SIGTERM every job is done or given back within 10 s, and somebody else does the rest", async () => {
  await makeTables(pool);
  await workers.add();
  // Eight places: four that end in time, four that do not, and more that wait.
  await emit(pool, "faults/task", 4, { ms: 2000 });
  await emit(pool, "faults/task", 4, { ms: 12_000 });
  const begun = async () => (await pool.query("SELECT FROM execution")).rowCount ?? 0;
  await until(async () => (await begun()) === 8, 60_000, begun);
  await emit(pool, "faults/task", 8, { ms: 50 });

  const startMs = Date.now();
  expect(await workers.terminate()).toEqual({ code: 0, signal: null });
  const tookMs = Date.now() - startMs;
  figure("from SIGTERM to the end of the process", `${tookMs} ms`, `≤ ${LIMIT_MS} ms`);
  expect(tookMs).toBeLessThan(LIMIT_MS);

  const { rows: jobs } = await pool.query(
    "SELECT count(worker)::int AS held, count(*) FILTER (WHERE due_at > now())::int AS later FROM executor.job",
  );
  expect(jobs).toEqual([{ held: 0, later: 0 }]);
  // What was done in time is stored, what was cut off is not.
  const { rows: stored } = await pool.query(
    `SELECT (event.data ->> 'ms')::int AS ms, count(step.seq)::int AS stored FROM executor.run
     JOIN executor.event ON event.id = run.event_ids[1] LEFT JOIN executor.step ON step.run_id = run.id
     WHERE run.state <> 'queued' GROUP BY 1 HAVING (event.data ->> 'ms')::int > 1000 ORDER BY 1`,
  );
  expect(stored).toEqual([
    { ms: 2000, stored: 4 },
    { ms: 12_000, stored: 0 },
  ]);

  await workers.add();
  await until(
    async () => (await countRuns(pool, FUNCTION_ID)).completed === 16,
    60_000,
    () => countRuns(pool, FUNCTION_ID),
  );
  // Only what was cut off happened twice.
  const { rows: twice } = await pool.query(
    `SELECT run_id FROM execution JOIN executor.run ON run.id = run_id JOIN executor.event ON event.id = run.event_ids[1]
     WHERE (event.data ->> 'ms')::int <> 12000 GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
  const { rows: effects } = await pool.query("SELECT count(*)::int AS n FROM effect");
  expect(effects).toEqual([{ n: 16 }]);
});
