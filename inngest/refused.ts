import { pool } from "@/lib/db/client";
import { log } from "@/lib/log";

/** Whatever runs SQL: the pool, or one connection. */
type Sql = { query(text: string, values: unknown[]): Promise<unknown> };

/** An event that can be taken by nobody stays in the outbox, out of the others' way. */
export async function setAside(sql: Sql, id: string, refusal: string): Promise<void> {
  await sql.query('UPDATE "Outbox" SET "refusedAt" = now(), refusal = $2 WHERE id = $1', [id, refusal]);
}

/** Whatever was the reason of a refusal may have been mended. */
export async function takeBackRefused(): Promise<void> {
  const { rowCount } = await pool.query('UPDATE "Outbox" SET "refusedAt" = NULL WHERE "refusedAt" IS NOT NULL');
  if (rowCount) log.info({ events: rowCount }, "events that were refused earlier are tried once more");
}
