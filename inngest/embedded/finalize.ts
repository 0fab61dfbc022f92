import { newId } from "@/lib/db/ids";
import { channel } from "@/lib/events/announce";
import type { StepFailure } from "./claim";
import { toJsonb } from "./jsonb";
import { patternsOf } from "./patterns";
import { lockRuns, type Outcome, settleOpen } from "./settle-open";
import type { Sql } from "./sql";

/** How a run ends. */
export type End =
  | { state: "completed"; output: unknown }
  | { state: "failed"; error: StepFailure }
  | { state: "cancelled"; error: StepFailure };

/** A run that was ended, with the step that waits for it. */
export type Ended = { runId: string; functionId: string; parentRunId: string | null; parentStepId: string | null };

/** What `endStatement` needs as $1: what is told, and the triggers and pauses that it fits. */
export const tellable = JSON.stringify(
  ["inngest/function.finished", "inngest/function.failed", "inngest/function.cancelled"].map((name) => ({
    name,
    patterns: patternsOf(name),
  })),
);

/** The values of an end, and the ids of the events that may tell of it. */
export const toEnding = (runId: string | null, end: End, attempts = 0) => ({
  run_id: runId,
  state: end.state,
  output: end.state === "completed" ? end.output : null,
  error: end.state === "completed" ? null : end.error,
  attempts,
  event_id: newId(),
  finished_id: newId(),
});

export const ENDING = `run_id uuid, state text, output jsonb, error jsonb, attempts int, event_id uuid, finished_id uuid`;

/**
 * The statement that ends the runs which `ending` gives (ENDING): what waits for their time or for an event goes, and
 * whoever listens is told, with what Inngest's own server tells. A call that is under way keeps its place until it is
 * over; it stores nothing any more. A run that has found steps which are open does not complete yet.
 * `before` are the parts that `ending` builds on and `after` those that build on `ended`.
 */
export const endStatement = ({ before, after = "" }: { before: string; after?: string }) => `WITH ${before}, ended AS (
  UPDATE executor.run SET state = ending.state, ended_at = now(), attempts = greatest(run.attempts, ending.attempts),
    output = CASE ending.state WHEN 'completed' THEN ending.output END,
    error = CASE ending.state WHEN 'completed' THEN NULL ELSE ending.error END
  FROM ending WHERE run.id = ending.run_id AND run.state IN ('queued', 'running')
    AND (ending.state <> 'completed' OR run.open_steps = 0)
  RETURNING run.id, run.function_id, run.event_ids, run.event_name, run.state, run.output, run.error,
    run.parent_run_id, run.parent_step_id, ending.event_id, ending.finished_id
), unpaused AS (
  DELETE FROM executor.pause USING ended WHERE pause.run_id = ended.id
), unasked AS (
  DELETE FROM executor.job WHERE id IN (
    SELECT job.id FROM executor.job JOIN ended ON job.run_id = ended.id WHERE job.worker IS NULL
    FOR UPDATE OF job SKIP LOCKED)
), listeners AS (
  SELECT name FROM jsonb_to_recordset($1) AS known (name text, patterns jsonb)
  WHERE EXISTS (SELECT FROM executor.function, jsonb_array_elements(config -> 'triggers') AS trigger
      WHERE synced_at > now() - interval '1 day' AND known.patterns ? (trigger ->> 'event'))
    OR EXISTS (SELECT FROM executor.pause
      WHERE pause.event = ANY (ARRAY(SELECT jsonb_array_elements_text(known.patterns))))
), told AS (
  INSERT INTO "Outbox" (id, name, data, "eventId", ts)
  SELECT news.id, news.name,
    jsonb_build_object('_inngest', jsonb_build_object('status', initcap(ended.state)), 'function_id', function_id,
      'run_id', ended.id, 'event', (events -> 0) || '{"user": {}}', 'events', events)
    || CASE ended.state WHEN 'completed' THEN jsonb_build_object('result', output)
       WHEN 'failed' THEN jsonb_build_object('error', error || '{"error": "NonRetriableError"}',
         'result', error || '{"__serialized": true}')
       ELSE '{}' END
    || CASE WHEN parent_run_id IS NULL THEN '{}'
       ELSE jsonb_build_object('correlation_id', parent_run_id || '.' || parent_step_id) END,
    news.key, now()
  FROM ended
  CROSS JOIN LATERAL (VALUES (ended.event_id, 'inngest/function.' || ended.state, ended.id::text),
    (ended.finished_id, 'inngest/function.finished', NULL)) AS news (id, name, key)
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', coalesce(event.key, event.id::text), 'name', event.name,
      'data', event.data, 'ts', (extract(epoch FROM event.ts) * 1000)::int8) ORDER BY asked.place), '[{}]') AS events
    FROM unnest(ended.event_ids) WITH ORDINALITY AS asked (id, place) JOIN executor.event USING (id)
  ) AS triggers
  -- Whoever is called for such an event does not cause others, or it would never end. Cancellations are told of even
  -- so, as a real server does: nothing cancels by itself for ever.
  WHERE ended.event_name NOT IN ('inngest/function.finished', 'inngest/function.failed')
    AND news.name <> ended.event_name AND news.name IN (SELECT name FROM listeners)
)${after}`;

