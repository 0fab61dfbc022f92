import { pool } from "@/lib/db/client";
import type { Job, Standing, StepFailure } from "./claim";
import { toJsonb } from "./jsonb";

type End = { state: "completed"; output: unknown } | { state: "failed"; error: StepFailure };

/** Ends the run and its job. */
export async function endRun(job: Job, end: End): Promise<Standing> {
  const { rows } = await pool.query<{ mine: boolean }>({
    name: "executor-end",
    text: `WITH mine AS (
      DELETE FROM executor.job WHERE id = $1 AND fence = $2 RETURNING run_id
    ), ended AS (
      UPDATE executor.run SET state = $3, output = $4, error = $5, ended_at = now(), attempts = greatest(attempts, $6::int)
      FROM mine WHERE run.id = mine.run_id AND run.state IN ('queued', 'running')
    )
    SELECT EXISTS (SELECT FROM mine) AS mine`,
    values: [
      job.id,
      job.fence,
      end.state,
      end.state === "completed" ? toJsonb(end.output) : null,
      end.state === "failed" ? toJsonb(end.error) : null,
      job.attempt + 1,
    ],
  });
  return { stale: !rows[0]?.mine, nextFence: null };
}
