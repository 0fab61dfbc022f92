import type { QueryResultRow } from "pg";
import { pool } from "@/lib/db/client";

/** A statement that a connection plans once. */
type Named = { name: string; text: string; values: unknown[] };

/** Whatever runs SQL: the pool, or one connection inside a transaction. */
export type Sql = {
  query<R extends QueryResultRow>(statement: string | Named, values?: unknown[]): Promise<{ rows: R[] }>;
};

/** Runs the work in a transaction of its own: all of it happens, or nothing. */
export async function inTransaction<T>(work: (client: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // A broken connection takes its transaction with it, so it is not put back.
    client.release(true);
    throw error;
  }
}
