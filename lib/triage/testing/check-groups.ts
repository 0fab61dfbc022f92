import { pool } from "@/lib/db/client";
import { checkFolded } from "./import-xml";

/*
 * What has to be true of a project's groups at any time, whoever has imported, merged, split, undone or assessed: each
 * query finds what breaks it.
 */
const broken = {
  "a run's totals are not those of its results": `
    select r.id from "TestRun" r cross join lateral (
      select count(*) filter (where t.status = 'passed') as passed, count(*) filter (where t.status = 'failed') as failed,
        count(*) filter (where t.status = 'error') as error, count(*) filter (where t.status = 'skipped') as skipped,
        count(*) filter (where t.status = 'flaky') as flaky
      from "TestResult" t where t."runId" = r.id) n
    where r."projectId" = $1
      and (r.passed, r.failed, r.error, r.skipped, r.flaky) <> (n.passed, n.failed, n.error, n.skipped, n.flaky)`,
  "what a run counts of a fingerprint is not what its results say": `
    select x.hash from "RunFingerprint" x cross join lateral (
      select count(*) filter (where t.status in ('failed', 'error')) as failures,
        count(*) filter (where t.status = 'flaky') as flaky, count(distinct t."caseId") as cases,
        count(distinct c.suite) as suites, (array_agg(distinct t.environment))[1:20] as environments
      from "TestResult" t join "TestCase" c on c.id = t."caseId"
      where t."runId" = x."runId" and t.fingerprint = x.hash) n
    where x."projectId" = $1 and (x.failures, x.flaky, x.cases, x.suites, x.environments)
      is distinct from (n.failures::int, n.flaky::int, n.cases::int, n.suites::int, n.environments)`,
  "what a run shows of a fingerprint is not a result that has it": `
    select x.hash from "RunFingerprint" x where x."projectId" = $1 and not exists (
      select from "TestResult" t where t.id = x."resultId" and t."runId" = x."runId" and t.fingerprint = x.hash)`,
  "a group that is no more, or of another project, has a fingerprint": `
    select f.hash from "Fingerprint" f join "FailureGroup" g on g.id = f."groupId"
    where f."projectId" = $1 and (g."mergedIntoId" is not null or g."projectId" <> f."projectId")`,
  "a group has nothing and leads nowhere": `
    select g.id from "FailureGroup" g where g."projectId" = $1 and g."mergedIntoId" is null
      and not exists (select from "Fingerprint" f where f."groupId" = g.id)`,
  "a group leads to one that is no more and leads nowhere": `
    select g.id from "FailureGroup" g left join "FailureGroup" i on i.id = g."mergedIntoId" and i."projectId" = g."projectId"
    where g."projectId" = $1 and g."mergedIntoId" is not null and i.id is null`,
  "a group failed before it was first seen, or after it was last": `
    select g.id from "FailureGroup" g join "Fingerprint" f on f."groupId" = g.id
    join "RunFingerprint" x on x."projectId" = f."projectId" and x.hash = f.hash join "TestRun" r on r.id = x."runId"
    where g."projectId" = $1 and (r."createdAt" < g."firstSeenAt" or r."createdAt" > g."lastSeenAt")`,
  "a link names a group that is no more": `
    select l.id from "IssueLink" l join "FailureGroup" g on g.id = l."groupId"
    where l."projectId" = $1 and g."mergedIntoId" is not null`,
  "a mask has no fingerprint": `
    select m.hash from "FingerprintMask" m where m."projectId" = $1 and not exists (
      select from "Fingerprint" f where f."projectId" = m."projectId" and f.hash = m.hash)`,
  "the history of a group or case does not end with what it is": `
    select o.id from (
      select id, severity::text, assessment::text from "FailureGroup" where "projectId" = $1
      union all select id, severity::text, assessment::text from "TestCase" where "projectId" = $1) o
    where o.severity <> coalesce((
        select a.after from "Assessment" a where coalesce(a."groupId", a."caseId") = o.id and a.field = 'severity'
        order by a."createdAt" desc, a.id desc limit 1), 'medium')
      or o.assessment <> coalesce((
        select a.after from "Assessment" a where coalesce(a."groupId", a."caseId") = o.id and a.field = 'assessment'
        order by a."createdAt" desc, a.id desc limit 1), 'active')`,
  "a step of a history does not begin where the one before ended": `
    select id from (
      select a.id, a.before, lag(a.after) over (
        partition by coalesce(a."groupId", a."caseId"), a.field order by a."createdAt", a.id) as earlier
      from "Assessment" a where a."projectId" = $1) step where earlier is not null and earlier <> before`,
};

/** Throws unless groups, counts, links and histories of the project are what its stored results say. */
export async function checkGroups(projectId: string): Promise<void> {
  const { rows: runs } = await pool.query<{ id: string }>(`select id from "TestRun" where "projectId" = $1`, [
    projectId,
  ]);
  for (const { id } of runs) await checkFolded(id);
  for (const [what, sql] of Object.entries(broken)) {
    const { rows } = await pool.query(sql, [projectId]);
    if (rows.length > 0) throw new Error(`${what}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
}
