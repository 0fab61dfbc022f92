import { expect } from "vitest";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { type RunnableFunction, runnable } from "../config";
import { takeEvents } from "../intake";
import { admit } from "./admit";

/** What the SDK would say about a function of the event "t/<id>"; any option may be given, or given otherwise. */
export const description = (id: string, options: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  name: id,
  triggers: [{ event: `t/${id}` }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://localhost/api/inngest" } } },
  ...options,
});

/** The same function, as the executor knows it. */
export const make = (id: string, options: Record<string, unknown> = {}): RunnableFunction =>
  runnable(description(id, options));

/** Sends an event, with an id of its own if there is one. */
export const emit = (name: string, data: Record<string, unknown> = {}, id?: string) =>
  transaction((tx) => send(tx, { name, data, ...(id && { id }) }));

/** Sends one event for each of the data, in this order, and takes them in together. */
export async function take(functions: RunnableFunction[], name: string, ...data: Record<string, unknown>[]) {
  await transaction((tx) => send(tx, ...data.map((one) => ({ name, data: one }))));
  return takeEvents(functions);
}

export type Started = { functionId: string; state: string; data: Record<string, unknown>[]; dueAt: Date | null };

/** All runs, oldest first, with the data of their events. */
export async function started(): Promise<Started[]> {
  const { rows } = await pool.query<Started>(
    `SELECT run.function_id AS "functionId", run.state, job.due_at AS "dueAt",
       (SELECT json_agg(event.data ORDER BY asked.place) FROM unnest(run.event_ids) WITH ORDINALITY AS asked (id, place)
        JOIN executor.event USING (id)) AS data
     FROM executor.run LEFT JOIN executor.job ON job.run_id = run.id ORDER BY run.created_at, run.id`,
  );
  return rows;
}

/** The number that each run's first event carries. */
export const numbers = async () => (await started()).map(({ data }) => data[0]?.n);

/** Lets this much time pass for all windows. */
export const age = (ms: number) =>
  pool.query(
    `UPDATE executor.window SET opens_at = opens_at - $1 * interval '1 ms', due_at = due_at - $1 * interval '1 ms'`,
    [ms],
  );

/** Makes the database refuse to start runs until the returned function is called: a crash just before the end. */
export async function refuseRuns(): Promise<() => Promise<unknown>> {
  await pool.query(
    `CREATE FUNCTION executor.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused' USING ERRCODE = 'admin_shutdown'; END $$;
     CREATE TRIGGER refuse BEFORE INSERT ON executor.job EXECUTE FUNCTION executor.refuse()`,
  );
  return () => pool.query("DROP FUNCTION executor.refuse CASCADE");
}

/** Waits until some connection waits for another one's lock. */
export const blocked = () =>
  expect
    .poll(async () => (await pool.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount, { timeout: 5000 })
    .toBeGreaterThan(0);

/** Admits an event's run in a transaction that is open until the returned function commits it. */
export async function admitSlowly(fn: RunnableFunction, data: Record<string, unknown>): Promise<() => Promise<void>> {
  const client = await pool.connect();
  const event = { id: newId(), key: null, name: `t/${fn.id}`, data, ts: new Date() };
  await client.query("BEGIN");
  await client.query("INSERT INTO executor.event (id, name, data, ts) VALUES ($1, $2, $3, $4)", [
    event.id,
    event.name,
    JSON.stringify(data),
    event.ts,
  ]);
  await admit(client, [{ fn, events: [event] }], [fn]);
  return async () => {
    await client.query("COMMIT");
    client.release();
  };
}
