import type pg from "pg";
import type { Place } from "./place";

// Tables that are being filled look empty to PostgreSQL, which then joins each row with each; of what stands behind
// `lateral … offset 0` it can only look up one by its key.
// What the pages count with; whoever changes a result's fingerprint or status counts its run anew.
const count = (which: string) => `
  insert into "RunFingerprint" (
    "runId", hash, "workspaceId", "projectId", failures, flaky, cases, suites, environments, "resultId")
  select r."runId", r.fingerprint, $2, $3,
    count(*) filter (where r.status <> 'flaky'), count(*) filter (where r.status = 'flaky'),
    count(distinct r."caseId"), count(distinct c.suite),
    (array_agg(distinct r.environment))[1:20], (array_agg(r.id order by r.status = 'flaky', r.id))[1]
  from "TestResult" r cross join lateral (select suite from "TestCase" where id = r."caseId" offset 0) c
  where ${which} and r."workspaceId" = $2 and r.fingerprint is not null
    and r.status in ('failed', 'error', 'flaky')
  group by r."runId", r.fingerprint`;

/** Counts the run's failing results by fingerprint. Answers how many fingerprints there are. */
export async function countFingerprints(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  runId: string,
): Promise<number> {
  await client.query(`delete from "RunFingerprint" where "runId" = $1 and "workspaceId" = $2`, [runId, workspaceId]);
  const { rowCount } = await client.query(count(`r."runId" = $1`), [runId, workspaceId, projectId]);
  return rowCount ?? 0;
}

/** Counts some fingerprints anew in the runs in which they were or are. */
export async function recountFingerprints(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  runIds: readonly string[],
  hashes: readonly string[],
): Promise<void> {
  await client.query(
    `delete from "RunFingerprint" where "runId" = any($1::uuid[]) and hash = any($2::uuid[]) and "workspaceId" = $3`,
    [runIds, hashes, workspaceId],
  );
  const which = `r."runId" = any($1::uuid[]) and r.fingerprint = any($4::uuid[])`;
  await client.query(count(which), [runIds, workspaceId, projectId, hashes]);
}
