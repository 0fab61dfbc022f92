import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { countRuns, emit, makeTables, until, Workers } from "./jobs-workers";
import { figure, randomOf, scaled, seed } from "./scale";

const JOBS = scaled(120, 10_000);
// Over ten seconds, so that processes are killed while jobs begin, run and end.
const BATCHES = 20;
const WORKERS = 4;
const KILL_EVERY_MS = 2000;
const LIMIT_MS = scaled(90_000, 20 * 60_000);
const FUNCTION_ID = "faultline-chain";

const workers = new Workers();
afterAll(() => workers.end());

const one = async <T extends object>(sql: string, values: unknown[] = []): Promise<T> => {
  const { rows } = await pool.query<T>(sql, values);
  if (!rows[0]) throw new Error("no row");
  return rows[0];
};

it(
  `[K8] ${JOBS} jobs, ${WORKERS} processes, one killed every ${KILL_EVERY_MS} ms: each effect once, none lost`,
  async () => {
    const random = randomOf("jobs-kill");
    await makeTables(pool);
    await Promise.all(Array.from({ length: WORKERS }, () => workers.add()));
    const startMs = Date.now();
    const coming = (async () => {
      for (let n = 0; n < BATCHES; n++) {
        await emit(pool, "faults/chain", JOBS / BATCHES);
        await sleep(500);
      }
    })();

    let kills = 0;
    let isDone = false;
    const starts: Promise<void>[] = [];
    const killing = (async () => {
      while (!isDone) {
        // Every two seconds on average, never to the beat of anything else.
        await sleep(KILL_EVERY_MS * (0.5 + random()));
        // On a slow machine a start takes longer than that, and others have to work meanwhile.
        if (isDone || workers.count < 3 || !(await workers.kill(random))) continue;
        kills++;
        starts.push(workers.add());
      }
    })();
    const runs = () => countRuns(pool, FUNCTION_ID);
    await coming;
    await until(
      async () => ((await runs()).completed ?? 0) >= JOBS,
      LIMIT_MS,
      async () => ({ ...(await runs()), kills }),
    );
    const tookMs = Date.now() - startMs;
    isDone = true;
    await killing;
    await Promise.all(starts);

    // Each run once, to its end, and nothing left of it.
    expect(await countRuns(pool, FUNCTION_ID)).toEqual({ completed: JOBS });
    expect(
      await one(
        `SELECT (SELECT count(*)::int FROM executor.job) AS jobs, (SELECT count(*)::int FROM "Outbox") AS events`,
      ),
    ).toEqual({ jobs: 0, events: 0 });
    // Four steps each, every one settled once.
    expect(
      await one(`SELECT count(*)::int AS runs FROM (
      SELECT run_id FROM executor.step WHERE state = 'completed' GROUP BY run_id
      HAVING count(*) = 4 AND array_agg(seq ORDER BY seq) = '{1,2,3,4}') AS whole`),
    ).toEqual({ runs: JOBS });
    expect(await one("SELECT count(*)::int AS effects FROM effect")).toEqual({ effects: 4 * JOBS });
    // A step's result never changed: every execution that came after it saw the one that is stored.
    expect(
      await one(`SELECT count(*)::int AS strange FROM execution AS later JOIN executor.step AS first
      ON first.run_id = later.run_id AND first.name = 'first'
      WHERE later.step IN ('left', 'right') AND later.seen <> first.output #>> '{}'`),
    ).toEqual({ strange: 0 });
    // What is stored was really executed, by somebody who could store it.
    expect(
      await one(`SELECT count(*)::int AS invented FROM executor.step WHERE NOT EXISTS (
      SELECT FROM execution WHERE execution.run_id = step.run_id AND token::text = output #>> '{}')`),
    ).toEqual({ invented: 0 });

    const { repeats } = await one<{ repeats: number }>(
      "SELECT count(*)::int - (SELECT count(*)::int FROM effect) AS repeats FROM execution",
    );
    // At least once: only what was under way when a process died may have happened again.
    expect(repeats).toBeLessThanOrEqual(kills * 32);
    expect(kills).toBeGreaterThanOrEqual(scaled(2, 30));
    figure("jobs done by 4 processes under kills", `${JOBS} in ${Math.round(tookMs / 1000)} s`, JOBS);
    figure("processes killed meanwhile", `${kills} (seed ${seed})`, "one in 2 s");
    figure("jobs lost, doubled or stuck under kills", 0, 0);
    figure("steps executed again after a kill", repeats, `≤ ${kills * 32} (under way)`);
  },
  LIMIT_MS + 60_000,
);
