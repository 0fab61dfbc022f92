import { isTrue } from "../cel";
import type { RunnableFunction } from "../config";
import type { Sql } from "../sql";
import { type FlowEvent, keyOf, scopeOf } from "./event";
import { batch } from "./rules";
import { Windows } from "./windows";

/** A run of a function that flow control decides on. */
export type Wanted = {
  fn: RunnableFunction;
  /** One, or a batch. */
  events: FlowEvent[];
  /** The window that it has waited in, if any: what it has behind it. */
  from?: "batch" | "debounce";
};

/**
 * Keeps the events of functions that take them in batches until there are enough of them; whoever sees the batch's
 * time come starts it otherwise (open.ts). Returns what is to run now.
 */
export async function gather(client: Sql, wanted: Wanted[]): Promise<{ now: Wanted[]; areWaiting: boolean }> {
  const toBatch = wanted.flatMap((one) => batchOf(one) ?? []);
  if (toBatch.length === 0) return { now: wanted, areWaiting: false };

  const windows = await Windows.lock(client, toBatch.map(nameOf));
  const full: { fn: RunnableFunction; eventIds: string[] }[] = [];
  for (const { fn, event, key, options } of toBatch) {
    const name = nameOf({ fn, key });
    const { full: eventIds, after } = batch(windows.get(name), windows.nowMs, event.id, options);
    windows.set(name, after);
    if (eventIds) full.push({ fn, eventIds });
  }
  await windows.store(client);

  const isBatched = new Set(toBatch.map(({ one }) => one));
  const events = await loadEvents(
    client,
    full.flatMap(({ eventIds }) => eventIds),
  );
  return {
    now: [
      ...wanted.filter((one) => !isBatched.has(one)),
      ...full.map(({ fn, eventIds }) => ({ fn, events: pick(events, eventIds), from: "batch" as const })),
    ],
    areWaiting: windows.areWaiting,
  };
}

function batchOf(one: Wanted) {
  const { fn, from } = one;
  const [event] = one.events;
  const options = fn.config.batchEvents;
  if (from || !options || !event) return null;
  if (options.if !== undefined && !isTrue(options.if, scopeOf(event))) return null;
  return { one, fn, event, key: keyOf(options.key, event), options };
}

const nameOf = ({ fn, key }: { fn: RunnableFunction; key: string }) => ({
  functionId: fn.id,
  kind: "batch" as const,
  key,
});

/** Reads events that were stored before. */
export async function loadEvents(client: Sql, ids: string[]): Promise<Map<string, FlowEvent>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<FlowEvent>(
    `SELECT id, key, name, data, ts FROM executor.event WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((event) => [event.id, event]));
}

/** The events with these ids, in their order; what is no longer stored is left out. */
export const pick = (events: Map<string, FlowEvent>, ids: string[]): FlowEvent[] =>
  ids.flatMap((id) => events.get(id) ?? []);
