import { newId } from "@/lib/db/ids";
import type { RunnableFunction } from "./config";
import { toJsonb } from "./jsonb";
import { FINISH, START } from "./lapse";
import type { Sql } from "./sql";

/** Stores what may cancel runs that have just been stored, in the same transaction: events, and times. */
export async function addWaysToEnd(
  client: Sql,
  runs: readonly { runId: string; fn: RunnableFunction }[],
): Promise<void> {
  const pauses = runs.flatMap(({ runId, fn }) =>
    (fn.config.cancel ?? []).map(({ event, if: expression, timeout }, place) => ({
      run_id: runId,
      step_id: `cancel:${place}`,
      event,
      expression: expression ?? null,
      expires_ms: timeout ?? null,
    })),
  );
  if (pauses.length > 0) {
    await client.query(
      `INSERT INTO executor.pause (run_id, step_id, kind, event, expression, expires_at)
       SELECT run_id, step_id, 'cancel', event, expression, now() + expires_ms * interval '1 ms'
       FROM jsonb_to_recordset($1) AS p (run_id uuid, step_id text, event text, expression text, expires_ms float8)`,
      [toJsonb(pauses)],
    );
  }
  const jobs = runs.flatMap(({ runId, fn: { id, config } }) =>
    (
      [
        [START, config.timeouts?.start],
        [FINISH, config.timeouts?.finish],
      ] as const
    ).flatMap(([stepId, afterMs]) =>
      afterMs === undefined
        ? []
        : { job_id: newId(), run_id: runId, function_id: id, step_id: stepId, after_ms: afterMs },
    ),
  );
  if (jobs.length > 0) {
    await client.query(
      `INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, rank)
       SELECT job_id, run_id, function_id, 'expire', step_id, now() + after_ms * interval '1 ms',
         now() + after_ms * interval '1 ms'
       FROM jsonb_to_recordset($1) AS j (job_id uuid, run_id uuid, function_id text, step_id text, after_ms float8)`,
      [toJsonb(jobs)],
    );
  }
}
