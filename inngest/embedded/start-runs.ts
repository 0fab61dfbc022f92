import type { PoolClient } from "pg";
import { isId, newId } from "@/lib/db/ids";
import type { RunnableFunction } from "./config";
import { toJsonb } from "./jsonb";

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
  client: Pick<PoolClient, "query">,
  starts: readonly Start[],
  _functions: readonly RunnableFunction[],
): Promise<{ runId: string }[]> {
  if (starts.length === 0) return [];
  const runs = starts.map(({ functionId, events, dueAt, singletonKey, parent, rerunOf }) => ({
    run_id: newId(),
    job_id: newId(),
    function_id: functionId,
    event_ids: events.map(({ id }) => id),
    event_name: events[0]?.name ?? "",
    workspace_id: workspaceOf(events[0]?.data),
    due_at: dueAt ?? null,
    singleton_key: singletonKey ?? null,
    parent_run_id: parent?.runId ?? null,
    parent_step_id: parent?.stepId ?? null,
    rerun_of: rerunOf ?? null,
  }));
  await client.query(
    `WITH asked AS (
       SELECT * FROM jsonb_to_recordset($1) AS a (run_id uuid, job_id uuid, function_id text, event_ids uuid[],
         event_name text, workspace_id uuid, due_at timestamptz, singleton_key text, parent_run_id uuid,
         parent_step_id text, rerun_of uuid)
     ), started AS (
       INSERT INTO executor.run (id, function_id, event_ids, event_name, workspace_id, singleton_key, parent_run_id,
         parent_step_id, rerun_of)
       SELECT run_id, function_id, event_ids, event_name, workspace_id, singleton_key, parent_run_id, parent_step_id,
         rerun_of FROM asked
     )
     INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank)
     SELECT job_id, run_id, function_id, 'call', 'step', coalesce(due_at, now()), coalesce(due_at, now()) FROM asked`,
    [toJsonb(runs)],
  );
  return runs.map(({ run_id }) => ({ runId: run_id }));
}

function workspaceOf(data: unknown): string | null {
  const id = typeof data === "object" && data !== null && "workspaceId" in data ? data.workspaceId : null;
  return typeof id === "string" && isId(id) ? id : null;
}
