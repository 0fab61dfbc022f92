import { setTimeout as sleep } from "node:timers/promises";
import { makeExecutor } from "@/inngest/embedded/start";
import { pool } from "@/lib/db/client";
import { type Lagging, passTime } from "../time";

const limitMs = 10 * 60_000;
// Who does nothing for so long, and holds no job, waits for a time to come.
const quietMs = 400;
// So long nobody has had anything to do, not even whoever sweeps up what was left each minute.
const deadMs = 100_000;

type Watched = {
  /** Whether whoever works has nothing to do now; without it, that nobody holds a job and nothing changes says so. */
  isIdle?: () => boolean;
  limitMs?: number;
  /** How much more time passes than until the next one is due: of many that follow each other closely, several at once. */
  leapMs?: number;
  /** So many created are enough for now; without it all of them, and nothing left to do. */
  enough?: number;
};

/** Another process takes over, until nothing is left to do. */
export async function takeOver(sandbox: Lagging, creationIds: readonly string[]): Promise<{ tookMs: number }> {
  const executor = makeExecutor();
  await executor.start();
  try {
    return await goOn(sandbox, creationIds, { isIdle: () => executor.isIdle });
  } finally {
    await executor.stop(2_000);
  }
}

/**
 * Waits until all are created and nothing is left to do, with the delays that the product really has: where it would
 * wait, time passes without waiting. Answers how long the last one took in that time.
 */
export async function goOn(
  sandbox: Lagging,
  creationIds: readonly string[],
  { isIdle, limitMs: mostMs = limitMs, leapMs = 0, enough }: Watched = {},
): Promise<{ tookMs: number }> {
  const startedAt = Date.now();
  let passedMs = 0;
  let tookMs = 0;
  let [seen, seenAt] = ["", startedAt];
  while (true) {
    const { dueMs, held, ...standing } = await readStanding(creationIds);
    const isCreated = standing.created === creationIds.length;
    if (!tookMs && isCreated) tookMs = Date.now() - startedAt + passedMs;
    if (isCreated && standing.jobs === 0) return { tookMs };
    if (enough !== undefined && standing.created >= enough) return { tookMs };
    if (passedMs > mostMs) throw new Error(`Not done after ${mostMs} ms: ${JSON.stringify(standing)}`);

    if (JSON.stringify(standing) !== seen) [seen, seenAt] = [JSON.stringify(standing), Date.now()];
    if (standing.jobs === 0 && Date.now() - seenAt > deadMs) throw new Error(`Left: ${JSON.stringify(standing)}`);
    const isWaiting = isIdle ? isIdle() : held === 0 && Date.now() - seenAt > quietMs;
    // What is under way goes on in true time: the time of its lease, or of its call, must not pass it by.
    if (isWaiting && dueMs > 20) {
      passedMs += dueMs + leapMs;
      await passTime(sandbox, dueMs + leapMs);
      seenAt = Date.now();
    }
    await sleep(5);
  }
}

async function readStanding(creationIds: readonly string[]) {
  const { rows } = await pool.query<{
    jobs: number;
    held: number;
    fences: number;
    created: number;
    dueMs: number | null;
  }>(
    `SELECT count(*)::int + (SELECT count(*)::int FROM "Outbox") AS jobs, count(worker)::int AS held, coalesce(sum(fence), 0)::int AS fences,
       (SELECT count(*)::int FROM "IssueCreation" WHERE id = ANY ($1::uuid[]) AND state = 'created') AS created,
       (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS "dueMs"
     FROM executor.job WHERE function_id ~ '(create-issue|bulk-create)$'`,
    [creationIds],
  );
  const [{ dueMs, ...standing } = { jobs: 0, held: 0, fences: 0, created: 0, dueMs: null }] = rows;
  return { ...standing, dueMs: dueMs ?? 0 };
}
