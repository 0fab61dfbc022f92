import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { Planned, Settled } from "./answer";
import type { Job, Lease, Standing } from "./claim";
import { toJsonb } from "./jsonb";

/*
 * Each settlement is one statement, so what a call came to and what follows from it are stored together or not at
 * all. Each one begins by taking the job's row under its fence: whoever lost the lease finds no row and stores nothing.
 * The order of locks is always job, then run.
 */

type Steps = {
  settled: Settled[];
  planned: Planned[];
  /** The job belonged to a step that was open. */
  closesStep: boolean;
  tookMs: number;
};

/**
 * Stores settled steps and plans others. When no step is open any more, the job becomes the next call of the function,
 * at once ours if `next` is given.
 */
export async function settleSteps(
  job: Job,
  { settled, planned, closesStep, tookMs }: Steps,
  next: Lease | null,
): Promise<Standing> {
  const { rows } = await pool.query<{ mine: boolean; next_fence: number | null }>({
    name: "executor-settle",
    // As a real server does: after a group that a sleep has ended the function still plans instead of going on.
    text: `WITH mine AS (
      SELECT id, run_id, function_id FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE
    ), settled AS (
      SELECT * FROM ROWS FROM (jsonb_to_recordset($3) AS (step_id text, name text, op text, output jsonb, error jsonb))
        WITH ORDINALITY AS s (step_id, name, op, output, error, place)
    ), planned AS (
      SELECT * FROM jsonb_to_recordset($4) AS p (job_id uuid, step_id text, name text, op text, wait_ms float8)
    ), live AS (
      UPDATE executor.run SET
        open_steps = open_steps - $5::int + (SELECT count(*) FROM planned),
        last_seq = last_seq + (SELECT count(*) FROM settled),
        parallel = open_steps - $5::int + (SELECT count(*) FROM planned) > 1
          OR (parallel AND (open_steps > $5::int OR EXISTS (SELECT FROM settled WHERE op = 'sleep'))),
        attempts = greatest(attempts, $6::int), request_version = 2
      FROM mine WHERE run.id = mine.run_id AND run.state = 'running'
      RETURNING run.id, run.open_steps, run.last_seq, run.slots, run.head_start_ms,
        nullif(array_to_string(run.slots, E'\\n'), '') AS queue
    ), kept AS (
      INSERT INTO executor.step (run_id, step_id, name, op, state, attempts, seq, output, error, started_at, ended_at)
      SELECT live.id, step_id, name, op, CASE WHEN error IS NULL THEN 'completed' ELSE 'failed' END, $6::int,
        live.last_seq - (SELECT count(*) FROM settled) + place, output, error,
        now() - $7::float8 * interval '1 ms', now()
      FROM live, settled
      ON CONFLICT (run_id, step_id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
        seq = excluded.seq, output = excluded.output, error = excluded.error, ended_at = excluded.ended_at,
        started_at = coalesce(step.started_at, excluded.started_at)
      WHERE step.seq IS NULL
    ), opened AS (
      INSERT INTO executor.step (run_id, step_id, name, op, state, wake_at, started_at)
      SELECT live.id, step_id, name, op, CASE op WHEN 'sleep' THEN 'sleeping' ELSE 'planned' END,
        CASE op WHEN 'sleep' THEN now() + wait_ms * interval '1 ms' END, CASE op WHEN 'sleep' THEN now() END
      FROM live, planned
      ON CONFLICT (run_id, step_id) DO UPDATE SET state = excluded.state, wake_at = excluded.wake_at
    ), queued AS (
      INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank, slots, queue)
      SELECT job_id, live.id, mine.function_id, CASE op WHEN 'sleep' THEN 'wake' ELSE 'call' END, step_id,
        now() + wait_ms * interval '1 ms',
        now() + (CASE op WHEN 'sleep' THEN wait_ms ELSE - head_start_ms END) * interval '1 ms',
        CASE op WHEN 'sleep' THEN '{}' ELSE slots END, CASE op WHEN 'sleep' THEN NULL ELSE queue END
      FROM live, mine, planned
    ), kept_by AS (
      SELECT $8::text AS worker, $9::float8 AS lease_ms FROM mine WHERE NOT EXISTS (
        SELECT FROM executor.function WHERE function.id = mine.function_id AND paused_at IS NOT NULL)
    ), again AS (
      UPDATE executor.job SET kind = 'call', step_id = 'step', attempt = 0, lost = 0, strays = 0, fence = fence + 1,
        worker = (SELECT worker FROM kept_by),
        due_at = now() + coalesce((SELECT lease_ms FROM kept_by), 0) * interval '1 ms',
        rank = now() - head_start_ms * interval '1 ms', slots = live.slots, queue = live.queue, created_at = now()
      FROM live WHERE job.id = $1 AND live.open_steps = 0
      RETURNING job.fence, job.worker
    ), done AS (
      DELETE FROM executor.job USING mine
      WHERE job.id = mine.id AND NOT EXISTS (SELECT FROM live WHERE open_steps = 0)
    )
    SELECT EXISTS (SELECT FROM mine) AS mine, (SELECT fence FROM again WHERE worker IS NOT NULL) AS next_fence`,
    values: [
      job.id,
      job.fence,
      toJsonb(settled.map(({ stepId, ...step }) => ({ step_id: stepId, ...step }))),
      toJsonb(
        planned.map(({ stepId, waitMs, ...step }) => ({ ...step, job_id: newId(), step_id: stepId, wait_ms: waitMs })),
      ),
      closesStep ? 1 : 0,
      job.attempt + 1,
      tookMs,
      next?.worker ?? null,
      next?.leaseMs ?? null,
    ],
  });
  const row = rows[0];
  return { stale: !row?.mine, nextFence: next ? (row?.next_fence ?? null) : null };
}
