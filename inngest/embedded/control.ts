import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { cancelRuns } from "./finalize";
import { lockSingletons } from "./flow/singleton";
import type { Sql } from "./sql";
import { startRuns } from "./start-runs";

/**
 * What people do to runs, as part of the caller's transaction. Who may do it to which run is the caller's to decide.
 */

/** Ends an unfinished run: what is under way stores nothing any more. False when it had ended already. */
export async function cancelRun(tx: Tx, runId: string): Promise<boolean> {
  const cancelled = await cancelRuns(inTx(tx), [runId], "Somebody cancelled it.");
  return cancelled.length > 0;
}

/**
 * Starts the run's function once more for the same events, from its beginning. Null when there is no such run. Throws
 * conflict where one run for each key is allowed and one is under way.
 */
export async function rerun(tx: Tx, runId: string): Promise<{ runId: string } | null> {
  const client = inTx(tx);
  const { rows: runs } = await client.query<{ functionId: string; eventIds: string[]; singletonKey: string | null }>(
    `SELECT function_id AS "functionId", event_ids AS "eventIds", singleton_key AS "singletonKey"
     FROM executor.run WHERE id = $1::uuid`,
    [runId],
  );
  const [run] = runs;
  if (!run) return null;
  if (run.singletonKey !== null) {
    const [other] = await lockSingletons(client, [{ functionId: run.functionId, key: run.singletonKey }]);
    if (other) throw new AppError("conflict", "This job runs already, and only one of its kind may run at a time.");
  }
  // Kept from being pruned meanwhile, and its events with it.
  await client.query("SELECT FROM executor.run WHERE id = $1::uuid FOR SHARE", [runId]);
  const { rows: events } = await client.query<{ id: string; name: string; data: unknown }>(
    `SELECT event.id, name, data FROM executor.run CROSS JOIN unnest(event_ids) WITH ORDINALITY AS asked (event_id, place)
     JOIN executor.event ON event.id = asked.event_id WHERE run.id = $1::uuid ORDER BY place`,
    [runId],
  );
  if (events.length < run.eventIds.length) return null;
  const [started] = await startRuns(
    client,
    [
      {
        functionId: run.functionId,
        events,
        rerunOf: runId,
        ...(run.singletonKey !== null && { singletonKey: run.singletonKey }),
      },
    ],
    [],
  );
  await wake(client);
  return started ?? null;
}

/**
 * Makes the run's next attempts due now. False when none of them waits for its time: sleeps and waits are the function's
 * own and stay.
 */
export async function hurryRun(tx: Tx, runId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE executor.job SET due_at = now(), rank = least(rank, now())
    WHERE run_id = ${runId}::uuid AND kind = 'call' AND attempt > 0 AND worker IS NULL AND due_at > now()`;
  if (count > 0) await wake(inTx(tx));
  return count > 0;
}

/** Keeps all runs of the function where they are, and those to come. False when there is no such function. */
export async function pauseFunction(tx: Tx, functionId: string): Promise<boolean> {
  const { count } = await tx.executorFunction.updateMany({
    where: { id: functionId, pausedAt: null },
    data: { pausedAt: new Date() },
  });
  if (count > 0) await wake(inTx(tx));
  return count > 0;
}

/** Lets a paused function go on. */
export async function resumeFunction(tx: Tx, functionId: string): Promise<boolean> {
  const { count } = await tx.executorFunction.updateMany({
    where: { id: functionId, pausedAt: { not: null } },
    data: { pausedAt: null },
  });
  if (count > 0) await wake(inTx(tx));
  return count > 0;
}

/** The executors look again when the transaction commits. */
const wake = (client: Sql) => client.query("SELECT pg_notify('executor', 'due')::text");

/** The executor's SQL in a transaction of Prisma's. */
const inTx = (tx: Tx): Sql => ({
  query: async (statement, given = []) => {
    const { text, values } = typeof statement === "string" ? { text: statement, values: given } : statement;
    return { rows: await tx.$queryRawUnsafe(text, ...values) };
  },
});
