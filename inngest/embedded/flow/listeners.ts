import { isTrue } from "../cel";
import { type RunnableFunction, runnable } from "../config";
import { fits } from "../patterns";
import type { Sql } from "../sql";
import { type FlowEvent, scopeOf } from "./event";

/** A function of another release that this one cannot read: what it may want is left to that release. */
type Foreign = { id: string; patterns: string[] };

/** Who may want an event. */
export type Listeners = { functions: RunnableFunction[]; foreign: Foreign[] };

// A description is read once, however many events come.
let known = new Map<string, RunnableFunction | null>();

/**
 * The functions of this process and what any release has described within a day: while one replaces another, whoever
 * takes an event takes it for both. A run that is started for the other one waits until that one claims its job.
 */
export async function listenersOf(client: Sql, own: readonly RunnableFunction[]): Promise<Listeners> {
  const { rows } = await client.query<{ id: string; config: string; patterns: string[] }>(
    `SELECT id, config::text, ARRAY(SELECT jsonb_path_query(config, '$.triggers[*].event') #>> '{}') AS patterns
     FROM executor.function WHERE synced_at > now() - interval '1 day'`,
  );
  known = new Map(rows.map(({ config }) => [config, known.has(config) ? (known.get(config) ?? null) : read(config)]));
  // Of a function that both have, a process's own description decides.
  const isOwn = new Set(own.map(({ id }) => id));
  return {
    functions: [...own, ...rows.flatMap(({ id, config }) => (isOwn.has(id) ? [] : (known.get(config) ?? [])))],
    foreign: rows.filter(({ config }) => !known.get(config)),
  };
}

function read(config: string): RunnableFunction | null {
  try {
    return runnable(JSON.parse(config));
  } catch {
    return null;
  }
}

/** True when one of the function's triggers is for the event. */
export const wants = ({ config }: RunnableFunction, event: FlowEvent): boolean =>
  config.triggers.some(
    (trigger) =>
      "event" in trigger &&
      fits(trigger.event, event.name) &&
      (trigger.expression === undefined || isTrue(trigger.expression, scopeOf(event))),
  );

/** The functions that want the event, each once, however many of its triggers match. */
export const wantedBy = ({ functions }: Listeners, event: FlowEvent): RunnableFunction[] =>
  functions.filter((fn) => wants(fn, event));

/** The functions that may want the event, which another release has to say; not those that start anyway. */
export const perhapsWantedBy = ({ foreign }: Listeners, event: FlowEvent, wanted: readonly RunnableFunction[]) =>
  foreign
    .filter(({ id, patterns }) => !wanted.some((fn) => fn.id === id) && patterns.some((one) => fits(one, event.name)))
    .map(({ id }) => id);
