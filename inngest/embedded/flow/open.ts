import { pool } from "@/lib/db/client";
import type { RunnableFunction } from "../config";
import { cronsOf, fireCrons, planCrons } from "../cron";
import { inTransaction, type Sql } from "../sql";
import { admit, type Wanted } from "./admit";
import { loadEvents, pick } from "./gather";
import { listenersOf, wants } from "./listeners";
import { withoutRepetitions } from "./once";

const BATCH = 200;

type Due = { functionId: string; kind: "batch" | "debounce" | "event"; key: string; eventIds: string[] };

/**
 * Starts what has waited its time in a window, and the ticks that have come. A window goes and its run starts in one
 * transaction, and what another process is opening is that one's: each opens once, whoever looks first. Returns whether
 * everything that was due is done.
 */
export async function openWindows(functions: readonly RunnableFunction[]): Promise<{ isAll: boolean }> {
  const opened = await inTransaction(async (client) => {
    // Should the database forget this, the windows are still there.
    await client.query("SET LOCAL synchronous_commit TO off");
    const due = await takeDue(client, functions, ["batch", "debounce"]);
    const events = await loadEvents(
      client,
      due.flatMap(({ eventIds }) => eventIds),
    );
    const wanted = due.flatMap(({ functionId, kind, eventIds }): Wanted[] => {
      const fn = functions.find(({ id }) => id === functionId);
      const known = pick(events, eventIds);
      return fn && kind !== "event" && known.length > 0 ? [{ fn, events: known, from: kind }] : [];
    });
    await admit(client, wanted, functions);
    return due.length;
  });
  const takenOver = await inTransaction((client) => takeOver(client, functions));
  const ticks = await inTransaction((client) => fireCrons(client, functions));
  return { isAll: Math.max(opened, takenOver, ticks) < BATCH };
}

/** Milliseconds until the next window of these functions is due; null when there is none. */
export async function nextWindowMs(functions: readonly RunnableFunction[]): Promise<number | null> {
  await planCrons(functions);
  const { functionIds, crons } = cronsOf(functions);
  const { rows } = await pool.query<{ ms: number | null }>(
    `SELECT (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS ms FROM executor.window
     WHERE ${WAITS} AND (kind <> 'cron' AND function_id = ANY ($1)
       OR kind = 'cron' AND (function_id, key) IN (SELECT * FROM unnest($2::text[], $3::text[])))`,
    [functions.map(({ id }) => id), functionIds, crons],
  );
  return rows[0]?.ms ?? null;
}

// In the words of the index that leaves out what only counts.
const WAITS = "kind IN ('batch', 'debounce', 'event', 'cron')";

async function takeDue(client: Sql, functions: readonly RunnableFunction[], kinds: string[]): Promise<Due[]> {
  const { rows } = await client.query<Due>(
    `DELETE FROM executor.window WHERE (function_id, kind, key) IN (
       SELECT function_id, kind, key FROM executor.window
       WHERE ${WAITS} AND due_at <= now() + interval '1 ms' AND function_id = ANY ($1) AND kind = ANY ($2)
       ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ) RETURNING function_id AS "functionId", kind, key, event_ids AS "eventIds"`,
    [functions.map(({ id }) => id), kinds, BATCH],
  );
  return rows;
}

/**
 * Starts what a process of another release left to those that can read the function's description. Who has the function
 * but cannot read what was last said of it leaves it there for a while.
 */
async function takeOver(client: Sql, functions: readonly RunnableFunction[]): Promise<number> {
  const { foreign } = await listenersOf(client, functions);
  const unreadable = new Set(foreign.map(({ id }) => id));
  await client.query(
    `UPDATE executor.window SET due_at = now() + interval '5 s'
     WHERE ${WAITS} AND function_id = ANY ($1) AND kind = 'event' AND due_at <= now() + interval '1 ms'`,
    [functions.map(({ id }) => id).filter((id) => unreadable.has(id))],
  );
  // What comes in between must be left, too.
  const due = await takeDue(
    client,
    functions.filter(({ id }) => !unreadable.has(id)),
    ["event"],
  );
  const events = await loadEvents(
    client,
    due.flatMap(({ eventIds }) => eventIds),
  );
  const wanted = due.flatMap(({ functionId, eventIds }): Wanted[] => {
    const fn = functions.find(({ id }) => id === functionId);
    return pick(events, eventIds).flatMap((event) => (fn && wants(fn, event) ? { fn, events: [event] } : []));
  });
  await admit(client, await withoutRepetitions(client, wanted), functions);
  return due.length;
}
