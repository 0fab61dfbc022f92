import { newId } from "@/lib/db/ids";
import type { StepFailure } from "./claim";
import { toJsonb } from "./jsonb";
import type { Sql } from "./sql";

/** What a step that waits comes to, from outside of its run. */
export type Outcome = { runId: string; stepId: string; output: unknown; error: StepFailure | null };

/*
 * How settlements keep out of each other's way:
 * - A call's settlement locks its job, then its run. What comes from outside (an event, the end of an invoked run, a
 *   cancellation) locks runs alone. Several are locked by one statement, in the descending order of their ids.
 * - Whoever holds a run waits for no job: other jobs of the run are taken with SKIP LOCKED, and one that is skipped
 *   finds its step settled or its run ended, and goes.
 * So nobody waits in a circle: for jobs only by those that hold no run, for runs always towards lower ids.
 */

/** Locks runs, and those that invoked them, for what follows in the caller's transaction. */
export async function lockRuns(client: Sql, runIds: readonly string[]): Promise<void> {
  await client.query(
    `SELECT FROM executor.run WHERE id = ANY ($1::uuid[])
       OR id IN (SELECT parent_run_id FROM executor.run WHERE id = ANY ($1::uuid[]))
     ORDER BY id DESC FOR NO KEY UPDATE`,
    [runIds],
  );
}

/**
 * Settles steps that wait, in the caller's transaction, and has their functions called when they are due for it. A step
 * that is settled already stays as it is, and a run that has ended takes nothing.
 */
export async function settleOpen(client: Sql, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  // A statement of its own: only what begins after the locks are held sees what those before them stored.
  const { rows: runs } = await client.query<{ id: string }>(
    `SELECT id FROM executor.run WHERE id = ANY ($1::uuid[]) AND state = 'running' ORDER BY id DESC FOR NO KEY UPDATE`,
    [outcomes.map(({ runId }) => runId)],
  );
  const isLive = new Set(runs.map(({ id }) => id));
  const asked = outcomes
    .filter(({ runId }) => isLive.has(runId))
    .map(({ runId, stepId, output, error }) => ({ job_id: newId(), run_id: runId, step_id: stepId, output, error }));
  if (asked.length === 0) return;
  await client.query(
    `WITH asked AS (
       SELECT * FROM ROWS FROM (jsonb_to_recordset($1) AS (job_id uuid, run_id uuid, step_id text, output jsonb,
         error jsonb)) WITH ORDINALITY AS a (job_id, run_id, step_id, output, error, place)
     ), open AS (
       SELECT * FROM (
         SELECT DISTINCT ON (run_id, step_id) asked.*, step.race FROM asked JOIN executor.step USING (run_id, step_id)
         WHERE step.seq IS NULL ORDER BY run_id, step_id, place
       ) AS first
     ), numbered AS (
       SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY place) AS nth FROM open
     ), settled AS (
       UPDATE executor.step SET state = CASE WHEN numbered.error IS NULL THEN 'completed' ELSE 'failed' END,
         seq = run.last_seq + nth, output = numbered.output, error = numbered.error, ended_at = now()
       FROM numbered JOIN executor.run ON run.id = numbered.run_id
       WHERE step.run_id = numbered.run_id AND step.step_id = numbered.step_id
     ), live AS (
       UPDATE executor.run SET open_steps = open_steps - done.count, last_seq = last_seq + done.count,
         -- A step that is under way must not be run again by a call that looks for others.
         parallel = CASE WHEN done.race THEN EXISTS (SELECT FROM executor.step WHERE step.run_id = run.id
           AND seq IS NULL AND op IN ('run', 'send_event')) ELSE parallel END
       FROM (SELECT run_id, count(*)::int, bool_or(race) AS race, (array_agg(job_id))[1] AS job_id FROM numbered
         GROUP BY run_id) AS done
       WHERE run.id = done.run_id
       RETURNING run.id, run.function_id, run.open_steps, run.slots, run.head_start_ms, done.race, done.job_id
     ), unpaused AS (
       DELETE FROM executor.pause USING numbered
       WHERE pause.run_id = numbered.run_id AND pause.step_id = numbered.step_id
     ), unasked AS (
       DELETE FROM executor.job WHERE id IN (
         SELECT job.id FROM executor.job JOIN numbered USING (run_id, step_id) FOR UPDATE OF job SKIP LOCKED)
     ), called AS (
       INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank, slots, queue)
       SELECT job_id, id, function_id, 'call', 'step', now(), now() - head_start_ms * interval '1 ms', slots,
         nullif(array_to_string(slots, E'\\n'), '') FROM live WHERE open_steps = 0 OR race
       -- The one that is there looks once more when it sees that a step was settled after its call began.
       ON CONFLICT (run_id, step_id) DO NOTHING
       RETURNING id
     )
     SELECT pg_notify('executor', 'due')::text FROM called LIMIT 1`,
    [toJsonb(asked)],
  );
}
