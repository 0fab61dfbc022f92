import type { PoolClient } from "pg";
import { pool } from "@/lib/db/client";
import { log } from "@/lib/log";
import { endRuns } from "./finalize";
import { FORGET_ONCE } from "./flow/once";
import { FORGET_COUNTS } from "./flow/windows";

/** Rows in one statement: few enough that nobody who wants one of them waits long. */
const BATCH = 1000;
const EVENTS = 20_000;
/** One process at a time; the others have nothing to do then. */
const LOCK = 0x70_72_75_6e;

const FIRST_MS = 60_000;
const EACH_MS = 3_600_000;

type Pruned = { runs: number; events: number; abandoned: number };

type Pruning = { functionIds: readonly string[]; keepDays: number; isStopped?: () => boolean };

/**
 * Forgets what is over, in small batches beside the work: runs that ended more than `keepDays` ago, events that no run
 * and no window needs any more, and what has lost its meaning. Runs of functions that no release has described for a day
 * end as failed: nobody would ever call them. Null when another process is at it.
 */
export async function prune({ functionIds, keepDays, isStopped = () => false }: Pruning): Promise<Pruned | null> {
  // What this process runs is described as long as it runs, not only when it starts.
  await pool.query(
    `UPDATE executor.function SET synced_at = now() FROM (
       SELECT id FROM executor.function WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE) AS own
     WHERE function.id = own.id`,
    [functionIds],
  );
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [LOCK]);
    if (!rows[0]?.mine) {
      client.release();
      return null;
    }
    const repeat = async (batch: () => Promise<number>, size = BATCH) => {
      let total = 0;
      for (let count = size; count >= size && !isStopped(); total += count) count = await batch();
      return total;
    };
    const remove = (text: string, values: unknown[] = []) =>
      repeat(async () => (await client.query(text, values)).rowCount ?? 0);

    const abandoned = await repeat(() => abandon(client));
    await remove(DELETE.abandonedJobs);
    await remove(DELETE.abandonedWindows);
    const runs = await remove(DELETE.runs, [keepDays]);
    const events = await repeat(() => removeEvents(client, keepDays, isStopped), EVENTS);
    await remove(FORGET_ONCE, [BATCH]);
    await remove(FORGET_COUNTS, [BATCH]);
    await remove(DELETE.functions, [keepDays]);
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    client.release();
    return { runs, events, abandoned };
  } catch (error) {
    // Its lock goes with the connection.
    client.release(true);
    throw error;
  }
}

const IS_DESCRIBED = (table: string) =>
  `EXISTS (SELECT FROM executor.function WHERE function.id = ${table}.function_id AND synced_at > now() - interval '1 day')`;

const DELETE = {
  runs: `DELETE FROM executor.run WHERE id IN (
    SELECT id FROM executor.run WHERE ended_at < now() - $1 * interval '1 day' ORDER BY ended_at LIMIT ${BATCH}
    FOR UPDATE SKIP LOCKED)`,
  // What was under way when both its run and whoever held it came to an end, and nobody is there to take it.
  abandonedJobs: `DELETE FROM executor.job WHERE id IN (
    SELECT job.id FROM executor.job JOIN executor.run ON run.id = job.run_id
    WHERE job.worker IS NOT NULL AND job.due_at < now() - interval '1 hour' AND run.ended_at IS NOT NULL LIMIT ${BATCH}
    FOR UPDATE OF job SKIP LOCKED)`,
  abandonedWindows: `DELETE FROM executor.window WHERE (function_id, kind, key) IN (
    SELECT function_id, kind, key FROM executor.window WHERE NOT ${IS_DESCRIBED("executor.window")} LIMIT ${BATCH}
    FOR UPDATE SKIP LOCKED)`,
  functions: `DELETE FROM executor.function WHERE id IN (
    SELECT id FROM executor.function WHERE synced_at < now() - $1 * interval '1 day'
      AND NOT EXISTS (SELECT FROM executor.run WHERE run.function_id = function.id)
    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
};

/** Ends runs that no release knows. */
async function abandon(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ id: string; functionId: string }>(
    `SELECT id, function_id AS "functionId" FROM executor.run
     WHERE state IN ('queued', 'running') AND NOT ${IS_DESCRIBED("run")} LIMIT ${BATCH}`,
  );
  if (rows.length === 0) return 0;
  await client.query("BEGIN");
  const ends = rows.map(({ id, functionId }) => {
    const message = `No version of this application that ran within a day has the function "${functionId}".`;
    return [id, { state: "failed", error: { name: "FunctionGone", message } }] as const;
  });
  await endRuns(client, new Map(ends));
  await client.query("COMMIT");
  return rows.length;
}

/**
 * Removes events that nothing needs. An event without a run and a window gets none any more: what starts a run again
 * holds the run that it repeats.
 */
async function removeEvents(client: PoolClient, keepDays: number, isStopped: () => boolean): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `WITH needed AS MATERIALIZED (
       SELECT unnest(event_ids) AS id FROM executor.run UNION ALL SELECT unnest(event_ids) FROM executor.window
     )
     SELECT id FROM executor.event WHERE received_at < now() - $1 * interval '1 day'
       AND NOT EXISTS (SELECT FROM needed WHERE needed.id = event.id) LIMIT ${EVENTS}`,
    [keepDays],
  );
  const ids = rows.map(({ id }) => id);
  for (let from = 0; from < ids.length && !isStopped(); from += BATCH) {
    await client.query("DELETE FROM executor.event WHERE id = ANY ($1::uuid[])", [ids.slice(from, from + BATCH)]);
  }
  return ids.length;
}

/** Prunes an hour after the other for as long as the process runs. Returns what ends it, after the batch under way. */
export function pruneRegularly(pruning: Omit<Pruning, "isStopped">): () => Promise<void> {
  let isStopped = false;
  let current: Promise<void> = Promise.resolve();
  const go = async () => {
    try {
      const pruned = await prune({ ...pruning, isStopped: () => isStopped });
      if (pruned && pruned.runs + pruned.events + pruned.abandoned > 0) log.info(pruned, "old jobs are forgotten");
    } catch (error) {
      log.warn({ err: error }, "old jobs could not be forgotten; the next hour tries again");
    }
    if (!isStopped) plan(EACH_MS);
  };
  let timer: NodeJS.Timeout;
  const plan = (afterMs: number) => {
    timer = setTimeout(() => {
      current = go();
    }, afterMs).unref();
  };
  plan(FIRST_MS);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await current;
  };
}
