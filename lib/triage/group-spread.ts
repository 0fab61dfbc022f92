import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { OfRun } from "./group-rows";

const sparkRuns = 20;

export type SparkRun = { id: string; number: number };

/** The latest runs up to this one, oldest first; those of its branch, if it names one. */
export async function sparkRunsOf({ workspaceId, projectId }: Member, run: OfRun): Promise<SparkRun[]> {
  const runs = await prisma.testRun.findMany({
    where: { workspaceId, projectId, number: { lte: run.number }, ...(run.branch !== null && { branch: run.branch }) },
    orderBy: { number: "desc" },
    take: sparkRuns,
    select: { id: true, number: true },
  });
  return runs.reverse();
}

/** How often each group occurred in those runs. */
export async function sparksOf(member: Member, run: OfRun, ids: string[]): Promise<Map<string, number[]>> {
  const runs = await sparkRunsOf(member, run);
  const rows = await prisma.$queryRaw<{ id: string; runId: string; count: number }[]>`
    select f."groupId" as id, r."runId", sum(r.failures + r.flaky)::int as count
    from "Fingerprint" f cross join lateral (
      -- Kept apart from the rest, so that the index is asked for these runs instead of all runs being read.
      select x."runId", x.failures, x.flaky from "RunFingerprint" x
      where x."projectId" = f."projectId" and x.hash = f.hash
        and x."runId" = any(${runs.map(({ id }) => id)}::uuid[])
      offset 0) r
    where f."groupId" = any(${ids}::uuid[])
    group by f."groupId", r."runId"`;
  const places = new Map(runs.map(({ id }, place) => [id, place]));
  const sparks = new Map(ids.map((id) => [id, Array<number>(runs.length).fill(0)]));
  for (const { id, runId, count } of rows) sparks.get(id)?.splice(places.get(runId) ?? 0, 1, count);
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
