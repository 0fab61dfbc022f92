import type { Tx } from "@/lib/db/client";

/**
 * What people do to runs, as part of the caller's transaction. Who may do it to which run is the caller's to decide.
 */

/** Ends an unfinished run: what is under way stores nothing any more. False when it had ended already. */
export async function cancelRun(tx: Tx, runId: string): Promise<boolean> {
  const ended = await tx.executorRun.updateMany({
    where: { id: runId, state: { in: ["queued", "running"] } },
    data: { state: "cancelled", endedAt: new Date() },
  });
  return ended.count > 0;
}

/** Starts the run's function once more for the same events, from its beginning. Null when there is no such run. */
export async function rerun(_tx: Tx, _runId: string): Promise<{ runId: string } | null> {
  throw new Error("not there yet");
}

/** Keeps all runs of the function where they are, and those to come. False when there is no such function. */
export async function pauseFunction(tx: Tx, functionId: string): Promise<boolean> {
  const { count } = await tx.executorFunction.updateMany({
    where: { id: functionId, pausedAt: null },
    data: { pausedAt: new Date() },
  });
  return count > 0;
}

/** Lets a paused function go on. */
export async function resumeFunction(tx: Tx, functionId: string): Promise<boolean> {
  const { count } = await tx.executorFunction.updateMany({
    where: { id: functionId, pausedAt: { not: null } },
    data: { pausedAt: null },
  });
  return count > 0;
}
