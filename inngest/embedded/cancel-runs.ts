import { type End, endRuns } from "./finalize";
import type { Sql } from "./sql";

/** Cancels unfinished runs in the caller's transaction; `reason` is a sentence for people. Returns the ids of those. */
export async function cancelRuns(client: Sql, runIds: readonly string[], reason: string): Promise<string[]> {
  const ended = await endRuns(client, new Map(runIds.map((runId) => [runId, cancellation(reason)])));
  return ended.map(({ runId }) => runId);
}

/** An end that is a cancellation. */
export const cancellation = (reason: string): End => ({
  state: "cancelled",
  error: { name: "Cancelled", message: reason },
});
