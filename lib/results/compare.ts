import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Became, Compared, Comparison, compareInput } from "./compare-shapes";
import { findLatestRun, findRunBefore, getRun } from "./runs";
import { ranks, statusOfRank } from "./statuses";

type Query = z.output<typeof compareInput>;
type Pair = { base: string; head: string };

/** Two runs of the member's project, and what became of the cases between them: one of the lists, page by page. */
export async function compareRuns(member: Member, query: Query): Promise<Comparison> {
  const { base: baseId, head: headId, only, cursor, limit } = query;
  const head = headId ? await getRun(member, headId) : await findLatestRun(member);
  const base = baseId ? await getRun(member, baseId) : head && (await findRunBefore(member, head));
  if (!base || !head) return { base: base ?? null, head, counts: null, cases: [], next: null };

  const pair = { base: base.id, head: head.id };
  const [counts, rows] = await Promise.all([
    cursor ? null : countCases(member, pair),
    findCases(member, pair, { only, cursor, limit: limit + 1 }),
  ]);
  return {
    ...{ base, head, counts },
    cases: rows.slice(0, limit).map(toCompared),
    next: rows.length > limit ? (rows[limit - 1]?.caseId ?? null) : null,
  };
}

/**
 * What became of each case in each environment where it fails in one of the runs. Few results fail, and an index leads
 * to them: the two lists are taken whole and joined by hashing, which costs the same however the planner guesses. Only
 * what does not fail in head any more is looked up there. Ranks: error 0, failed 1, flaky 2, passed 6; between them
 * nothing was run to an end.
 */
const compared = ({ workspaceId }: Member, { base, head }: Pair, cursor: string | undefined) => {
  const behind = cursor ? Prisma.sql`and "caseId" > ${cursor}::uuid` : Prisma.empty;
  const failing = (runId: string, most: number) => Prisma.sql`
    select "caseId", environment, rank from "TestResult"
    where "runId" = ${runId}::uuid and "workspaceId" = ${workspaceId}::uuid and rank <= ${most}::smallint ${behind}`;
  return Prisma.sql`
    h as materialized (${failing(head, ranks.flaky)}),
    b as materialized (${failing(base, ranks.failed)}),
    compared as (
      select coalesce(h."caseId", b."caseId") as "caseId", coalesce(h.environment, b.environment) as environment,
        case when h.rank = 2 then 'flaky' when h.rank <= 1 and b.rank is null then 'new' when h.rank <= 1 then 'still'
          when now.rank = 6 then 'fixed' else 'gone' end as became
      from h full join b on b."caseId" = h."caseId" and b.environment = h.environment
      left join "TestResult" now on now."runId" = ${head}::uuid
        and now."caseId" = case when h.rank is null then b."caseId" end and now.environment = b.environment)`;
};

/** How many cases each list has. */
async function countCases(member: Member, pair: Pair): Promise<Record<Became, number>> {
  const rows = await prisma.$queryRaw<{ became: Became; count: number }[]>`
    with ${compared(member, pair, undefined)}
    select became, count(*)::int as count
    from (select became, "caseId" from compared group by became, "caseId") cases group by became`;
  const counts = { new: 0, fixed: 0, still: 0, flaky: 0, gone: 0 };
  for (const { became, count } of rows) counts[became] = count;
  return counts;
}

type Side = { id: string; rank: number } | null;
type Row = Pick<Compared, "caseId" | "suite" | "className" | "name" | "environmentCount" | "message"> & {
  environments: { name: string; base: Side; head: Side }[];
};

type Page = { only: Became; cursor: string | undefined; limit: number };

const shownEnvironments = 20;

const findCases = (member: Member, pair: Pair, { only, cursor, limit }: Page) => prisma.$queryRaw<Row[]>`
  with ${compared(member, pair, cursor)},
  page as (
    select "caseId", count(*)::int as "environmentCount",
      (array_agg(environment order by environment))[1:${shownEnvironments}::int] as names
    from compared where became = ${only} group by "caseId" order by "caseId" limit ${limit})
  select p."caseId", c.suite, c."className", c.name, p."environmentCount", sides.environments, sides.message
  from page p join "TestCase" c on c.id = p."caseId"
  cross join lateral (
    select (array_agg(coalesce(left(h.message, 300), left(b.message, 300)) order by name))[1] as message,
      json_agg(json_build_object('name', name,
        'base', case when b.id is not null then json_build_object('id', b.id, 'rank', b.rank) end,
        'head', case when h.id is not null then json_build_object('id', h.id, 'rank', h.rank) end)
        order by name) as environments
    from unnest(p.names) as name
    left join "TestResult" b on b."runId" = ${pair.base}::uuid and b."caseId" = p."caseId" and b.environment = name
    left join "TestResult" h on h."runId" = ${pair.head}::uuid and h."caseId" = p."caseId" and h.environment = name
  ) sides
  order by p."caseId"`;

const toCompared = ({ environments, ...row }: Row): Compared => ({
  ...row,
  environments: environments.map((one) => ({ name: one.name, base: toSide(one.base), head: toSide(one.head) })),
});

const toSide = (side: Side) => side && { resultId: side.id, status: statusOfRank(side.rank) };
