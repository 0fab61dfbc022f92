import { toJsonb } from "../jsonb";
import type { Sql } from "../sql";

/** What flow control remembers of a function and key, in a transaction that holds it locked. */
export type Window = {
  eventIds: string[];
  count: number;
  opensAtMs: number;
  dueAtMs: number;
};

export type Kind = "batch" | "debounce" | "rate" | "throttle";
type Name = { functionId: string; kind: Kind; key: string };
type Row = Name & { eventIds: string[]; count: number; opensAt: Date; dueAt: Date; isNew: boolean; now: Date };

const nameOf = ({ functionId, kind, key }: Name) => JSON.stringify([functionId, kind, key]);

/**
 * Forgets what only counted and means nothing any more: at most $1, so that nobody waits for it; rows that somebody else
 * holds are theirs. The other kinds are acted on when they are due.
 */
export const FORGET_COUNTS = `DELETE FROM executor.window WHERE (function_id, kind, key) IN (
  SELECT function_id, kind, key FROM executor.window WHERE due_at <= now() AND kind IN ('rate', 'throttle')
  ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)`;

/**
 * The windows that a transaction needs, all locked by one statement in one order, so that two executors never wait for
 * each other. Between that and `store` everything is computed here: two statements, however many events there are.
 */
export class Windows {
  readonly #rows = new Map<string, Name & { before: Window | null; after: Window | null }>();
  #nowMs = Date.now();

  /** The database's time, which all processes share. */
  get nowMs(): number {
    return this.#nowMs;
  }

  static async lock(client: Sql, names: readonly Name[]): Promise<Windows> {
    const windows = new Windows();
    const asked = [
      ...new Map(
        names.map(({ functionId, kind, key }) => [nameOf({ functionId, kind, key }), { functionId, kind, key }]),
      ).values(),
    ];
    if (asked.length === 0) return windows;

    // The kinds that wait for their time come before those that only count: who opens the former, without waiting for
    // any, needs some of the latter.
    const { rows } = await client.query<Row>(
      `INSERT INTO executor.window AS w (function_id, kind, key, due_at)
       SELECT "functionId", kind, key, now()
       FROM jsonb_to_recordset($1) AS asked ("functionId" text, kind text, key text)
       ORDER BY kind, "functionId", key
       ON CONFLICT (function_id, kind, key) DO UPDATE SET count = w.count
       RETURNING function_id AS "functionId", kind, key, event_ids AS "eventIds", count, opens_at AS "opensAt",
         due_at AS "dueAt", xmax = 0 AS "isNew", clock_timestamp() AS now`,
      [toJsonb(asked)],
    );
    windows.#nowMs = Math.max(...rows.map(({ now }) => now.getTime()));
    for (const { functionId, kind, key, eventIds, count, opensAt, dueAt, isNew } of rows) {
      const before = isNew ? null : { eventIds, count, opensAtMs: opensAt.getTime(), dueAtMs: dueAt.getTime() };
      windows.#rows.set(nameOf({ functionId, kind, key }), { functionId, kind, key, before, after: before });
    }
    return windows;
  }

  /** What is remembered; null when it is nothing. */
  get(name: Name): Window | null {
    return this.#rows.get(nameOf(name))?.after ?? null;
  }

  set(name: Name, after: Window | null): void {
    const row = this.#rows.get(nameOf(name));
    if (!row) throw new Error(`The window ${nameOf(name)} is not locked.`);
    row.after = after;
  }

  async store(client: Sql): Promise<void> {
    const rows = [...this.#rows.values()];
    const gone = rows.filter(({ after }) => after === null);
    const changed = rows.flatMap(({ functionId, kind, key, before, after }) =>
      after === null || after === before
        ? []
        : {
            functionId,
            kind,
            key,
            eventIds: after.eventIds,
            count: after.count,
            opensAt: at(after.opensAtMs),
            dueAt: at(after.dueAtMs),
          },
    );
    if (gone.length > 0)
      await client.query(
        `DELETE FROM executor.window AS w
         USING jsonb_to_recordset($1) AS gone ("functionId" text, kind text, key text)
         WHERE w.function_id = gone."functionId" AND w.kind = gone.kind AND w.key = gone.key`,
        [toJsonb(gone.map(({ functionId, kind, key }) => ({ functionId, kind, key })))],
      );
    if (changed.length > 0)
      await client.query(
        `UPDATE executor.window AS w SET event_ids = new."eventIds", count = new.count, opens_at = new."opensAt",
           due_at = new."dueAt"
         FROM jsonb_to_recordset($1) AS new ("functionId" text, kind text, key text, "eventIds" uuid[], count int,
           "opensAt" timestamptz, "dueAt" timestamptz)
         WHERE w.function_id = new."functionId" AND w.kind = new.kind AND w.key = new.key`,
        [toJsonb(changed)],
      );
    if (rows.some(({ kind }) => kind === "rate" || kind === "throttle")) await client.query(FORGET_COUNTS, [400]);
  }

  /** True when some of them wait for their time. */
  get areWaiting(): boolean {
    return [...this.#rows.values()].some(({ after }) => after !== null && after.eventIds.length > 0);
  }
}

// Rounded up: rounded down, a throttled run could start before its time.
const at = (ms: number) => new Date(Math.ceil(ms)).toISOString();
