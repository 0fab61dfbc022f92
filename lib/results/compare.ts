import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Became, Compared, Comparison, compareInput } from "./compare-shapes";
import { findLatestRun, findRunBefore, getRun } from "./runs";
import { statusOfRank } from "./statuses";

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

/*
 * What became of a case in an environment. Ranks: error 0, failed 1, flaky 2, passed 6; between them nothing was run to
 * an end. Each list starts from the side where it fails, of which there are few, and looks the other side up.
 */
const from: Record<Became, { side: "base" | "head"; where: Prisma.Sql }> = {
  new: { side: "head", where: Prisma.sql`h.rank <= 1 and coalesce(b.rank, 6) > 1` },
  still: { side: "head", where: Prisma.sql`h.rank <= 1 and b.rank <= 1` },
  flaky: { side: "head", where: Prisma.sql`h.rank = 2` },
  fixed: { side: "base", where: Prisma.sql`b.rank <= 1 and h.rank = 6` },
  gone: { side: "base", where: Prisma.sql`b.rank <= 1 and coalesce(h.rank, 5) between 3 and 5` },
};

const joined = ({ workspaceId }: Member, { base, head }: Pair, side: "base" | "head") => {
  const same = Prisma.sql`h."caseId" = b."caseId" and h.environment = b.environment`;
  return side === "head"
    ? Prisma.sql`"TestResult" h left join "TestResult" b on b."runId" = ${base}::uuid and ${same}
        where h."runId" = ${head}::uuid and h."workspaceId" = ${workspaceId}::uuid`
    : Prisma.sql`"TestResult" b left join "TestResult" h on h."runId" = ${head}::uuid and ${same}
        where b."runId" = ${base}::uuid and b."workspaceId" = ${workspaceId}::uuid`;
};

/** How many cases each list has. */
async function countCases(member: Member, pair: Pair): Promise<Record<Became, number>> {
  const isIn = (became: Became) => Prisma.sql`coalesce(bool_or(${from[became].where}), false) as ${name(became)}`;
  const counted = (became: Became) => Prisma.sql`(count(*) filter (where ${name(became)}))::int as ${name(became)}`;
  const ofSide = (side: "base" | "head", rank: Prisma.Sql) => {
    const lists = (Object.keys(from) as Became[]).filter((became) => from[became].side === side); // keys forget their type
    return prisma.$queryRaw<Partial<Record<Became, number>>[]>`
      select ${Prisma.join(lists.map(counted))} from (
        select ${Prisma.join(lists.map(isIn))} from ${joined(member, pair, side)} and ${rank}
        group by ${Prisma.raw(side === "head" ? "h" : "b")}."caseId") cases`;
  };
  const [heads, bases] = await Promise.all([
    ofSide("head", Prisma.sql`h.rank <= 2`),
    ofSide("base", Prisma.sql`b.rank <= 1`),
  ]);
  return { new: 0, fixed: 0, still: 0, flaky: 0, gone: 0, ...heads[0], ...bases[0] };
}

const name = (became: Became) => Prisma.raw(`"${became}"`);

type Side = { id: string; rank: number } | null;
type Row = Pick<Compared, "caseId" | "suite" | "className" | "name" | "environmentCount" | "message"> & {
  environments: { name: string; base: Side; head: Side }[];
};

type Page = { only: Became; cursor: string | undefined; limit: number };

const shownEnvironments = 20;

const findCases = (member: Member, pair: Pair, { only, cursor, limit }: Page) => {
  const { side, where } = from[only];
  const own = Prisma.raw(side === "head" ? "h" : "b");
  return prisma.$queryRaw<Row[]>`
    with page as (
      select ${own}."caseId", count(*)::int as "environmentCount", min(${own}.environment) as first,
        json_agg(json_build_object('name', ${own}.environment,
          'base', case when b.id is not null then json_build_object('id', b.id, 'rank', b.rank) end,
          'head', case when h.id is not null then json_build_object('id', h.id, 'rank', h.rank) end)
          order by ${own}.environment) as environments
      from ${joined(member, pair, side)} and ${where}
        ${cursor ? Prisma.sql`and ${own}."caseId" > ${cursor}::uuid` : Prisma.empty}
      group by ${own}."caseId" order by ${own}."caseId" limit ${limit})
    select p."caseId", c.suite, c."className", c.name, p.environments, p."environmentCount",
      left(r.message, 300) as message
    from page p join "TestCase" c on c.id = p."caseId"
    join "TestResult" r on r."runId" = ${side === "head" ? pair.head : pair.base}::uuid
      and r."caseId" = p."caseId" and r.environment = p.first
    order by p."caseId"`;
};

const toCompared = ({ environments, ...row }: Row): Compared => ({
  ...row,
  environments: environments
    .slice(0, shownEnvironments)
    .map((one) => ({ name: one.name, base: toSide(one.base), head: toSide(one.head) })),
});

const toSide = (side: Side) => side && { resultId: side.id, status: statusOfRank(side.rank) };
