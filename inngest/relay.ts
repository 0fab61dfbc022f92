import type { PoolClient } from "pg";
import { pool } from "@/lib/db/client";
import { listen } from "@/lib/db/listen";
import { log } from "@/lib/log";
import { type Post, postEvents } from "./post-events";
import { setAside, takeBackRefused } from "./refused";

const BATCH = 100;
const POLL_MS = 5000;
// Only one process relays at a time, so that the others do not send the same events for nothing.
const ADVISORY_LOCK = 815_002;

type OutboxRow = { id: string; name: string; data: Record<string, unknown>; eventId: string | null; ts: Date };

/**
 * Sends a batch of the outbox to the Inngest server and removes it there. Sent again after a lost answer, an event
 * starts no second run, because its id is the same. Returns whether something may be left.
 */
export async function relayBatch(post: Post): Promise<boolean> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    if (!(await tryLock(client))) return false;
    try {
      const { rows } = await client.query<OutboxRow>(
        `SELECT id, name, data, "eventId", ts FROM "Outbox" WHERE "refusedAt" IS NULL ORDER BY "createdAt", id LIMIT $1`,
        [BATCH],
      );
      await relayRows(client, rows, post);
      return rows.length === BATCH;
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [ADVISORY_LOCK]).catch(() => {
        isBroken = true;
      });
    }
  } finally {
    client.release(isBroken);
  }
}

/** The server takes all of a request or nothing: halves find the event that it refuses, and the others go on. */
async function relayRows(client: PoolClient, rows: OutboxRow[], post: Post): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const refusal = await post(
    rows.map(({ id, eventId, name, data, ts }) => ({ id: eventId ?? id, name, data, ts: ts.getTime() })),
  );
  if (refusal === null) {
    await client.query('DELETE FROM "Outbox" WHERE id = ANY ($1::uuid[])', [rows.map(({ id }) => id)]);
  } else if (rows.length === 1) {
    await setAside(client, first.id, refusal);
    log.error(
      { outboxId: first.id, event: first.name, eventId: first.eventId ?? first.id, refusal },
      "the Inngest server refused an event; it stays in the outbox and is sent again when the product next starts",
    );
  } else {
    const half = Math.ceil(rows.length / 2);
    await relayRows(client, rows.slice(0, half), post);
    await relayRows(client, rows.slice(half), post);
  }
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>("SELECT pg_try_advisory_lock($1) AS ok", [ADVISORY_LOCK]);
  return rows[0]?.ok ?? false;
}

/** Relays events to the Inngest server that the environment names, until the returned function is called. */
export async function startRelay(): Promise<() => Promise<void>> {
  let isStopped = false;
  let relaying: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const relay = async () => {
    clearTimeout(timer);
    let waitMs = POLL_MS;
    try {
      while (!isStopped && (await relayBatch(postEvents)));
    } catch (error) {
      waitMs = 1000;
      log.warn({ err: error }, "events could not be sent to the Inngest server; they wait in the outbox");
    }
    if (!isStopped) timer = setTimeout(wake, waitMs);
  };
  const wake = () => {
    relaying = (relaying ?? Promise.resolve()).then(relay);
  };

  const stopListening = await listen("executor", { onMessage: wake, onGap: wake });
  await takeBackRefused();
  wake();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    stopListening();
    await relaying;
  };
}
