import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { RunnableFunction } from "./config";
import { admit, type Wanted } from "./flow/admit";
import { withoutRepetitions } from "./flow/once";
import { readSchedule, type Schedule } from "./flow/schedule";
import { toJsonb } from "./jsonb";
import type { Sql } from "./sql";

type Trigger = { fn: RunnableFunction; cron: string; jitterMs: number; schedule: Schedule };
/** The next tick of a trigger: when it is scheduled, and when it fires. */
type Tick = { functionId: string; cron: string; scheduledAt: Date; fireAt: Date; now: Date };

const schedules = new WeakMap<RunnableFunction, Trigger[]>();

function triggersOf(fn: RunnableFunction): Trigger[] {
  const known = schedules.get(fn);
  if (known) return known;
  const triggers = fn.config.triggers.flatMap((trigger) =>
    "cron" in trigger
      ? { fn, cron: trigger.cron, jitterMs: trigger.jitter ?? 0, schedule: readSchedule(trigger.cron) }
      : [],
  );
  schedules.set(fn, triggers);
  return triggers;
}

/** The cron triggers of these functions, as two lists for SQL. */
export function cronsOf(functions: readonly RunnableFunction[]): { functionIds: string[]; crons: string[] } {
  const triggers = functions.flatMap(triggersOf);
  return { functionIds: triggers.map(({ fn }) => fn.id), crons: triggers.map(({ cron }) => cron) };
}

const BATCH = 200;

/** Writes down the next tick of each cron trigger that has none. */
export async function planCrons(functions: readonly RunnableFunction[], now = new Date()): Promise<void> {
  const planned = functions.flatMap(triggersOf).flatMap((trigger) => planOf(trigger, now) ?? []);
  if (planned.length === 0) return;
  await pool.query(
    `INSERT INTO executor.window (function_id, kind, key, opens_at, due_at)
     SELECT "functionId", 'cron', cron, "scheduledAt", "fireAt" FROM ${PLANNED} ORDER BY "functionId", cron
     ON CONFLICT (function_id, kind, key) DO NOTHING`,
    [toJsonb(planned)],
  );
}

const PLANNED =
  'jsonb_to_recordset($1) AS p ("functionId" text, cron text, "scheduledAt" timestamptz, "fireAt" timestamptz)';

function planOf({ fn, cron, jitterMs, schedule }: Trigger, after: Date) {
  const scheduledAt = schedule.next(after);
  if (!scheduledAt) return null;
  return { functionId: fn.id, cron, scheduledAt, fireAt: new Date(scheduledAt.getTime() + Math.random() * jitterMs) };
}

/**
 * Starts the runs of ticks that have come, and writes down each trigger's next one, in the caller's transaction. Of the
 * ticks that nobody was there for only the latest comes. Returns how many triggers it looked at.
 */
export async function fireCrons(client: Sql, functions: readonly RunnableFunction[]): Promise<number> {
  const triggers = new Map(
    functions.flatMap(triggersOf).map((trigger) => [nameOf(trigger.fn.id, trigger.cron), trigger]),
  );
  if (triggers.size === 0) return 0;
  const { functionIds, crons } = cronsOf(functions);
  const { rows } = await client.query<Tick>(
    `SELECT function_id AS "functionId", key AS cron, opens_at AS "scheduledAt", due_at AS "fireAt", now() AS now
     FROM executor.window JOIN unnest($1::text[], $2::text[]) AS own (function_id, key) USING (function_id, key)
     WHERE kind = 'cron' AND due_at <= now() + interval '1 ms'
     ORDER BY due_at LIMIT ${BATCH} FOR UPDATE OF "window" SKIP LOCKED`,
    [functionIds, crons],
  );
  const due = rows.flatMap((tick) => {
    const trigger = triggers.get(nameOf(tick.functionId, tick.cron));
    return trigger ? { trigger, scheduledAt: latestOf(tick, trigger.schedule), fireAt: tick.fireAt } : [];
  });
  if (due.length === 0) return 0;

  const wanted = due.map(({ trigger, scheduledAt, fireAt }) => wantedOf(trigger, scheduledAt, fireAt));
  await client.query(
    `INSERT INTO executor.event (id, key, name, data, ts)
     SELECT id, key, name, data, ts
     FROM jsonb_to_recordset($1) AS e (id uuid, key text, name text, data jsonb, ts timestamptz)`,
    [toJsonb(wanted.flatMap(({ events }) => events))],
  );
  await admit(client, await withoutRepetitions(client, wanted), functions);
  await client.query(
    `UPDATE executor.window AS w SET opens_at = p."scheduledAt", due_at = p."fireAt" FROM ${PLANNED}
     WHERE w.function_id = p."functionId" AND w.kind = 'cron' AND w.key = p.cron`,
    [toJsonb(due.flatMap(({ trigger, scheduledAt }) => planOf(trigger, scheduledAt) ?? []))],
  );
  return due.length;
}

const nameOf = (functionId: string, cron: string) => `${functionId}\n${cron}`;

/** The tick that is due, or the latest of those that were missed since; jitter moves them all alike. */
function latestOf({ scheduledAt, fireAt, now }: Tick, schedule: Schedule): Date {
  const shiftMs = fireAt.getTime() - scheduledAt.getTime();
  const latest = schedule.latest(new Date(now.getTime() - shiftMs));
  return latest && latest > scheduledAt ? latest : scheduledAt;
}

/** A tick of a function, with the event that an Inngest server sends for one. */
function wantedOf({ fn, cron }: Trigger, scheduledAt: Date, fireAt: Date): Wanted {
  const text = (at: Date) => at.toISOString().replace(/\.\d+Z$/, "Z");
  const event = {
    id: newId(),
    key: text(scheduledAt),
    name: "inngest/scheduled.timer",
    data: { cron, fireAt: text(fireAt > scheduledAt ? fireAt : scheduledAt), scheduledAt: text(scheduledAt) },
    ts: fireAt,
  };
  // Batches are of events that somebody sent.
  return { fn, events: [event], from: "batch" };
}
