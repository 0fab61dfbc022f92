import { pool } from "@/lib/db/client";
import type { Limits } from "./slots";

/** An event as functions get it. */
export type WireEvent = { id: string; name: string; data: unknown; ts: number };

export type StepFailure = { name: string; message: string; stack?: string };

/** A settled step as it is sent back to the function. */
export type Memo = { id: string; output: unknown; error: StepFailure | null; op: string };

/** A job that this process holds, with all that its call needs. */
export type Job = {
  id: string;
  fence: number;
  runId: string;
  functionId: string;
  kind: "call" | "wake" | "timeout" | "expire";
  stepId: string;
  attempt: number;
  lost: number;
  strays: number;
  isLive: boolean;
  parallel: boolean;
  /** It may be called while steps of it are open. */
  races: boolean;
  requestVersion: number;
  events: WireEvent[];
  /** In the order in which they settled. */
  memos: Memo[];
};

export type Lease = { worker: string; leaseMs: number };

/** How a job stands after a settlement: stored, stored and ours for the next call, or stored by nobody because stale. */
export type Standing = { stale: boolean; nextFence: number | null };

/** What is taken, and what is left: whether there was more, or else when the next one is due. */
export type Claim = { jobs: Job[]; isMore: boolean; nextMs: number | null };

type Work = {
  functionIds: string[];
  /** How many jobs at most. */
  wanted: number;
  limits?: Limits;
  /** The jobs that this process is working on. They stay with it, however long it stood still. */
  known?: string[];
};

/**
 * Takes due jobs within the limits of their slots; a lease that has ended counts as due. The database's own function
 * does it (see its migration) and commits before anything else is read.
 */
export async function claim(
  { functionIds, wanted, limits = {}, known = [] }: Work,
  { worker, leaseMs }: Lease,
): Promise<Claim> {
  const { rows } = await pool.query<{ ids: string[]; fences: number[]; isMore: boolean; nextMs: number | null }>({
    name: "executor-claim",
    text: `SELECT ids, fences, is_more AS "isMore", next_ms AS "nextMs" FROM executor.claim($1, $2, $3, $4, $5, $6)`,
    values: [functionIds, wanted, worker, leaseMs, known, JSON.stringify(limits)],
  });
  const { ids = [], fences = [], isMore = false, nextMs = null } = rows[0] ?? {};
  return { jobs: ids.length > 0 ? await load(ids, fences) : [], isMore, nextMs };
}

/** All that the calls of these jobs need, in the same order. Their runs begin. */
async function load(ids: string[], fences: number[]): Promise<Job[]> {
  const { rows } = await pool.query<Job>({
    name: "executor-load",
    text: `WITH quick AS MATERIALIZED (
      SELECT set_config('synchronous_commit', 'off', true)
    ), taken AS MATERIALIZED (
      SELECT job.*, place FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS t (id, fence, place)
      JOIN executor.job ON job.id = t.id AND job.fence = t.fence
    ), started AS (
      -- In the order in which whoever locks several runs does it.
      UPDATE executor.run SET state = 'running', started_at = now()
      FROM (SELECT id FROM executor.run WHERE id IN (SELECT run_id FROM taken WHERE kind = 'call') AND state = 'queued'
        ORDER BY id DESC FOR NO KEY UPDATE) AS first
      WHERE run.id = first.id
    )
    SELECT job.id, job.fence, job.run_id AS "runId", job.function_id AS "functionId", job.kind,
      job.step_id AS "stepId", job.attempt, job.lost, job.strays,
      run.state IN ('queued', 'running') AS "isLive", run.parallel, run.races, run.request_version AS "requestVersion",
      (SELECT json_agg(json_build_object('id', coalesce(event.key, event.id::text), 'name', event.name,
          'data', event.data, 'ts', (extract(epoch FROM event.ts) * 1000)::int8) ORDER BY asked.place)
        FROM unnest(run.event_ids) WITH ORDINALITY AS asked (id, place) JOIN executor.event USING (id)) AS events,
      coalesce((SELECT json_agg(json_build_object('id', step_id, 'output', output, 'error', error, 'op', op)
          ORDER BY seq) FROM executor.step WHERE step.run_id = run.id AND seq IS NOT NULL), '[]') AS memos
    FROM taken AS job JOIN executor.run ON run.id = job.run_id CROSS JOIN quick ORDER BY place`,
    values: [ids, fences],
  });
  return rows;
}

type Held = Pick<Job, "id" | "fence">;

/** Extends the leases and returns the ids of the jobs that are still ours. */
export async function extend(held: Held[], { leaseMs }: Lease): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE executor.job SET due_at = now() + $3 * interval '1 ms'
     FROM unnest($1::uuid[], $2::int[]) AS held (id, fence)
     WHERE job.id = held.id AND job.fence = held.fence AND job.worker IS NOT NULL RETURNING job.id`,
    [held.map(({ id }) => id), held.map(({ fence }) => fence), leaseMs],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Gives jobs back at once. Their fence rises, so that a call which is still under way stores nothing any more. */
export async function release(held: Held[]): Promise<void> {
  await pool.query(
    `UPDATE executor.job SET due_at = now(), worker = NULL, fence = job.fence + 1
     FROM unnest($1::uuid[], $2::int[]) AS held (id, fence)
     WHERE job.id = held.id AND job.fence = held.fence AND job.worker IS NOT NULL`,
    [held.map(({ id }) => id), held.map(({ fence }) => fence)],
  );
  // Whoever else runs takes them now rather than at its next look.
  await pool.query("SELECT pg_notify('executor', 'released')");
}
