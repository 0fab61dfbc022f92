import type { Sql } from "../sql";
import { short } from "./event";
import type { Wanted } from "./gather";

/** Forgets what has expired: at most $1, so that nobody waits for it; rows that somebody else holds are theirs. */
export const FORGET_ONCE = `DELETE FROM executor.once WHERE (function_id, kind, key) IN (
  SELECT function_id, kind, key FROM executor.once WHERE expires_at <= now() ORDER BY expires_at LIMIT $1
  FOR UPDATE SKIP LOCKED)`;

// Whoever sends an event may give it an id of any length.
const keyOf = ({ events: [event] }: Wanted) => short(event?.key ?? "");
const nameOf = (wanted: Wanted) => `${wanted.fn.id}\n${keyOf(wanted)}`;
const hasKey = ({ events: [event] }: Wanted) => event !== undefined && event.key !== null;

/** One run for each function and event id in 24 hours. Events without an id of their own are all different. */
export async function withoutRepetitions(client: Sql, wanted: Wanted[]): Promise<Wanted[]> {
  const named = new Map(wanted.filter(hasKey).map((one) => [nameOf(one), one]));
  if (named.size === 0) return wanted;

  // In one order everywhere, so that two executors never wait for each other.
  const ordered = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const { rows } = await client.query<{ function_id: string; key: string }>(
    `INSERT INTO executor.once (function_id, kind, key, expires_at)
     SELECT function_id, 'event', key, now() + interval '24 hours'
     FROM unnest($1::text[], $2::text[]) AS asked (function_id, key)
     ON CONFLICT (function_id, kind, key) DO UPDATE SET expires_at = excluded.expires_at
     WHERE once.expires_at <= now()
     RETURNING function_id, key`,
    [ordered.map(({ fn }) => fn.id), ordered.map(keyOf)],
  );
  await client.query(FORGET_ONCE, [400]);
  const isFirst = new Set(rows.map(({ function_id, key }) => `${function_id}\n${key}`));
  return wanted.filter((one) => !hasKey(one) || (isFirst.has(nameOf(one)) && named.get(nameOf(one)) === one));
}
