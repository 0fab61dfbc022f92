import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { advance } from "./advance";
import type { Planned, Settled } from "./answer";
import type { Job, Lease, Standing } from "./claim";
import { toJsonb } from "./jsonb";
import { knownFunctions, openSteps, withoutUnknown } from "./open-steps";
import { inTransaction, type Sql } from "./sql";

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
 * Stores settled steps and plans those that are new. When no step is open any more, the job becomes the next call of the
 * function, at once ours if `next` is given.
 */
export async function settleSteps(job: Job, steps: Steps, next: Lease | null): Promise<Standing> {
  const [step, ...others] = steps.settled;
  if (next && !steps.closesStep && step && others.length + steps.planned.length === 0) {
    const nextFence = await advance(job, step, steps.tookMs);
    if (nextFence !== null) return { stale: false, nextFence };
  }
  // A function whose steps race is called while others of them end, so that what is stored must be read under its lock.
  const isAlone = !job.races && !steps.planned.some(({ race, wait, invoke }) => race || wait || invoke);
  if (isAlone) return settle(pool, job, steps, next);
  return inTransaction(async (client) => {
    await client.query(LOCK, [job.id, job.fence]);
    const known = await knownFunctions(client, steps.planned);
    const sure = withoutUnknown(steps, known);
    // Whoever makes the next call must know of what has failed here, so that it is read anew.
    return settle(client, job, sure, sure.settled.length > steps.settled.length ? null : next);
  });
}

// Of two rows the job's is locked first: it is what the run's is found by.
const LOCK = `WITH mine AS (
  SELECT run_id FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE
) SELECT FROM executor.run WHERE id = (SELECT run_id FROM mine) FOR NO KEY UPDATE`;

