import { cancelRun } from "@/inngest/embedded/control";
import type { Executor } from "@/inngest/embedded/executor";
import { makeExecutor } from "@/inngest/embedded/start";
import { pool, transaction } from "@/lib/db/client";
import { type Engine, tolerances } from "./engine";

/** The executor of this process. */
export function embedded(): Engine {
  let executor: Executor | undefined;
  return {
    tolerances: tolerances.embedded,
    async start(functions) {
      executor = makeExecutor({ functions, pollMs: 500, retryBaseMs: 20 });
      await executor.start();
    },
    stop: async () => executor?.stop(0),
    beginMinute: hurryCrons,
    cancel: cancelRuns,
    // The outbox is what it reads.
    relay: async () => async () => {},
  };
}

/** As somebody does it on the page. */
export async function cancelRuns(functionId: string, eventData: Record<string, string>): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT run.id FROM executor.run JOIN executor.event ON event.id = ANY (run.event_ids)
     WHERE function_id LIKE '%' || $1 AND event.data @> $2`,
    [functionId, JSON.stringify(eventData)],
  );
  for (const { id } of rows) await transaction((tx) => cancelRun(tx, id));
}

/** The one thing that a case needs and only time could give: the next tick of each cron is due now. */
export async function hurryCrons(): Promise<void> {
  await pool.query(
    `UPDATE executor.window SET due_at = now()
     WHERE kind = 'cron' AND (function_id LIKE '%conformance%' OR function_id LIKE '%sweep-creations')`,
  );
}
