import { z } from "zod";
import { isId, newId } from "@/lib/db/ids";
import { type RunnableFunction, runnable } from "./config";
import { toJsonb } from "./jsonb";
import { headStartMs, queueOf, slotsOf } from "./slots";
import type { Sql } from "./sql";
import { addWaysToEnd } from "./ways-to-end";

/** An event that is stored in executor.event. */
export type StoredEvent = { id: string; name: string; data: unknown };

/** A run to be started. */
export type Start = {
  functionId: string;
  /** At least one; several when the function takes them in batches. */
  events: readonly StoredEvent[];
  /** When its first call may be made; now by default. */
  dueAt?: Date;
  singletonKey?: string;
  /** The step that invokes it and waits for what it returns. */
  parent?: { runId: string; stepId: string };
  rerunOf?: string;
};

/**
 * Starts runs in the caller's transaction: each with its first job. `functions` are those that this process knows; a
 * run of another release's function waits until that one claims it.
 */
export async function startRuns(
  client: Sql,
  starts: readonly Start[],
  functions: readonly RunnableFunction[],
): Promise<{ runId: string }[]> {
  if (starts.length === 0) return [];
  const known = new Map([...functions, ...(await otherReleases(client, starts, functions))].map((fn) => [fn.id, fn]));
  const runs = starts.map(({ functionId, events, dueAt, singletonKey, parent, rerunOf }) => {
    const fn = known.get(functionId);
    const slots = fn ? slotsOf(fn, events[0]) : [];
    return {
      run_id: newId(),
      job_id: newId(),
      function_id: functionId,
      event_ids: events.map(({ id }) => id),
      event_name: events[0]?.name ?? "",
      workspace_id: workspaceOf(events[0]),
      due_at: dueAt ?? null,
      slots,
      queue: queueOf(slots),
      head_start_ms: fn ? headStartMs(fn, events[0]) : 0,
      singleton_key: singletonKey ?? null,
      parent_run_id: parent?.runId ?? null,
      parent_step_id: parent?.stepId ?? null,
      rerun_of: rerunOf ?? null,
    };
  });
  await client.query(
    `WITH asked AS (
       SELECT * FROM jsonb_to_recordset($1) AS a (run_id uuid, job_id uuid, function_id text, event_ids uuid[],
         event_name text, workspace_id uuid, due_at timestamptz, slots text[], queue text, head_start_ms int,
         singleton_key text, parent_run_id uuid, parent_step_id text, rerun_of uuid)
     ), started AS (
       INSERT INTO executor.run (id, function_id, event_ids, event_name, workspace_id, slots, head_start_ms,
         singleton_key, parent_run_id, parent_step_id, rerun_of)
       SELECT run_id, function_id, event_ids, event_name,
         coalesce(workspace_id, (SELECT run.workspace_id FROM executor.run WHERE run.id = coalesce(asked.parent_run_id, asked.rerun_of))),
         slots, head_start_ms, singleton_key, parent_run_id, parent_step_id, rerun_of FROM asked
     )
     INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank, slots, queue)
     SELECT job_id, run_id, function_id, 'call', 'step', coalesce(due_at, now()),
       CASE WHEN due_at > now() THEN due_at ELSE now() - head_start_ms * interval '1 ms' END, slots, queue FROM asked`,
    [toJsonb(runs)],
  );
  await addWaysToEnd(
    client,
    runs.flatMap(({ run_id, function_id }) => {
      const fn = known.get(function_id);
      return fn ? { runId: run_id, fn } : [];
    }),
  );
  return runs.map(({ run_id }) => ({ runId: run_id }));
}

/** The functions that are started and not known here, as another release has described them. */
async function otherReleases(
  client: Sql,
  starts: readonly Start[],
  functions: readonly RunnableFunction[],
): Promise<RunnableFunction[]> {
  const here = new Set(functions.map(({ id }) => id));
  const ids = [...new Set(starts.map(({ functionId }) => functionId))].filter((id) => !here.has(id));
  if (ids.length === 0) return [];
  const { rows } = await client.query<{ config: unknown }>("SELECT config FROM executor.function WHERE id = ANY ($1)", [
    ids,
  ]);
  return rows.flatMap(({ config }) => {
    try {
      return runnable(config);
    } catch {
      // An option that only the other release knows: its limits cannot be known here.
      return [];
    }
  });
}

/** Whose run it is. What tells of the end of a run carries the event that had triggered it. */
function workspaceOf(event: { name: string; data: unknown } | undefined): string | null {
  const { success, data } = carriedSchema.safeParse(event?.data);
  if (!success) return null;
  if (event?.name.startsWith("inngest/function.") && data.event) return workspaceOf(data.event);
  return isId(data.workspaceId) ? data.workspaceId : null;
}

const carriedSchema = z.object({
  workspaceId: z.unknown().optional(),
  event: z.object({ name: z.string(), data: z.unknown() }).optional().catch(undefined),
});
