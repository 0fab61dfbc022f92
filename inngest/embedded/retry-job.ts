import { pool } from "@/lib/db/client";
import type { Job, Standing, StepFailure } from "./claim";
import { toJsonb } from "./jsonb";

type Failure = { error: StepFailure; step: { stepId: string; name: string; op: string } | null; tookMs: number };

/** Repeats the job later, as its next attempt; without a head start, or failures would stand before those in time. */
export async function retryJob(job: Job, { error, step, tookMs }: Failure, waitMs: number): Promise<Standing> {
  const { rows } = await pool.query<{ mine: boolean }>(
    `WITH mine AS (
      SELECT id, run_id FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE
    ), live AS (
      UPDATE executor.run SET state = 'running', started_at = coalesce(started_at, now()), error = $4, attempts = greatest(attempts, $5::int),
        request_version = CASE WHEN $6::text IS NULL THEN request_version ELSE 2 END
      FROM mine WHERE run.id = mine.run_id AND run.state IN ('queued', 'running') RETURNING run.id
    ), again AS (
      UPDATE executor.job SET attempt = attempt + 1, fence = fence + 1, worker = NULL, lost = 0, strays = 0,
        due_at = now() + $3::float8 * interval '1 ms', rank = now() + $3::float8 * interval '1 ms'
      FROM live WHERE job.id = $1 RETURNING job.id
    ), done AS (
      DELETE FROM executor.job USING mine WHERE job.id = mine.id AND NOT EXISTS (SELECT FROM again)
    ), kept AS (
      INSERT INTO executor.step (run_id, step_id, name, op, state, attempts, error, started_at)
      SELECT id, $6, $7, $8, 'retrying', $5, $4, now() - $9::float8 * interval '1 ms' FROM live WHERE $6::text IS NOT NULL
      ON CONFLICT (run_id, step_id) DO UPDATE SET state = 'retrying', attempts = excluded.attempts,
        error = excluded.error, started_at = coalesce(step.started_at, excluded.started_at)
      WHERE step.seq IS NULL
    )
    SELECT EXISTS (SELECT FROM mine) AS mine`,
    [
      job.id,
      job.fence,
      waitMs,
      toJsonb(error),
      job.attempt + 1,
      step?.stepId ?? null,
      step?.name ?? null,
      step?.op ?? null,
      tookMs,
    ],
  );
  return { stale: !rows[0]?.mine, nextFence: null };
}

/** Repeats the job later, as the same attempt: the function has not been reached. */
export async function repeatJob(job: Job, waitMs: number): Promise<Standing> {
  const { rowCount } = await pool.query(
    `UPDATE executor.job SET worker = NULL, fence = fence + 1, strays = strays + 1, due_at = now() + $3::float8 * interval '1 ms',
       rank = now() + $3::float8 * interval '1 ms'
     WHERE id = $1 AND fence = $2`,
    [job.id, job.fence, waitMs],
  );
  return { stale: rowCount === 0, nextFence: null };
}

/** Removes a job whose run has ended without it. */
export async function dropJob(job: Job): Promise<Standing> {
  const { rowCount } = await pool.query("DELETE FROM executor.job WHERE id = $1 AND fence = $2", [job.id, job.fence]);
  return { stale: rowCount === 0, nextFence: null };
}
