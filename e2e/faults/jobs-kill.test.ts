import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { countRuns, emit, makeTables, until, Workers } from "./jobs-workers";
import { figure, isFull, randomOf, scaled, seed } from "./scale";

const JOBS = scaled(120, 10_000);
// Over ten seconds, so that processes are killed while jobs begin, run and end.
const BATCHES = 20;
const WORKERS = 4;
const KILL_EVERY_MS = 2000;
const LIMIT_MS = scaled(90_000, 20 * 60_000);
const FUNCTION_ID = "faultline-chain";
const STEPS = 4;
// The places of a process: what it may have under way.
const PLACES = 32;

const workers = new Workers();
afterAll(() => workers.end());

const one = async <T extends object>(sql: string, values: unknown[] = []): Promise<T> => {
  const { rows } = await pool.query<T>(sql, values);
  if (!rows[0]) throw new Error("no row");
  return rows[0];
};

it(
  `[K8] ${JOBS} jobs, ${WORKERS} processes, one killed every ${KILL_EVERY_MS} ms: each result stored once, none lost`,
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

    const killed: number[] = [];
    let isDone = false;
    const starts: Promise<void>[] = [];
    const killing = (async () => {
      while (!isDone) {
        // Every two seconds on average, never to the beat of anything else.
        await sleep(KILL_EVERY_MS * (0.5 + random()));
        // On a slow machine a start takes longer than that, and others have to work meanwhile.
        const pid = isDone || workers.count < 2 ? null : await workers.kill(random);
        if (pid === null) continue;
        killed.push(pid);
        starts.push(workers.add());
      }
    })();
    const runs = () => countRuns(pool, FUNCTION_ID);
    await coming;
    await until(
      async () => ((await runs()).completed ?? 0) >= JOBS,
      LIMIT_MS,
      async () => ({ ...(await runs()), kills: killed.length }),
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
    // Four steps each, every one's result stored once, and executed at least once.
    expect(
      await one(
        `SELECT count(*)::int AS runs FROM (
           SELECT run_id FROM executor.step WHERE state = 'completed' GROUP BY run_id
           HAVING count(*) = $1 AND array_agg(seq ORDER BY seq) = '{1,2,3,4}') AS whole`,
        [STEPS],
      ),
    ).toEqual({ runs: JOBS });
    expect(await one("SELECT count(DISTINCT (run_id, step))::int AS executed FROM execution")).toEqual({
      executed: STEPS * JOBS,
    });
    // The memo never changed: every execution that came after a step saw the result that is stored.
    const { changed } = await one<{ changed: number }>(
      `SELECT count(*)::int AS changed FROM execution AS later JOIN executor.step AS first
       ON first.run_id = later.run_id AND first.name = 'first'
       WHERE later.step IN ('left', 'right') AND later.seen <> first.output #>> '{}'`,
    );
    expect(changed).toBe(0);
    // What is stored was really executed, by somebody who could store it.
    const { invented } = await one<{ invented: number }>(
      `SELECT count(*)::int AS invented FROM executor.step WHERE NOT EXISTS (
         SELECT FROM execution WHERE execution.run_id = step.run_id AND token::text = output #>> '{}')`,
    );
    expect(invented).toBe(0);

    // At least once: only what was under way when a process died may have happened again. That its effect is there once
    // all the same is the doing of the effect's key, as it is of a creation's marker, and no figure of the executor.
    const { repeats, most } = await one<{ repeats: number; most: number }>(
      `SELECT sum(times - 1)::int AS repeats, max(times)::int AS most FROM (
         SELECT count(*) AS times FROM execution GROUP BY run_id, step) AS executed`,
    );
    const kills = killed.length;
    expect(repeats).toBeLessThanOrEqual(kills * PLACES);
    // Nobody repeats what a process has done that lived: an execution after another one follows a death.
    const { needless } = await one<{ needless: number }>(
      `SELECT count(*)::int AS needless FROM (
         SELECT pid, lead(pid) OVER (PARTITION BY run_id, step ORDER BY at) AS next FROM execution) AS executed
       WHERE next IS NOT NULL AND NOT pid = ANY ($1)`,
      [killed],
    );
    expect(needless).toBe(0);
    expect(await one("SELECT count(*)::int AS effects FROM effect")).toEqual({ effects: STEPS * JOBS });
    const leastKills = isFull ? Math.floor(tookMs / 4_000) : 2;
    expect(kills).toBeGreaterThanOrEqual(leastKills);

    figure(`jobs done by ${WORKERS} processes under kills`, `${JOBS} in ${Math.round(tookMs / 1000)} s`, JOBS);
    figure("processes killed meanwhile", `${kills} (seed ${seed})`, `≥ ${leastKills}${isFull ? ", one in 4 s" : ""}`);
    figure("jobs lost or unfinished under kills", JOBS - ((await runs()).completed ?? 0), 0);
    figure("stored step results that changed, or that nobody executed", changed + invented, 0);
    figure("executions repeated after a kill (at least once)", repeats, `≤ ${kills * PLACES} (under way)`);
    figure("executions repeated although no process had died", needless, 0);
    figure("most executions of one step", most, "-");
  },
  LIMIT_MS + 60_000,
);
