import type { PoolClient } from "pg";
import { pool } from "@/lib/db/client";

/** The first half of the advisory locks of processes; the other one is the hash of the process's name. */
const LOCK_CLASS = 4712;
/** A lost session is soon opened again, so that one who is missing has to be so for this long. */
const MISSING_MS = 900;
/** After a restart of the database the others need a moment, at most the pause between two attempts to connect. */
const PATIENCE_MS = 6000;

// From name to name along the index of held jobs, whatever else there is.
const GONE = `WITH RECURSIVE names AS (
    SELECT min(worker) AS worker FROM executor.job WHERE worker IS NOT NULL
    UNION ALL
    SELECT (SELECT min(worker) FROM executor.job WHERE job.worker > names.worker) FROM names WHERE worker IS NOT NULL
  ), others AS MATERIALIZED (
    SELECT worker FROM names WHERE worker <> $1
  )
  SELECT worker FROM others WHERE pg_try_advisory_xact_lock(${LOCK_CLASS}, hashtext(worker))`;

/**
 * Who of the processes lives. Each one holds a lock as long as its session of LISTEN stands, which the database sees end
 * at once when the process is killed. A lease would end by itself too, but only after its time.
 */
export class Presence {
  readonly #worker: string;
  #missingSince = new Map<string, number>();
  #sessions = 0;
  #patientUntilMs = 0;

  constructor(worker: string) {
    this.#worker = worker;
  }

  /** Holds this process's lock in the session. Shared: a session before it may not have been seen to end. */
  async hold(session: PoolClient): Promise<void> {
    this.#sessions += 1;
    if (this.#sessions > 1) this.#patientUntilMs = performance.now() + PATIENCE_MS;
    await session.query(`SELECT pg_advisory_lock_shared(${LOCK_CLASS}, hashtext($1))`, [this.#worker]);
  }

  /** Ends the leases of processes that are gone. True when there were any. */
  async endLeasesOfTheGone(): Promise<boolean> {
    const nowMs = performance.now();
    const { rows } = await pool.query<{ worker: string }>({
      name: "executor-gone",
      text: GONE,
      values: [this.#worker],
    });
    this.#missingSince = new Map(rows.map(({ worker }) => [worker, this.#missingSince.get(worker) ?? nowMs]));
    const gone = [...this.#missingSince].flatMap(([worker, sinceMs]) => (nowMs - sinceMs < MISSING_MS ? [] : [worker]));
    if (gone.length === 0 || nowMs < this.#patientUntilMs) return false;
    await pool.query("UPDATE executor.job SET due_at = now() WHERE worker = ANY ($1) AND due_at > now()", [gone]);
    return true;
  }
}
