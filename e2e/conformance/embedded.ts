import type { Executor } from "@/inngest/embedded/executor";
import { makeExecutor } from "@/inngest/embedded/start";
import { pool } from "@/lib/db/client";
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
    // The outbox is what it reads.
    relay: async () => async () => {},
  };
}

/** The one thing that a case needs and only time could give: the next tick of each cron is due now. */
export async function hurryCrons(): Promise<void> {
  await pool.query(
    "UPDATE executor.window SET due_at = now() WHERE kind = 'cron' AND function_id LIKE '%conformance%'",
  );
}
