import { pool } from "@/lib/db/client";

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
  kind: "call" | "wake";
  stepId: string;
  attempt: number;
  lost: number;
  strays: number;
  ageMs: number;
  isLive: boolean;
  parallel: boolean;
  requestVersion: number;
  events: WireEvent[];
  /** In the order in which they settled. */
  memos: Memo[];
};

export type Lease = { worker: string; leaseMs: number };

/** How a job stands after a settlement: stored, stored and ours for the next call, or stored by nobody because stale. */
export type Standing = { stale: boolean; nextFence: number | null };

// Times are kept in milliseconds, rounded: without one of tolerance a job could seem to be due just after its making.
const DUE = "due_at <= now() + interval '1 ms'";

/**
 * Takes up to `limit` due jobs of these functions; a lease that has ended counts as due, but for the jobs in `except`:
 * those that this process is working on, however long it stood still.
 */
export async function claim(
  functionIds: string[],
  limit: number,
  { worker, leaseMs }: Lease,
  except: string[] = [],
): Promise<Job[]> {
  const { rows } = await pool.query<Job>({
    name: "executor-claim",
    // A crash of the database may forget a lease, which is what leases are for; nobody waits for the disk here.
    // Locking reads a job as it is now, all else is read as it was when the statement began. A job whose fence differs
    // between the two was settled meanwhile; its call would not know of that, so it is left for the next look.
    text: `WITH quick AS MATERIALIZED (
      SELECT set_config('synchronous_commit', 'off', true)
    ), due AS MATERIALIZED (
      SELECT id, fence FROM executor.job WHERE ${DUE} AND function_id = ANY ($1) AND id <> ALL ($5::uuid[])
      ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE executor.job SET fence = job.fence + 1, lost = lost + (worker IS NOT NULL)::int, worker = $3,
        due_at = now() + $4 * interval '1 ms'
      FROM due WHERE job.id = due.id AND job.fence = due.fence RETURNING job.*
    ), started AS (
      UPDATE executor.run SET state = 'running', started_at = now()
      FROM taken WHERE run.id = taken.run_id AND run.state = 'queued'
    )
    SELECT job.id, job.fence, job.run_id AS "runId", job.function_id AS "functionId", job.kind,
      job.step_id AS "stepId", job.attempt, job.lost, job.strays,
      (extract(epoch FROM now() - job.created_at) * 1000)::float8 AS "ageMs",
      run.state IN ('queued', 'running') AS "isLive", run.parallel, run.request_version AS "requestVersion",
      (SELECT json_agg(json_build_object('id', coalesce(event.key, event.id::text), 'name', event.name,
          'data', event.data, 'ts', (extract(epoch FROM event.ts) * 1000)::int8) ORDER BY asked.place)
        FROM unnest(run.event_ids) WITH ORDINALITY AS asked (id, place) JOIN executor.event USING (id)) AS events,
      coalesce((SELECT json_agg(json_build_object('id', step_id, 'output', output, 'error', error, 'op', op)
          ORDER BY seq) FROM executor.step WHERE step.run_id = run.id AND seq IS NOT NULL), '[]') AS memos
    FROM taken AS job JOIN executor.run ON run.id = job.run_id CROSS JOIN quick`,
    values: [functionIds, limit, worker, leaseMs, except],
  });
  return rows;
}

/** Milliseconds until the next job of these functions is due; null when there is none. */
export async function nextDueMs(functionIds: string[]): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    "SELECT (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS ms FROM executor.job WHERE function_id = ANY ($1)",
    [functionIds],
  );
  return rows[0]?.ms ?? null;
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
