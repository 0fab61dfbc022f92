import type { PoolClient } from "pg";
import { pool } from "@/lib/db/client";
import { fits, type RunnableFunction } from "./config";
import { toJsonb } from "./jsonb";
import { startRuns } from "./start-runs";

const BATCH = 200;

// A bounded number, so that nobody waits for it; rows that somebody else holds are theirs.
const FORGET = `DELETE FROM executor.once WHERE (function_id, kind, key) IN (
  SELECT function_id, kind, key FROM executor.once WHERE expires_at <= now() ORDER BY expires_at LIMIT ${BATCH * 2}
  FOR UPDATE SKIP LOCKED)`;

type OutboxRow = { id: string; name: string; data: unknown; eventId: string | null; ts: Date };
type Start = { event: OutboxRow; functionId: string };
type Listener = { id: string; triggers: string[] };

/**
 * Takes events out of the outbox and starts their runs, in one transaction: an event is either still in the outbox or
 * has its runs. Takes a batch; `isAll` says that nothing was left.
 */
export async function takeEvents(functions: readonly RunnableFunction[]): Promise<{ isAll: boolean }> {
  const client = await pool.connect();
  try {
    // The outbox is safe on disk already; should the database forget this, the events are still there.
    await client.query("BEGIN; SET LOCAL synchronous_commit TO off");
    const { rows } = await client.query<OutboxRow>(
      `DELETE FROM "Outbox" WHERE id IN (
         SELECT id FROM "Outbox" ORDER BY "createdAt", id LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id, name, data, "eventId", ts`,
      [BATCH],
    );
    if (rows.length > 0) {
      const listeners = [...functions.map(listenerOf), ...(await otherReleases(client))];
      const wanted = rows.flatMap((event) => {
        const ids = listeners
          .filter(({ triggers }) => triggers.some((trigger) => fits(trigger, event.name)))
          .map(({ id }) => id);
        return [...new Set(ids)].map((functionId) => ({ event, functionId }));
      });
      await keep(client, rows);
      const starts = await withoutRepetitions(client, wanted);
      await startRuns(
        client,
        starts.map(({ functionId, event }) => ({ functionId, events: [event] })),
        functions,
      );
    }
    await client.query("COMMIT");
    client.release();
    return { isAll: rows.length < BATCH };
  } catch (error) {
    // A broken connection takes its transaction with it, so it is not put back.
    client.release(true);
    throw error;
  }
}

/**
 * What any release has described within a day: while one replaces another, whoever takes an event takes it for both.
 * A run that is started for the other one waits until that one claims its job.
 */
async function otherReleases(client: PoolClient): Promise<Listener[]> {
  const { rows } = await client.query<Listener>(
    `SELECT id, ARRAY(SELECT jsonb_path_query(config, '$.triggers[*].event') #>> '{}') AS triggers
     FROM executor.function WHERE synced_at > now() - interval '1 day'`,
  );
  return rows;
}

const keyOf = ({ functionId, event }: Start) => `${functionId}\n${event.eventId}`;

/** One run for each function and event id in 24 hours. Events without an id of their own are all different. */
async function withoutRepetitions(client: PoolClient, wanted: Start[]): Promise<Start[]> {
  const named = new Map(wanted.filter(({ event }) => event.eventId !== null).map((start) => [keyOf(start), start]));
  if (named.size === 0) return wanted;

  // In one order everywhere, so that two executors never wait for each other.
  const ordered = [...named.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { rows } = await client.query<{ function_id: string; key: string }>(
    `INSERT INTO executor.once (function_id, kind, key, expires_at)
     SELECT function_id, 'event', key, now() + interval '24 hours'
     FROM unnest($1::text[], $2::text[]) AS asked (function_id, key)
     ON CONFLICT (function_id, kind, key) DO UPDATE SET expires_at = excluded.expires_at
     WHERE once.expires_at <= now()
     RETURNING function_id, key`,
    [ordered.map(({ functionId }) => functionId), ordered.map(({ event }) => event.eventId)],
  );
  await client.query(FORGET);
  const isFirst = new Set(rows.map(({ function_id, key }) => `${function_id}\n${key}`));
  return wanted.filter(
    (start) => start.event.eventId === null || (isFirst.has(keyOf(start)) && named.get(keyOf(start)) === start),
  );
}

const listenerOf = ({ id, config }: RunnableFunction): Listener => ({
  id,
  triggers: config.triggers.flatMap((trigger) => ("event" in trigger ? trigger.event : [])),
});

async function keep(client: PoolClient, events: OutboxRow[]): Promise<void> {
  await client.query(
    `INSERT INTO executor.event (id, key, name, data, ts)
     SELECT id, "eventId", name, data, ts
     FROM jsonb_to_recordset($1) AS e (id uuid, "eventId" text, name text, data jsonb, ts timestamptz)`,
    [toJsonb(events)],
  );
}
