import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { issueSelect, toIssueView, toWarnings } from "../views";
import { getBulk } from "./find";
import type { bulkItemsInput } from "./inputs";
import { outcomeSql } from "./outcome";
import type { BulkItemView, BulkPage, Outcome } from "./shapes";
import { toBulkViews } from "./view";

type Row = Pick<
  BulkItemView,
  "id" | "position" | "title" | "resultId" | "groupId" | "results" | "groups" | "creationId" | "isJoined"
> & {
  outcome: Outcome;
  issueId: string | null;
  errorKind: string | null;
  errorMessage: string | null;
  retryAt: Date | null;
  warnings: unknown;
};

/** A bulk creation and a page of its items, in their order. */
export async function showBulk(
  member: Member,
  bulkId: string,
  { cursor, limit, state }: z.output<typeof bulkItemsInput>,
): Promise<BulkPage> {
  const row = await getBulk(member, bulkId);
  const [views, rows] = await Promise.all([
    toBulkViews(member, [row]),
    prisma.$queryRaw<Row[]>`
      select * from (
        select i.id, i.position, i.title, i."resultIds"[1] as "resultId", i."groupIds"[1] as "groupId",
          cardinality(i."resultIds") as results, cardinality(i."groupIds") as groups, i."creationId",
          i.state = 'joined' as "isJoined", ${outcomeSql} as outcome, coalesce(c."issueId", i."issueId") as "issueId",
          coalesce(i."errorKind", c."errorKind") as "errorKind", coalesce(i.message, c."errorMessage") as "errorMessage",
          c."retryAt", c.warnings
        from "BulkItem" i left join "IssueCreation" c
          on c.id = i."creationId" and c."projectId" = ${member.projectId}::uuid
        where i."bulkId" = ${row.id}::uuid and i.position > ${cursor ?? -1}) item
      where ${state?.length ? Prisma.sql`outcome = any(${state})` : Prisma.sql`true`}
      order by position limit ${limit + 1}`,
  ]);
  const [bulk] = views;
  if (!bulk) throw new Error("a bulk creation without a view");
  const shown = rows.slice(0, limit);
  const issues = await issuesOf(member, shown);
  const next = rows.length > limit ? String(shown.at(-1)?.position) : null;
  return { bulk, items: shown.map((item) => toItem(item, issues)), next };
}

/** By this project's links alone, as everywhere. */
async function issuesOf({ workspaceId, projectId }: Member, rows: readonly Row[]) {
  const ids = rows.flatMap(({ issueId }) => issueId ?? []);
  const issues = await prisma.issue.findMany({
    where: { workspaceId, id: { in: ids }, links: { some: { projectId } } },
    select: issueSelect,
  });
  return new Map(issues.map((issue) => [issue.id, toIssueView(issue)]));
}

function toItem(row: Row, issues: Awaited<ReturnType<typeof issuesOf>>): BulkItemView {
  const { issueId, errorKind, errorMessage, retryAt, warnings, ...item } = row;
  const isDone = item.outcome === "created" || item.outcome === "exists" || item.outcome === "cancelled";
  return {
    ...item,
    issue: (issueId && issues.get(issueId)) || null,
    error:
      errorKind && !isDone
        ? { kind: errorKind, message: errorMessage ?? "", ...(retryAt && { retryAt: retryAt.toISOString() }) }
        : null,
    warnings: toWarnings(warnings),
  };
}
