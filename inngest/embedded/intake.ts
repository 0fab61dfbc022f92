import type { RunnableFunction } from "./config";
import { admit } from "./flow/admit";
import type { FlowEvent } from "./flow/event";
import { handOver } from "./flow/handover";
import { listenersOf, perhapsWantedBy, wantedBy } from "./flow/listeners";
import { withoutRepetitions } from "./flow/once";
import { toJsonb } from "./jsonb";
import { resolvePauses } from "./pauses";
import { inTransaction, type Sql } from "./sql";

const BATCH = 200;

/**
 * Takes events out of the outbox and starts their runs, in one transaction: an event is either still in the outbox or
 * has its runs, or waits with others in a window. Takes a batch; `isAll` says that nothing was left, `areWaiting` that
 * there are windows to look after.
 */
export function takeEvents(functions: readonly RunnableFunction[]): Promise<{ isAll: boolean; areWaiting: boolean }> {
  return inTransaction(async (client) => {
    // The outbox is safe on disk already; should the database forget this, the events are still there.
    await client.query("SET LOCAL synchronous_commit TO off");
    const { rows } = await client.query<FlowEvent>(
      `DELETE FROM "Outbox" WHERE id IN (
         SELECT id FROM "Outbox" ORDER BY "createdAt", id LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id, name, data, "eventId" AS key, ts`,
      [BATCH],
    );
    const areWaiting = rows.length > 0 && (await start(client, rows.sort(inOrder), functions));
    return { isAll: rows.length < BATCH, areWaiting };
  });
}

// Ids ascend with the time of their making.
const inOrder = (a: FlowEvent, b: FlowEvent) => (a.id < b.id ? -1 : 1);

async function start(client: Sql, events: FlowEvent[], functions: readonly RunnableFunction[]): Promise<boolean> {
  await keep(client, events);
  const listeners = await listenersOf(client, functions);
  const wanted = events.map((event) => ({ event, fns: wantedBy(listeners, event) }));
  const runs = wanted.flatMap(({ event, fns }) => fns.map((fn) => ({ fn, events: [event] })));
  const { areWaiting } = await admit(client, await withoutRepetitions(client, runs), functions);
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
