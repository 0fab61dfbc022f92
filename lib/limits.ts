import { pool } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const countOne = `
  insert into "AttemptWindow" ("key", "startsAt", "count", "expiresAt") values ($1, $2, 1, $3)
  on conflict ("key", "startsAt") do update set "count" = "AttemptWindow"."count" + 1
  returning "count"`;

// Locked rows are another process's to delete; skipping them keeps two sweeps from waiting for each other.
const sweep = `
  delete from "AttemptWindow" where ("key", "startsAt") in (
    select "key", "startsAt" from "AttemptWindow" where "expiresAt" < now() limit 200 for update skip locked)`;

/**
 * Counts one attempt under the key and throws rate_limited, with the time from which it is allowed again, when the
 * window has more than `limit` of them. On a connection of its own: an attempt counts even if its work is undone.
 */
export async function countAttempt(key: string, limit: number, windowSeconds: number): Promise<void> {
  const windowMs = windowSeconds * 1000;
  const startsAt = new Date(Math.floor(Date.now() / windowMs) * windowMs);
  const expiresAt = new Date(startsAt.getTime() + windowMs);
  const { rows } = await pool.query<{ count: number }>(countOne, [key, startsAt, expiresAt]);
  const count = rows[0]?.count ?? 1;
  if (count === 1) await pool.query(sweep);
  if (count > limit)
    throw new AppError("rate_limited", `Too many attempts. Try again after ${inWords(expiresAt)}.`, {
      retryAt: expiresAt,
    });
}

/** Forgets what was counted under the key, after a success that makes the earlier failures harmless. */
export async function forgetAttempts(key: string): Promise<void> {
  await pool.query(`delete from "AttemptWindow" where "key" = $1`, [key]);
}

const inWords = (time: Date) => `${time.toISOString().slice(11, 16)} UTC`;
