import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { OfRun } from "./group-rows";

const sparkRuns = 20;

/** How often each group occurred in the latest runs up to this one, oldest first; of its branch, if it names one. */
export async function sparksOf(
  { workspaceId, projectId }: Member,
  run: OfRun,
  ids: string[],
): Promise<Map<string, number[]>> {
  const rows = await prisma.$queryRaw<{ id: string; place: number; count: number }[]>`
    with latest as materialized (
      select id, (row_number() over (order by number))::int - 1 as place from (
        select id, number from "TestRun"
        where "projectId" = ${projectId}::uuid and "workspaceId" = ${workspaceId}::uuid and number <= ${run.number}
          and (${run.branch}::text is null or branch = ${run.branch})
        order by number desc limit ${sparkRuns}) t)
    select f."groupId" as id, latest.place, sum(r.failures + r.flaky)::int as count
    from "Fingerprint" f cross join latest
    join "RunFingerprint" r on r."runId" = latest.id and r.hash = f.hash
    where f."groupId" = any(${ids}::uuid[])
    group by f."groupId", latest.place
    union all select null, count(*)::int, 0 from latest`;
  const length = rows.at(-1)?.place ?? 0;
  const sparks = new Map(ids.map((id) => [id, Array<number>(length).fill(0)]));
  for (const { id, place, count } of rows.slice(0, -1)) sparks.get(id)?.splice(place, 1, count);
  return sparks;
}

// Results that a page of groups looks at, at most, to count the cases and suites that fingerprints of a group share.
const countedResults = 5_000;

/**
 * The cases and suites in which each group occurred in the run. Those of one fingerprint stand in its row. Several may
 * share some: of groups with few results they are counted one by one, of others it is the most that one of them has.
 */
export async function placesOf(
  { workspaceId }: Member,
  run: OfRun,
  ids: string[],
): Promise<Map<string, { cases: number; suites: number }>> {
  const rows = await prisma.$queryRaw<{ id: string; cases: number; suites: number }[]>`
    with tally as materialized (
      select f."groupId" as id, max(r.cases) as cases, max(r.suites) as suites, array_agg(f.hash) as hashes,
        count(*) as fingerprints, sum(r.failures + r.flaky) as results
      from "Fingerprint" f join "RunFingerprint" r on r."runId" = ${run.id}::uuid and r.hash = f.hash
      where f."groupId" = any(${ids}::uuid[]) and r."workspaceId" = ${workspaceId}::uuid
      group by f."groupId"),
    few as materialized (
      select id, hashes from (
        select *, sum(results) over (order by results, id) as budget from tally where fingerprints > 1) t
      where budget <= ${countedResults})
    select tally.id, coalesce(exact.cases, tally.cases)::int as cases, coalesce(exact.suites, tally.suites)::int as suites
    from tally left join (
      select few.id, count(distinct c.id) as cases, count(distinct c.suite) as suites
      from few cross join unnest(few.hashes) h(hash)
      join "TestResult" s on s."runId" = ${run.id}::uuid and s.fingerprint = h.hash
      join "TestCase" c on c.id = s."caseId"
      group by few.id) exact on exact.id = tally.id`;
  return new Map(rows.map(({ id, cases, suites }) => [id, { cases, suites }]));
}
