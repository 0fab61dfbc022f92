import type pg from "pg";
import { pool } from "./client";

/** Runs SQL of ours in one transaction on one connection: all of it happens, or nothing. */
export async function rawTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let fault: Error | undefined;
  try {
    await client.query("begin");
    const value = await work(client);
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      // A connection that could not roll back is closed, which rolls back as well.
      fault = cause;
    });
    throw error;
  } finally {
    client.release(fault);
  }
}
