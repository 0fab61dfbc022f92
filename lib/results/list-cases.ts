import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { asPattern } from "@/lib/db/like";
import { toExecutionView } from "./case-history";
import type { casesInput } from "./case-inputs";
import type { CaseRow } from "./case-shapes";
import { type Execution, latestExecutions, listTellingExecutions } from "./executions";
import { flakinessOf } from "./flaky";
import { isFailing } from "./statuses";

type Query = z.output<typeof casesInput>;
type Found = Omit<CaseRow, "last" | "lastFailure" | "flakyScore" | "flaky">;

/** `next` may follow on few rows or none: so far has been looked, and what matches may stand behind it. */
export type CasesPage = { cases: CaseRow[]; next: string | null };

/**
 * How many cases one call looks at. No index serves text within words, so that a page costs the same however many cases
 * the project has, and however few of them match; whoever reads on goes on looking.
 */
const looksAt = { all: 1_000, text: 20_000, failing: 10_000, flaky: 2_000 };

/** A page of the project's cases, in the order in which they first came. Keyset on the id, which says that order. */
export async function listCases(member: Member, query: Query): Promise<CasesPage> {
  const { cursor, limit, q, state } = query;
  const window = looksAt[state ?? (q ? "text" : "all")];
  const rows = await find(member, query, window);
  const shown = rows.slice(0, limit);
  const executions = await listTellingExecutions(
    member,
    shown.map(({ id }) => id),
  );
  const cases = shown.map((row) => toRow(row, executions.get(row.id) ?? []));
  const last = rows.length > limit ? shown.at(-1)?.id : await lastLookedAt(member, cursor, window);
  // The score is not a matter of SQL: those that had a failure were found, and here is judged which wobble.
  return { cases: state === "flaky" ? cases.filter(({ flakyScore }) => flakyScore > 0) : cases, next: last ?? null };
}

const toRow = (row: Found, executions: readonly Execution[]): CaseRow => {
  const { score, word } = flakinessOf(executions);
  const [last] = executions;
  const failure = executions.find(({ status }) => isFailing(status));
  return {
    ...row,
    last: last ? toExecutionView(last) : null,
    lastFailure: failure ? toExecutionView(failure) : null,
    flakyScore: score,
    flaky: word,
  };
};

const find = (member: Member, { cursor, limit, q, state }: Query, window: number) => {
  const filters = [
    Prisma.sql`true`,
    ...(q ? [contains(q)] : []),
    ...(state === "failing" ? [failsAtLast] : []),
    ...(state === "flaky" ? [hasEverFailed] : []),
  ];
  return prisma.$queryRaw<Found[]>`
    select id, suite, "className", name, owner, component, tags
    from (
      select * from "TestCase" where ${behind(member, cursor)} order by "projectId", id limit ${window}) c
    where ${Prisma.join(filters, " and ")}
    order by id limit ${limit + 1}`;
};

/** The last case that a call with this window looks at; null when there are none behind it. */
async function lastLookedAt(member: Member, cursor: string | undefined, window: number): Promise<string | null> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select id from "TestCase" where ${behind(member, cursor)} order by "projectId", id offset ${window - 1} limit 2`;
  return rows.length > 1 ? (rows[0]?.id ?? null) : null;
}

const behind = ({ workspaceId, projectId }: Member, cursor: string | undefined) => Prisma.sql`
  "projectId" = ${projectId}::uuid and "workspaceId" = ${workspaceId}::uuid
  ${cursor ? Prisma.sql`and id > ${cursor}::uuid` : Prisma.empty}`;

// Letters are made small for all columns at once. What is looked for is one line, so that it never reaches from one
// column into the next.
const contains = (q: string) => Prisma.sql`
  lower(c.suite || e'\n' || c."className" || e'\n' || c.name || e'\n' || coalesce(c.owner, '') || e'\n' ||
    coalesce(c.component, '') || e'\n' || array_to_string(c.tags, e'\n'))
  like lower(${`%${asPattern(q)}%`})`;

const failsAtLast = Prisma.sql`(
  select r.rank <= 1 from "TestResult" r where r."caseId" = c.id order by r."createdAt" desc, r.id desc limit 1)`;

const hasEverFailed = Prisma.sql`exists (
  select from (
    select r.rank from "TestResult" r where r."caseId" = c.id order by r."createdAt" desc, r.id desc
    limit ${latestExecutions}) latest
  where latest.rank <= 2)`;
