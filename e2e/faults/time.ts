import { pool } from "@/lib/db/client";
import type { Front } from "../sandbox/front";

/** Every moment that a creation, its job or its budget waits for, or counts from. */
const moments = {
  "executor.job": ["due_at", "rank"],
  '"IssueCreation"': ["sentAt", "lastSentAt", "retryAt"],
  '"RateBudget"': ["blockedUntil", "writeUntil", "nextWriteAt", "awaitedUntil", "lineEndsAt", "bulkLineEndsAt"],
  '"RateWindow"': ["resetAt", "seenAt"],
};

/** Whose index has a time of its own. */
export type Lagging = { lag: Pick<Front["lag"], "passTime"> };

const passed: { at: number; ms: number }[] = [];

/** Lets so much time pass for the product and the trackers' indexes, without waiting. */
export async function passTime(sandbox: Lagging, ms: number): Promise<void> {
  const whole = Math.ceil(ms);
  sandbox.lag.passTime(whole);
  for (const [table, columns] of Object.entries(moments)) {
    const earlier = columns.map((column) => `"${column}" = "${column}" - $1 * interval '1 ms'`);
    await pool.query(`UPDATE ${table} SET ${earlier.join(", ")}`, [whole]);
  }
  passed.push({ at: Date.now(), ms: whole });
  // The tests' PostgreSQL cleans up nothing by itself, and every row has just been written anew.
  if (passed.length % 20 === 0) await pool.query(`VACUUM ${Object.keys(moments).join(", ")}`);
  // Whoever sleeps until the next job is due looks again.
  await pool.query("SELECT pg_notify('executor', 'time has passed')");
}

/** A true moment in the product's time. */
export const inProductTime = (at: number): number =>
  passed.reduce((sum, one) => (one.at <= at ? sum + one.ms : sum), at);
