import type { RunnableFunction } from "../config";
import { inTransaction } from "../sql";

// Being somewhat late is what happens under load.
const LATE = "interval '1 s'";
const LOCK = 815_004;

// Only what nobody is about to take: a run that has not begun, and whose job is not leased.
const WAITING = `executor.job JOIN executor.run ON run.id = job.run_id
  WHERE job.function_id = ANY ($1) AND job.kind = 'call' AND job.worker IS NULL AND run.state = 'queued'`;

/**
 * Throttled runs have the times of their starts from when they were sent. After a time in which nobody ran them those
 * that are late would all start at once, so that all of their function are put off by as much as the first is late.
 */
export async function respace(functions: readonly RunnableFunction[]): Promise<void> {
  const functionIds = functions.flatMap(({ id, config }) => (config.throttle ? id : []));
  if (functionIds.length === 0) return;
  await inTransaction(async (client) => {
    // One process at a time, or they would be put off twice.
    const { rows } = await client.query<{ isFree: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS "isFree"`);
    if (!rows[0]?.isFree) return;
    await client.query(
      `WITH late AS MATERIALIZED (
         SELECT job.function_id, now() - min(job.due_at) AS span FROM ${WAITING} AND job.due_at < now() - ${LATE}
         GROUP BY job.function_id
       ), waiting AS MATERIALIZED (
         SELECT job.id, span FROM late JOIN (SELECT job.id, job.function_id FROM ${WAITING}) AS job USING (function_id)
       ), locked AS MATERIALIZED (
         SELECT job.id, span FROM executor.job JOIN waiting USING (id) ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
       ), moved AS (
         UPDATE executor.job SET due_at = due_at + span, rank = rank + span FROM locked WHERE job.id = locked.id
       ), spaced AS MATERIALIZED (
         -- In the order of those who take events.
         SELECT w.function_id, w.key, span FROM executor.window AS w JOIN late USING (function_id)
         WHERE w.kind = 'throttle' ORDER BY w.function_id, w.key FOR UPDATE OF w
       )
       UPDATE executor.window AS w SET due_at = w.due_at + span FROM spaced
       WHERE w.function_id = spaced.function_id AND w.kind = 'throttle' AND w.key = spaced.key`,
      [functionIds],
    );
  });
}
