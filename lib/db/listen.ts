import type { PoolClient } from "pg";
import { log } from "@/lib/log";
import { pool } from "./client";

type Listener = {
  onMessage: (payload: string) => void;
  /** The connection was lost and is back: something may have been missed. */
  onGap: () => void;
  /** Prepares each session before it listens. */
  prepare?: (session: PoolClient) => Promise<void>;
};

/**
 * Listens on a PostgreSQL channel over a connection of its own, again and again until `stop` is called. Resolves when
 * the first LISTEN stands.
 */
export async function listen(channel: string, { onMessage, onGap, prepare }: Listener): Promise<() => void> {
  let client: PoolClient | undefined;
  let stopped = false;

  const connect = async () => {
    const mine = await pool.connect();
    if (stopped) return mine.release();
    client = mine;
    // The driver reports a dead backend more than once; only the first report counts.
    let lost = false;
    mine.on("error", () => {
      if (lost) return;
      lost = true;
      // Stopped before the report came: it has been given back already.
      if (client !== mine) return;
      client = undefined;
      mine.release(true);
      void again(250);
    });
    mine.on("notification", (message) => {
      if (message.channel === channel) onMessage(message.payload ?? "");
    });
    try {
      await prepare?.(mine);
      await mine.query(`listen ${mine.escapeIdentifier(channel)}`);
    } catch (error) {
      // A backend that died meanwhile has been reported as an error, and the next attempt is on its way already.
      if (lost) return;
      lost = true;
      client = undefined;
      mine.release(true);
      throw error;
    }
  };

  const again = async (waitMs: number): Promise<void> => {
    await new Promise((done) => setTimeout(done, waitMs));
    if (stopped) return;
    try {
      await connect();
      onGap();
    } catch (error) {
      log.warn({ err: error, channel }, "cannot listen to the database yet");
      await again(Math.min(waitMs * 2, 5000));
    }
  };

  await connect();
  return () => {
    stopped = true;
    client?.removeAllListeners("notification");
    // Destroyed rather than returned, because it would go on listening in the pool.
    client?.release(true);
    client = undefined;
  };
}
