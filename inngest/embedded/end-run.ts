import { pool } from "@/lib/db/client";
import type { Job, Standing } from "./claim";
import { ENDING, type End, type Ended, endStatement, tellable, toEnding, toParent } from "./finalize";
import { toJsonb } from "./jsonb";
import { settleOpen } from "./settle-open";
import { inTransaction, type Sql } from "./sql";

// The job is locked before the run and deleted after it: who waits for it must not hold the run meanwhile.
const END_RUN = `${endStatement({
  before: `mine AS (
    SELECT id, run_id FROM executor.job WHERE id = $3 AND fence = $4 FOR UPDATE
  ), ending AS (
    SELECT mine.run_id, e.state, e.output, e.error, e.attempts, e.event_id, e.finished_id
    FROM mine, jsonb_to_recordset($2) AS e (${ENDING})
  )`,
  after: `, done AS (
    DELETE FROM executor.job USING mine WHERE job.id = mine.id AND (SELECT count(*) FROM ended) IS NOT NULL
  )`,
})}
SELECT EXISTS (SELECT FROM mine) AS mine, ended.id AS "runId", ended.function_id AS "functionId",
  ended.parent_run_id AS "parentRunId", ended.parent_step_id AS "parentStepId"
FROM (VALUES (1)) AS one LEFT JOIN ended ON true`;

/** Ends the run and its job; the step that invoked the run learns of it in the same transaction. */
export function endRun(job: Job, end: Exclude<End, { state: "cancelled" }>): Promise<Standing> {
  if (job.events[0]?.name !== "inngest/function.invoked") return endWith(pool, job, end);
  return inTransaction((client) => endWith(client, job, end));
}

async function endWith(client: Sql, job: Job, end: End): Promise<Standing> {
  const { rows } = await client.query<{ mine: boolean } & (Ended | { runId: null })>({
    name: "executor-end",
    text: END_RUN,
    values: [tellable, toJsonb([toEnding(job.runId, end, job.attempt + 1)]), job.id, job.fence],
  });
  const [row] = rows;
  const parent = row && row.runId !== null ? toParent(row, end) : null;
  if (parent) await settleOpen(client, [parent]);
  return { stale: !row?.mine, nextFence: null };
}