async function settle(
  client: Sql,
  job: Job,
  { settled, planned, closesStep, tookMs }: Steps,
  next: Lease | null,
): Promise<Standing> {
  const { rows } = await client.query<{ mine: boolean; next_fence: number | null; opened: string[] }>({
    name: "executor-settle",
    text: `WITH mine AS (
      SELECT id, run_id, function_id, step_id FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE
    ), settled AS (
      SELECT * FROM ROWS FROM (jsonb_to_recordset($3) AS (step_id text, name text, op text, output jsonb, error jsonb))
        WITH ORDINALITY AS s (step_id, name, op, output, error, place)
    ), planned AS (
      SELECT p.*, p.op IN ('run', 'send_event') AS is_call FROM mine, jsonb_to_recordset($4)
        AS p (job_id uuid, step_id text, name text, op text, wait_ms float8, race boolean)
      -- A function that is called while steps are open tells of them again; each open step has its job.
      WHERE NOT EXISTS (SELECT FROM executor.job WHERE job.run_id = mine.run_id AND job.step_id = p.step_id)
        AND NOT EXISTS (SELECT FROM executor.step WHERE step.run_id = mine.run_id AND step.step_id = p.step_id
          AND step.seq IS NOT NULL)
    ), racing AS (
      SELECT EXISTS (SELECT FROM executor.step WHERE step.run_id = mine.run_id AND step.step_id = mine.step_id
          AND step.race) AS is_race,
        EXISTS (SELECT FROM executor.step WHERE step.run_id = mine.run_id AND step.step_id <> mine.step_id
          AND step.seq IS NULL AND step.op IN ('run', 'send_event')) AS has_calls
      FROM mine WHERE $10::boolean
    ), live AS (
      UPDATE executor.run SET
        -- A crash of the database may have forgotten that it began, and not whose job it is.
        state = 'running', started_at = coalesce(started_at, now()),
        open_steps = open_steps - $5::int + (SELECT count(*) FROM planned),
        last_seq = last_seq + (SELECT count(*) FROM settled),
        -- While a step may be under way, or as a real server does after a group that a sleep ended, the function plans
        -- what it finds instead of going on.
        parallel = CASE
          WHEN $5::int = 0 THEN $12::int > 1 OR coalesce((SELECT has_calls FROM racing), false)
          WHEN (SELECT is_race FROM racing) THEN (SELECT has_calls FROM racing)
          WHEN open_steps > 1 THEN parallel
          ELSE parallel AND EXISTS (SELECT FROM settled WHERE op = 'sleep') END,
        races = races OR EXISTS (SELECT FROM planned WHERE race),
        attempts = greatest(attempts, $6::int), request_version = 2
      FROM mine WHERE run.id = mine.run_id AND run.state IN ('queued', 'running')
      RETURNING run.id, run.open_steps, run.last_seq, run.races, run.slots, run.head_start_ms,
        $5::int = 0 AND run.last_seq - (SELECT count(*) FROM settled) > $11::int AS is_behind,
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
      INSERT INTO executor.step (run_id, step_id, name, op, race, state, wake_at, started_at)
      SELECT live.id, step_id, name, op, race,
        CASE WHEN is_call THEN 'planned' WHEN op = 'sleep' THEN 'sleeping' ELSE 'waiting' END,
        CASE WHEN NOT is_call THEN now() + wait_ms * interval '1 ms' END, CASE WHEN NOT is_call THEN now() END
      FROM live, planned
      ON CONFLICT (run_id, step_id) DO UPDATE SET state = excluded.state, wake_at = excluded.wake_at, race = excluded.race
      RETURNING step_id
    ), queued AS (
      INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank, slots, queue)
      SELECT job_id, live.id, mine.function_id,
        CASE WHEN is_call THEN 'call' WHEN op = 'sleep' THEN 'wake' ELSE 'timeout' END, planned.step_id,
        now() + wait_ms * interval '1 ms',
        now() + (CASE WHEN is_call THEN - head_start_ms ELSE wait_ms END) * interval '1 ms',
        CASE WHEN is_call THEN slots ELSE '{}' END, CASE WHEN is_call THEN queue END
      FROM live, mine, planned
    ), kept_by AS (
      SELECT $8::text AS worker, $9::float8 AS lease_ms FROM mine WHERE NOT EXISTS (
        SELECT FROM executor.function WHERE function.id = mine.function_id AND paused_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM live WHERE is_behind)
    ), again AS (
      UPDATE executor.job SET kind = 'call', step_id = 'step', attempt = 0, lost = 0, strays = 0, fence = fence + 1,
        worker = (SELECT worker FROM kept_by),
        due_at = now() + coalesce((SELECT lease_ms FROM kept_by), 0) * interval '1 ms',
        rank = now() - head_start_ms * interval '1 ms', slots = live.slots, queue = live.queue
      -- It is called once more when a step was settled after its call began.
      FROM live WHERE job.id = $1 AND (is_behind OR (live.open_steps = 0 AND ($5::int = 0 OR NOT live.races)))
      RETURNING job.fence, job.worker
    ), called AS (
      -- Where steps race, that call may be there already.
      INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank, slots, queue)
      SELECT $13::uuid, live.id, mine.function_id, 'call', 'step', now(), now() - head_start_ms * interval '1 ms', slots,
        queue
      FROM live, mine, racing WHERE $5::int = 1 AND live.races AND (live.open_steps = 0 OR racing.is_race)
      ON CONFLICT (run_id, step_id) DO NOTHING
    ), done AS (
      DELETE FROM executor.job USING mine WHERE job.id = mine.id AND NOT EXISTS (SELECT FROM again)
    )
    SELECT EXISTS (SELECT FROM mine) AS mine, (SELECT fence FROM again WHERE worker IS NOT NULL) AS next_fence,
      ARRAY(SELECT step_id FROM opened) AS opened`,
    values: [
      job.id,
      job.fence,
      toJsonb(settled.map(({ stepId, ...step }) => ({ step_id: stepId, ...step }))),
      toJsonb(
        planned.map(({ stepId, waitMs, name, op, race }) => ({
          job_id: newId(),
          step_id: stepId,
          wait_ms: waitMs,
          name,
          op,
          race,
        })),
      ),
      closesStep ? 1 : 0,
      job.attempt + 1,
      tookMs,
      next?.worker ?? null,
      next?.leaseMs ?? null,
      job.races,
      job.memos.length,
      planned.length + settled.length,
      newId(),
    ],
  });
  const row = rows[0];
  const opened = new Set(row?.opened);
  await openSteps(
    client,
    job,
    planned.filter(({ stepId }) => opened.has(stepId)),
  );
  return { stale: !row?.mine, nextFence: next ? (row?.next_fence ?? null) : null };
}
