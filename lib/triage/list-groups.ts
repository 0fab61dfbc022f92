import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { asPattern } from "@/lib/db/like";
import { getRun } from "@/lib/results/runs";
import { groupRows } from "./group-rows";
import type { groupsInput } from "./inputs";
import type { GroupsPage, GroupTotals } from "./shapes";
import { assessmentSql } from "./standing";

type Query = z.output<typeof groupsInput>;
type Filter = Partial<Pick<Query, "only" | "severity" | "q" | "cursor">>;
type Row = GroupTotals & { id: string | null; place: number; count: number };

/**
 * A page of a run's failure groups: the problems that are active, new ones first and then by their failures; the flaky
 * ones; those that are assessed away. Keyset on that order. The totals are of the whole run, whatever is asked for.
 */
export async function listGroups(member: Member, runId: string, query: Query): Promise<GroupsPage> {
  const run = await getRun(member, runId);
  const now = new Date();
  const rows = await prisma.$queryRaw<Row[]>`
    with ${groupsOf(member, runId, now, query)},
    total as (
      select coalesce(sum(failures), 0)::int as failures, (count(*) filter (where failures > 0))::int as problems,
        (count(*) filter (where failures > 0 and "isNew"))::int as new,
        (count(*) filter (where failures > 0 and not "isNew"))::int as known,
        (count(*) filter (where failures = 0))::int as flaky,
        (count(*) filter (where failures > 0 and assessment <> 'active'))::int as "assessedAway",
        (count(*) filter (where failures > 0 and "hasIssue"))::int as "withIssue"
      from found),
    page as (
      select id, place, count from found
      where ${Prisma.join(filtersOf(query), " and ")}
      order by place, count desc, id limit ${query.limit + 1})
    select total.*, page.* from total left join page on true order by place, count desc, id`;

  const shown = rows.slice(0, query.limit).flatMap(({ id }) => id ?? []);
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    groups: await groupRows(member, run, shown, now),
    next: last ? `${last.place}_${last.count}_${last.id}` : null,
    totals: totalsOf(rows[0]),
  };
}

// Of the fingerprint that failed most. Only a search looks at it in every group.
const sampleSql = Prisma.sql`,
  (array_agg(r."resultId" order by r.failures desc, r.flaky desc, r.hash))[1] as "resultId"`;

/** The groups of a run as a common table `found`, counted by fingerprints and never by results. */
const groupsOf = ({ workspaceId }: Member, runId: string, now: Date, { q }: Filter) => Prisma.sql`
  tally as materialized (
    select f."groupId" as id, sum(r.failures)::int as failures, sum(r.flaky)::int as flaky${q ? sampleSql : Prisma.empty}
    from "RunFingerprint" r join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.hash
    where r."runId" = ${runId}::uuid and r."workspaceId" = ${workspaceId}::uuid
    group by f."groupId" having sum(r.failures + r.flaky) > 0),
  judged as (
    select t.*, g.title, g.severity::text as severity, g."firstRunId" = ${runId}::uuid as "isNew",
      ${assessmentSql("g", now)} as assessment,
      exists (select from "IssueLink" l where l."groupId" = g.id) as "hasIssue"
    from tally t join "FailureGroup" g on g.id = t.id),
  found as materialized (
    select judged.*, case when failures > 0 then failures else flaky end as count,
      case when assessment <> 'active' then 3 when failures = 0 then 2 when "isNew" then 0 else 1 end as place
    from judged)`;

/** The groups of a run that a list with that filter shows, as a query of their ids. */
export const groupsMatching = (member: Member, runId: string, filter: Filter, now: Date): Prisma.Sql => Prisma.sql`
  with ${groupsOf(member, runId, now, filter)} select id from found where ${Prisma.join(filtersOf(filter), " and ")}`;

const only: Record<NonNullable<Query["only"]>, Prisma.Sql> = {
  new: Prisma.sql`failures > 0 and "isNew"`,
  known: Prisma.sql`failures > 0 and not "isNew"`,
  flaky: Prisma.sql`failures = 0`,
  assessed_away: Prisma.sql`failures > 0 and assessment <> 'active'`,
  with_issue: Prisma.sql`failures > 0 and "hasIssue"`,
  without_issue: Prisma.sql`failures > 0 and not "hasIssue"`,
};

const filtersOf = (query: Filter): Prisma.Sql[] => [
  Prisma.sql`true`,
  ...(query.cursor ? [after(query.cursor)] : []),
  ...(query.only ? [only[query.only]] : []),
  ...(query.severity?.length ? [Prisma.sql`severity = any(${query.severity})`] : []),
  ...(query.q ? [contains(query.q)] : []),
];

const after = ({ place, count, id }: NonNullable<Query["cursor"]>) =>
  Prisma.sql`(place, -count, id) > (${place}::int, ${-count}::int, ${id}::uuid)`;

const contains = (q: string) => {
  // `%`, `_` and `\` stand for themselves.
  const pattern = `%${asPattern(q)}%`;
  return Prisma.sql`(title ilike ${pattern} or exists (
    select from "TestResult" r join "TestCase" c on c.id = r."caseId"
    where r.id = found."resultId" and (c.suite ilike ${pattern} or c.name ilike ${pattern})))`;
};

const none = { failures: 0, problems: 0, new: 0, known: 0, flaky: 0, assessedAway: 0, withIssue: 0 };

const totalsOf = ({ failures, problems, new: fresh, known, flaky, assessedAway, withIssue }: GroupTotals = none) => ({
  ...{ failures, problems, new: fresh, known, flaky, assessedAway, withIssue },
});
