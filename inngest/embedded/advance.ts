import { pool } from "@/lib/db/client";
import type { Settled } from "./answer";
import { batched } from "./batch";
import type { Job } from "./claim";
import { toJsonb } from "./jsonb";
import { isPassing } from "./persist";

type Advance = { job: Job; step: Settled; tookMs: number };

// A settlement of many jobs must wait for none of them: what somebody else holds goes its own way afterwards. The job
// keeps its lease and its place, so that no index is touched.
const ADVANCE = `WITH asked AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1) AS a (job_id uuid, fence int, run_id uuid, step_id text, name text, op text,
      output jsonb, error jsonb, attempts int, took_ms float8)
  ), mine AS MATERIALIZED (
    SELECT asked.* FROM asked JOIN executor.job ON job.id = asked.job_id AND job.fence = asked.fence
    FOR UPDATE OF job SKIP LOCKED
  ), live AS MATERIALIZED (
    SELECT run.id FROM mine JOIN executor.run ON run.id = mine.run_id
    WHERE run.state = 'running' AND run.open_steps = 0 AND NOT run.races AND NOT EXISTS (
      SELECT FROM executor.function WHERE function.id = run.function_id AND paused_at IS NOT NULL)
    FOR NO KEY UPDATE OF run SKIP LOCKED
  ), moved AS (
    UPDATE executor.run SET last_seq = last_seq + 1, parallel = false, request_version = 2,
      attempts = greatest(run.attempts, mine.attempts)
    FROM live JOIN mine ON mine.run_id = live.id WHERE run.id = live.id
    RETURNING run.last_seq, mine.*
  ), kept AS (
    INSERT INTO executor.step (run_id, step_id, name, op, state, attempts, seq, output, error, started_at, ended_at)
    SELECT run_id, step_id, name, op, CASE WHEN error IS NULL THEN 'completed' ELSE 'failed' END, attempts, last_seq,
      output, error, now() - took_ms * interval '1 ms', now()
    FROM moved
    ON CONFLICT (run_id, step_id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
      seq = excluded.seq, output = excluded.output, error = excluded.error, ended_at = excluded.ended_at,
      started_at = coalesce(step.started_at, excluded.started_at)
    WHERE step.seq IS NULL
  ), again AS (
    UPDATE executor.job SET fence = job.fence + 1, attempt = 0, lost = 0, strays = 0
    FROM moved WHERE job.id = moved.job_id RETURNING job.id, job.fence
  )
  SELECT id, fence FROM again`;

const together = batched(async (asked: readonly Advance[]) => {
  const { rows } = await pool.query<{ id: string; fence: number }>({
    name: "executor-advance",
    text: ADVANCE,
    values: [
      toJsonb(
        asked.map(({ job, step: { stepId, name, op, output, error }, tookMs }) => ({
          job_id: job.id,
          fence: job.fence,
          run_id: job.runId,
          step_id: stepId,
          name,
          op,
          output,
          error,
          attempts: job.attempt + 1,
          took_ms: tookMs,
        })),
      ),
    ],
  });
  const fences = new Map(rows.map(({ id, fence }) => [id, fence]));
  return asked.map(({ job }) => fences.get(job.id) ?? null);
});

/**
 * Stores the step of a call beside which nothing of its run is under way, together with those of other runs, and keeps
 * the job for the next call: returns its fence. Null when it cannot be done in this way; then nothing is stored.
 */
export async function advance(job: Job, step: Settled, tookMs: number): Promise<number | null> {
  try {
    return await together({ job, step, tookMs });
  } catch (error) {
    if (isPassing(error)) throw error;
    // One of the others may be what the database refused.
    return null;
  }
}
