import type { Sql } from "../sql";
import { limitKeyOf } from "./event";
import type { Wanted } from "./gather";

/** What is to start although, or because, it runs once at a time. */
export type Chosen = Wanted & {
  /** What it holds until it ends. */
  singletonKey?: string;
  /** One that came with it has taken its place already. */
  isSuperseded?: boolean;
};

type Row = { id: string; functionId: string; key: string };

/**
 * Chooses what starts of functions that run once at a time: with `skip` what comes while one runs does not, with
 * `cancel` it takes that one's place. `cancelled` are the unfinished runs that have to make room first.
 */
export async function choose(client: Sql, wanted: Wanted[]): Promise<{ starts: Chosen[]; cancelled: string[] }> {
  const keyed = new Map(wanted.flatMap((one) => keyedBy(one) ?? []));
  if (keyed.size === 0) return { starts: wanted, cancelled: [] };

  const cancelled: string[] = [];
  const starts: Chosen[] = [];
  const unfinished = await lockSingletons(
    client,
    [...keyed].map(([{ fn }, key]) => ({ functionId: fn.id, key })),
  );
  const holders = new Map<string, Chosen | string>(unfinished.map((run) => [nameOf(run.functionId, run.key), run.id]));
  for (const one of wanted) {
    const key = keyed.get(one);
    if (key === undefined) {
      starts.push(one);
      continue;
    }
    const name = nameOf(one.fn.id, key);
    const holder = holders.get(name);
    if (holder !== undefined && one.fn.config.singleton?.mode === "skip") continue;
    if (typeof holder === "string") cancelled.push(holder);
    else if (holder) supersede(holder);
    const chosen: Chosen = { ...one, singletonKey: key };
    holders.set(name, chosen);
    starts.push(chosen);
  }
  return { starts, cancelled };
}

/** It is started without its key, to be cancelled at once: whoever sent its event finds out what became of it. */
function supersede(chosen: Chosen): void {
  delete chosen.singletonKey;
  chosen.isSuperseded = true;
}

function keyedBy(one: Wanted): [Wanted, string][] | null {
  const { singleton } = one.fn.config;
  const [event] = one.events;
  const key = singleton && event ? limitKeyOf(singleton.key, event) : null;
  return key === null ? null : [[one, key]];
}

const nameOf = (functionId: string, key: string) => `${functionId}\n${key}`;

/** Lets one transaction at a time decide on a key, and reads what it has to decide on only then: the unfinished runs. */
export async function lockSingletons(client: Sql, names: { functionId: string; key: string }[]): Promise<Row[]> {
  const functionIds = names.map(({ functionId }) => functionId);
  const keys = names.map(({ key }) => key);
  await client.query(
    `SELECT pg_advisory_xact_lock(lock)::text FROM (
       SELECT DISTINCT hashtextextended(function_id || E'\\n' || key, 815003) AS lock
       FROM unnest($1::text[], $2::text[]) AS asked (function_id, key) ORDER BY lock
     ) AS locks`,
    [functionIds, keys],
  );
  const { rows } = await client.query<Row>(
    `SELECT run.id, run.function_id AS "functionId", run.singleton_key AS key
     FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS asked (function_id, key)
     JOIN executor.run ON run.function_id = asked.function_id AND run.singleton_key = asked.key
     WHERE run.state IN ('queued', 'running')`,
    [functionIds, keys],
  );
  return rows;
}
