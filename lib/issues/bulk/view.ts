import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { BulkCreationModel } from "@/lib/db/generated/models";
import { estimate, readPace } from "./estimate";
import { outcomeSql } from "./outcome";
import { type BulkView, type Outcome, openOutcomes, outcomes } from "./shapes";

/** Bulk creations as pages show them: who, where to, and how many of each outcome. */
export async function toBulkViews(member: Member, rows: readonly BulkCreationModel[]): Promise<BulkView[]> {
  const { workspaceId, projectId } = member;
  const ids = rows.map(({ id }) => id);
  const userIds = rows.flatMap(({ requestedById, cancelledById }) => [requestedById, cancelledById ?? []].flat());
  const [counted, runs, integrations, targets, users] = await Promise.all([
    prisma.$queryRaw<{ bulkId: string; outcome: Outcome; n: number }[]>`
      select i."bulkId", ${outcomeSql} as outcome, count(*)::int as n
      from "BulkItem" i left join "IssueCreation" c on c.id = i."creationId" and c."projectId" = ${projectId}::uuid
      where i."bulkId" = any(${ids}::uuid[]) group by 1, 2`,
    prisma.testRun.findMany({
      where: { workspaceId, projectId, id: { in: rows.map(({ runId }) => runId) } },
      select: { id: true, number: true },
    }),
    prisma.integration.findMany({
      where: { workspaceId, id: { in: rows.map(({ integrationId }) => integrationId) } },
      select: { id: true, name: true, provider: true },
    }),
    prisma.externalProject.findMany({
      where: { workspaceId, remoteId: { in: rows.map(({ externalProjectId }) => externalProjectId) } },
      select: { remoteId: true, key: true, assignment: { select: { integrationId: true } } },
    }),
    prisma.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } }),
  ]);
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name ?? "a former member";
  const views = rows.map(async (row): Promise<BulkView> => {
    const { id, mode, runId, integrationId, externalProjectId, requestedById, cancelledById } = row;
    const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>; // all of them
    for (const { bulkId, outcome, n } of counted) if (bulkId === id) counts[outcome] = n;
    const integration = integrations.find((one) => one.id === integrationId);
    const open = openOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
    const target = targets.find(
      (one) => one.remoteId === externalProjectId && one.assignment.integrationId === integrationId,
    );
    return {
      ...{ id, mode, counts },
      run: { id: runId, number: runs.find((run) => run.id === runId)?.number ?? 0 },
      integration: integration ?? { id: integrationId, name: "a deleted integration", provider: "" },
      externalProject: target?.key ?? "",
      requestedBy: { id: requestedById, name: nameOf(requestedById) },
      createdAt: row.createdAt.toISOString(),
      cancelledAt: row.cancelledAt?.toISOString() ?? null,
      cancelledBy: cancelledById && nameOf(cancelledById),
      total: Object.values(counts).reduce((sum, n) => sum + n, 0),
      isOver: open === 0,
      leftMs: open > 0 && integration ? await leftMsOf(member, integration, open) : null,
    };
  });
  return Promise.all(views);
}

/** The line of the credential holds those that are under way already; those that only wait come after them. */
async function leftMsOf(member: Member, { id, provider }: { id: string; provider: string }, open: number) {
  const pace = await readPace(member, { integrationId: id, provider }, new Date());
  return estimate(open, { ...pace, freeInMs: 0 }).durationMs;
}
