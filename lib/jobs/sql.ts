import type { StoredError } from "./told";

/** A run's columns as a list and a page of one show them. No event's data, no step's output ever leaves the database. */
export type RunRow = {
  id: string;
  functionId: string;
  state: string;
  attempts: number;
  dueAt: Date | null;
  pausedAt: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  error: StoredError | null;
};

/**
 * How a run stands. What nobody holds and has failed before is between two attempts; what nobody holds or is about to
 * call, and has a step that sleeps or waits, is waiting.
 */
export const STATE = `CASE
  WHEN run.state <> 'running' OR EXISTS (SELECT FROM executor.job WHERE run_id = run.id AND worker IS NOT NULL)
    THEN run.state
  WHEN EXISTS (SELECT FROM executor.job WHERE run_id = run.id AND kind = 'call' AND attempt > 0) THEN 'retrying'
  WHEN EXISTS (SELECT FROM executor.step WHERE run_id = run.id AND state IN ('sleeping', 'waiting'))
    AND NOT EXISTS (SELECT FROM executor.job WHERE run_id = run.id AND kind = 'call') THEN 'waiting'
  ELSE run.state END`;

/** What stands for a RunRow; `run` is the table, `fn` the function that it joins. */
export const RUN_COLUMNS = `run.id, run.function_id AS "functionId", ${STATE} AS state, run.attempts,
  run.created_at AS "createdAt", run.started_at AS "startedAt", run.ended_at AS "endedAt",
  jsonb_build_object('name', run.error->'name', 'message', run.error->'message') AS error,
  CASE WHEN run.state IN ('queued', 'running') THEN fn.paused_at END AS "pausedAt",
  (SELECT min(due_at) FROM executor.job WHERE run_id = run.id AND kind <> 'expire' AND worker IS NULL
    AND run.state IN ('queued', 'running') AND fn.paused_at IS NULL AND due_at > now()) AS "dueAt"`;

// What tells how a run ended carries the event that the run was for.
const DATA = `CASE WHEN event.name LIKE 'inngest/function.%' THEN event.data #> '{event,data}' ELSE event.data END`;

/** The ids in a JSON object, by key: `creationId` and the like. Nothing else of it is read. */
const idsIn = (data: string) => `(SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(
    CASE jsonb_typeof(${data}) WHEN 'object' THEN ${data} ELSE '{}' END)
  WHERE key ~ '^[A-Za-z]{1,40}Id$' AND key <> 'workspaceId'
    AND value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')`;

/** The ids in an event's data. */
export const IDS = idsIn(DATA);

const SENT = `(step.output #>> '{ids,0}')`;

/** The ids that a step itself tells of: its result, the event that it got or sent, the job that it started. */
export const STEP_IDS = `CASE step.op
  WHEN 'run' THEN ${idsIn("step.output")}
  WHEN 'wait' THEN ${idsIn("(step.output -> 'data')")}
  WHEN 'send_event' THEN (SELECT ${IDS} FROM executor.event
    WHERE event.id = CASE WHEN ${SENT} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${SENT}::uuid END)
  WHEN 'invoke' THEN (SELECT jsonb_build_object('jobId', child.id) FROM executor.run AS child
    WHERE child.parent_run_id = step.run_id AND child.parent_step_id = step.step_id LIMIT 1) END`;
