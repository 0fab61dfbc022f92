import { setAside } from "@/inngest/refused";
import { pool } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { RunnableFunction } from "./config";
import { admit } from "./flow/admit";
import type { FlowEvent } from "./flow/event";
import { handOver } from "./flow/handover";
import { listenersOf, perhapsWantedBy, wantedBy } from "./flow/listeners";
import { withoutRepetitions } from "./flow/once";
import { toJsonb } from "./jsonb";
import { resolvePauses, runsThatAwait } from "./pauses";
import { isPassing } from "./persist";
import { inTransaction, type Sql } from "./sql";

const BATCH = 200;

const WORKSPACE = `coalesce(data ->> 'workspaceId', '')`;
// In the words of the index.
const WAITS = `"refusedAt" IS NULL`;
const EVENT = `id, name, data, "eventId" AS key, ts`;

// Each workspace's events in their order, and as many of each: one that sends a hundred thousand delays nobody else. From
// name to name along an index, whatever waits behind, as far as that costs little.
const TAKE = `WITH RECURSIVE workspaces AS (
    (SELECT ${WORKSPACE} AS workspace FROM "Outbox" WHERE ${WAITS} ORDER BY ${WORKSPACE} LIMIT 1)
    UNION ALL
    SELECT (SELECT ${WORKSPACE} FROM "Outbox" WHERE ${WAITS} AND ${WORKSPACE} > workspaces.workspace
      ORDER BY ${WORKSPACE} LIMIT 1) FROM workspaces WHERE workspace IS NOT NULL
  ), found AS MATERIALIZED (
    SELECT workspace FROM workspaces WHERE workspace IS NOT NULL LIMIT ${5 * BATCH}
  ), shares AS MATERIALIZED (
    SELECT own.id FROM found CROSS JOIN LATERAL (
      SELECT id, "createdAt" FROM "Outbox" WHERE ${WAITS} AND ${WORKSPACE} = workspace ORDER BY "createdAt", id
      LIMIT (SELECT ceil($1::int / count(*)::float8) FROM found) FOR UPDATE SKIP LOCKED
    ) AS own ORDER BY own."createdAt", own.id LIMIT $1
  )
  DELETE FROM "Outbox" WHERE id IN (SELECT id FROM shares)
  RETURNING ${EVENT}, (SELECT count(*)::int FROM found) AS workspaces`;

const TAKE_ONE = `DELETE FROM "Outbox" WHERE id = (SELECT id FROM "Outbox" WHERE id = $1 FOR UPDATE SKIP LOCKED)
  RETURNING ${EVENT}, 1 AS workspaces`;

type Taken = { isAll: boolean; areWaiting: boolean };

/**
 * Takes events out of the outbox and starts their runs, in one transaction: an event is either still in the outbox or
 * has its runs, or waits with others in a window. Takes a batch; `isAll` says that nothing was left, `areWaiting` that
 * there are windows to look after.
 */
export async function takeEvents(functions: readonly RunnableFunction[]): Promise<Taken> {
  try {
    return await take(functions, TAKE, BATCH);
  } catch (error) {
    if (isPassing(error)) throw error;
    return oneByOne(functions);
  }
}

/** Of events that the database refuses together the one that is at fault is set aside, and the others go on. */
async function oneByOne(functions: readonly RunnableFunction[]): Promise<Taken> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM "Outbox" WHERE "refusedAt" IS NULL ORDER BY "createdAt", id LIMIT ${BATCH}`,
  );
  let areWaiting = false;
  for (const { id } of rows) {
    try {
      areWaiting = (await take(functions, TAKE_ONE, id)).areWaiting || areWaiting;
    } catch (error) {
      if (isPassing(error)) throw error;
      await setAside(pool, id, error instanceof Error ? error.message : String(error));
      log.error({ err: error, outboxId: id }, "an event cannot be taken in; it is tried again at the next start");
    }
  }
  return { isAll: false, areWaiting };
}

function take(functions: readonly RunnableFunction[], text: string, value: unknown): Promise<Taken> {
  return inTransaction(async (client) => {
    // The outbox is safe on disk already; should the database forget this, the events are still there.
    await client.query("SET LOCAL synchronous_commit TO off");
    const { rows } = await client.query<FlowEvent & { workspaces: number }>(text, [value]);
    const areWaiting = rows.length > 0 && (await start(client, rows.sort(inOrder), functions));
    // Nobody has filled a share.
    return { isAll: rows.length < Math.ceil(BATCH / (rows[0]?.workspaces ?? 1)), areWaiting };
  });
}

// Ids ascend with the time of their making.
const inOrder = (a: FlowEvent, b: FlowEvent) => (a.id < b.id ? -1 : 1);

async function start(client: Sql, events: FlowEvent[], functions: readonly RunnableFunction[]): Promise<boolean> {
  await keep(client, events);
  const listeners = await listenersOf(client, functions);
  const wanted = events.map((event) => ({ event, fns: wantedBy(listeners, event) }));
  const runs = wanted.flatMap(({ event, fns }) => fns.map((fn) => ({ fn, events: [event] })));
  const { areWaiting } = await admit(client, await withoutRepetitions(client, runs), functions, () =>
    runsThatAwait(client, events),
  );
  await handOver(
    client,
    wanted.flatMap(({ event, fns }) =>
      perhapsWantedBy(listeners, event, fns).map((functionId) => ({ functionId, event })),
    ),
  );
  // After the runs that the same events start, some of which may be what ends others.
  await resolvePauses(client, events);
  return areWaiting;
}

async function keep(client: Sql, events: FlowEvent[]): Promise<void> {
  await client.query(
    `INSERT INTO executor.event (id, key, name, data, ts)
     SELECT id, key, name, data, ts
     FROM jsonb_to_recordset($1) AS e (id uuid, key text, name text, data jsonb, ts timestamptz)`,
    [toJsonb(events)],
  );
}