const END_RUNS = `${endStatement({ before: `ending AS (SELECT * FROM jsonb_to_recordset($2) AS e (${ENDING}))` })}
SELECT id AS "runId", function_id AS "functionId", parent_run_id AS "parentRunId", parent_step_id AS "parentStepId"
FROM ended`;

// Once for each workspace: a page reads its list again, whichever run it was.
const TELL_PAGES = `SELECT pg_notify($2::text, json_build_object('topic', 'job', 'workspaceId', workspace_id,
    'projectId', NULL, 'id', id)::text)::text
  FROM (SELECT DISTINCT ON (workspace_id) workspace_id, id FROM executor.run
    WHERE id = ANY ($1::uuid[]) AND workspace_id IS NOT NULL) AS changed`;

/** Ends unfinished runs in the caller's transaction, from outside of their calls. Returns those that it ended. */
export async function endRuns(client: Sql, ends: ReadonlyMap<string, End>): Promise<Ended[]> {
  if (ends.size === 0) return [];
  await lockRuns(client, [...ends.keys()]);
  const { rows } = await client.query<Ended>(END_RUNS, [
    tellable,
    toJsonb([...ends].map(([runId, end]) => toEnding(runId, end))),
  ]);
  await client.query(TELL_PAGES, [rows.map(({ runId }) => runId), channel]);
  await settleOpen(
    client,
    rows.flatMap((ended) => toParent(ended, ends.get(ended.runId)) ?? []),
  );
  return rows;
}

/** Cancels unfinished runs in the caller's transaction; `reason` is a sentence for people. Returns the ids of those. */
export async function cancelRuns(client: Sql, runIds: readonly string[], reason: string): Promise<string[]> {
  const ended = await endRuns(client, new Map(runIds.map((runId) => [runId, cancellation(reason)])));
  return ended.map(({ runId }) => runId);
}

/** An end that is a cancellation. */
export const cancellation = (reason: string): End => ({
  state: "cancelled",
  error: { name: "Cancelled", message: reason },
});

/** What the end of a run is to the step that invoked it; null when none did. */
export function toParent({ functionId, parentRunId, parentStepId }: Ended, end: End | undefined): Outcome | null {
  if (!end || parentRunId === null || parentStepId === null) return null;
  const step = { runId: parentRunId, stepId: parentStepId };
  if (end.state === "completed") return { ...step, output: end.output, error: null };
  if (end.state === "failed") return { ...step, output: null, error: end.error };
  const message = `The function "${functionId}" was cancelled: ${end.error.message}`;
  return { ...step, output: null, error: { name: "InvokedFunctionCancelled", message } };
}
