import type { Job, Standing } from "./claim";
import { runnable } from "./config";
import { cancelRuns } from "./finalize";
import { lockRuns, settleOpen } from "./settle-open";
import { inTransaction, type Sql } from "./sql";

const TIMED_OUT = { name: "InvokeTimeoutError", message: "The invoked function did not return in time." };

/** What is done when a time is over that is not a sleep's: that of a wait, of an invocation or of the run itself. */
export function lapse(job: Job): Promise<Standing> {
  return inTransaction(async (client) => {
    const { rows } = await client.query("SELECT FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE", [
      job.id,
      job.fence,
    ]);
    if (rows.length === 0) return { stale: true, nextFence: null };
    if (job.kind === "expire" && (await extendLife(client, job))) return { stale: false, nextFence: null };
    if (job.kind === "timeout") await giveUp(client, job);
    await client.query("DELETE FROM executor.job WHERE id = $1", [job.id]);
    return { stale: false, nextFence: null };
  });
}

async function giveUp(client: Sql, { runId, stepId }: Job): Promise<void> {
  const { rows } = await client.query<{ op: string }>(
    "SELECT op FROM executor.step WHERE run_id = $1 AND step_id = $2",
    [runId, stepId],
  );
  const error = rows[0]?.op === "invoke" ? TIMED_OUT : null;
  await settleOpen(client, [{ runId, stepId, output: null, error }]);
}

/** Cancels the run if its time is over; true when its time has moved, since its clock began with its first call. */
async function extendLife(client: Sql, { id, runId, functionId, stepId }: Job): Promise<boolean> {
  await lockRuns(client, [runId]);
  const { rows } = await client.query<{ state: string; ageMs: number | null; config: unknown }>(
    `SELECT state, (extract(epoch FROM now() - started_at) * 1000)::float8 AS "ageMs", config
     FROM executor.run JOIN executor.function ON function.id = run.function_id
     WHERE run.id = $1 AND run.function_id = $2`,
    [runId, functionId],
  );
  const [run] = rows;
  if (!run) return false;
  if (stepId === START) {
    if (run.state === "queued") await cancelRuns(client, [runId], "It did not start in time.");
    return false;
  }
  const { finish } = runnable(run.config).config.timeouts ?? {};
  // Another release may have taken the limit away.
  if (finish === undefined) return false;
  const restMs = finish - (run.ageMs ?? 0);
  if (restMs <= 0) {
    await cancelRuns(client, [runId], "It did not finish in time.");
    return false;
  }
  await client.query(
    `UPDATE executor.job SET worker = NULL, lost = 0, due_at = now() + $2::float8 * interval '1 ms',
       rank = now() + $2::float8 * interval '1 ms' WHERE id = $1`,
    [id, restMs],
  );
  return true;
}

/** The steps that jobs of kind expire are for, which no function has: hashes have no colon. */
export const START = "expire:start";
export const FINISH = "expire:finish";
