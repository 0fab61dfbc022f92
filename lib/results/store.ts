import type pg from "pg";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Place } from "@/lib/triage/place";
import { limits } from "./formats/entry";
import { rankSql } from "./statuses";

// In the order of the identity: two imports that create the same cases then wait for each other in one direction only.
const insertCases = `
  insert into "TestCase" (id, "workspaceId", "projectId", identity, suite, "className", name)
  select "caseId", $1, $2, identity, suite, "className", name from staging order by identity
  on conflict ("projectId", identity) do nothing`;

const lockRenamed = `
  select c.id from "TestCase" c join staging s on s.identity = c.identity
  where c."projectId" = $1 and c."workspaceId" = $2 and s."hasTestId"
    and (c.suite, c."className", c.name) is distinct from (s.suite, s."className", s.name)
  order by c.identity for no key update of c`;

const renameCases = `
  update "TestCase" c set suite = s.suite, "className" = s."className", name = s.name, "updatedAt" = now()
  from staging s
  where c."projectId" = $1 and c."workspaceId" = $2 and c.identity = s.identity and s."hasTestId"
    and (c.suite, c."className", c.name) is distinct from (s.suite, s."className", s.name)`;

/** Creates the cases that the project does not have. A case that is known by its test_id takes its new name. */
export async function storeCases(client: pg.PoolClient, { workspaceId, projectId }: Place): Promise<number> {
  const { rowCount } = await client.query(insertCases, [workspaceId, projectId]);
  const renamed = await client.query(lockRenamed, [projectId, workspaceId]);
  if (renamed.rowCount) await client.query(renameCases, [projectId, workspaceId]);
  return rowCount ?? 0;
}

const failing = (row: string) => `${row}.status in ('failed', 'error', 'flaky')`;
const passing = (row: string) => `${row}.status in ('passed', 'flaky')`;

// What two files of one run say of one test. Of the same CI attempt nobody knows which came first, so passed and failed
// is flaky; a later attempt has the last word.
const sameAttempt = `case
  when (${passing("r")} or ${passing("excluded")}) and (${failing("r")} or ${failing("excluded")}) then 'flaky'
  when excluded.status = 'skipped' then r.status else excluded.status end`;
const laterAttempt = `case
  when excluded.status = 'skipped' then r.status
  when excluded.status = 'passed' and ${failing("r")} then 'flaky' else excluded.status end`;

// A failure's text outlives the attempt that passed, and so does the fingerprint of that text.
const told = (column: string) =>
  `${column} = case when ${failing("excluded")} or not (${failing("r")}) then excluded.${column} else r.${column} end`;

const insertResults = (knowsCases: boolean) => `
  insert into "TestResult" as r (
    id, "workspaceId", "projectId", "runId", "caseId", environment, status, rank,
    type, message, stack, output, "durationMs", attempt, attempts, properties, fingerprint)
  select s.id, $1, $2, $3, ${knowsCases ? "c.id" : `s."caseId"`}, $4, s.status, ${rankSql("s.status")},
    s.type, s.message, s.stack, s.output, s."durationMs", s.attempt, s.attempts, s.properties, s.fingerprint
  from staging s ${knowsCases ? `join "TestCase" c on c."projectId" = $2 and c.identity = s.identity` : ""}`;

const mergeResults = (status: string) => `
  on conflict ("runId", "caseId", environment) do update set
    status = ${status}, rank = ${rankSql(status)},
    ${told("type")}, ${told("message")}, ${told("stack")}, ${told("fingerprint")},
    output = coalesce(excluded.output, r.output), "durationMs" = excluded."durationMs",
    attempt = least(r.attempt + excluded.attempt, 30000),
    attempts = jsonb_path_query_array(
      coalesce(r.attempts, '[]') || jsonb_build_array(jsonb_build_object(
        'status', r.status, 'type', r.type, 'message', r.message, 'stack', r.stack, 'durationMs', r."durationMs"))
      || coalesce(excluded.attempts, '[]'), '$[last - ${limits.attempts - 1} to last]'),
    properties = nullif(coalesce(r.properties, '{}') || coalesce(excluded.properties, '{}'), '{}')`;

type Into = { runId: string; environment: string; isNewRun: boolean; isLaterAttempt: boolean; allCasesNew: boolean };

/** Adds the staged results to the run; where the run has the test already, they become further attempts. */
export async function storeResults(client: pg.PoolClient, place: Place, into: Into): Promise<void> {
  const merge = into.isNewRun ? "" : mergeResults(into.isLaterAttempt ? laterAttempt : sameAttempt);
  const sql = insertResults(!into.allCasesNew) + merge;
  await client.query(sql, [place.workspaceId, place.projectId, into.runId, into.environment]);
}

export type Totals = Record<ResultStatus, number>;

/** What the run holds, counted anew, so that the numbers are those of the rows. */
export async function countResults(
  client: pg.PoolClient,
  { workspaceId }: Place,
  runId: string,
): Promise<{ totals: Totals; count: number; durationMs: string }> {
  const { rows } = await client.query<{ status: ResultStatus; count: number; ms: string }>(
    `select status, count(*)::int as count, sum("durationMs")::text as ms
     from "TestResult" where "runId" = $1 and "workspaceId" = $2 group by status`,
    [runId, workspaceId],
  );
  const totals: Totals = { passed: 0, failed: 0, error: 0, skipped: 0, flaky: 0, blocked: 0, retest: 0 };
  let durationMs = 0n;
  for (const { status, count, ms } of rows) {
    totals[status] = count;
    durationMs += BigInt(ms);
  }
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return { totals, count, durationMs: durationMs.toString() };
}
