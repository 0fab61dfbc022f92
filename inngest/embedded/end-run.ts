import { pool } from "@/lib/db/client";
import { batched } from "./batch";
import type { Job, Standing } from "./claim";
import { ENDING, type End, type Ended, endStatement, tellable, toEnding, toParent } from "./finalize";
import { toJsonb } from "./jsonb";
import { isPassing } from "./persist";
import { lockRuns, settleOpen } from "./settle-open";
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

// An end of many must wait for none of them: what somebody else holds, or is not to end yet, is ended by itself.
const END_TOGETHER = `${endStatement({
  before: `mine AS MATERIALIZED (
    SELECT e.* FROM jsonb_to_recordset($2) AS e (job_id uuid, fence int, ${ENDING})
    JOIN executor.job ON job.id = e.job_id AND job.fence = e.fence FOR UPDATE OF job SKIP LOCKED
  ), ending AS MATERIALIZED (
    SELECT mine.* FROM mine JOIN executor.run ON run.id = mine.run_id
    WHERE run.state = 'running' AND run.open_steps = 0 FOR NO KEY UPDATE OF run SKIP LOCKED
  )`,
  after: `, done AS (
    DELETE FROM executor.job USING mine, ended WHERE mine.run_id = ended.id AND job.id = mine.job_id
  )`,
})}
SELECT id FROM ended`;

type Ask = { job: Job; end: End };

const together = batched(async (asked: readonly Ask[]) => {
  const endings = asked.map(({ job, end }) => ({
    job_id: job.id,
    fence: job.fence,
    ...toEnding(job.runId, end, job.attempt + 1),
  }));
  const { rows } = await pool.query<{ id: string }>({
    name: "executor-end-together",
    text: END_TOGETHER,
    values: [tellable, toJsonb(endings)],
  });
  const ended = new Set(rows.map(({ id }) => id));
  return asked.map(({ job }) => ended.has(job.runId));
});

/** Ends the run and its job; the step that invoked the run learns of it in the same transaction. */
export async function endRun(job: Job, end: Exclude<End, { state: "cancelled" }>): Promise<Standing> {
  if (job.events[0]?.name === "inngest/function.invoked") {
    return inTransaction(async (client) => {
      await client.query("SELECT FROM executor.job WHERE id = $1 AND fence = $2 FOR UPDATE", [job.id, job.fence]);
      await lockRuns(client, [job.runId]);
      return endWith(client, job, end);
    });
  }
  const isDone = await together({ job, end }).catch((error: unknown) => {
    // One of the others may be what the database refused.
    if (isPassing(error)) throw error;
    return false;
  });
  return isDone ? { stale: false, nextFence: null } : endWith(pool, job, end);
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
