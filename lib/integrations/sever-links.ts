import { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { currentGroups } from "@/lib/issues/groups";
import { counted } from "./counted";
import { getAssignment } from "./find-assignment";

// The audit row keeps what was severed, so that it can be put back; with more the row would be a table of its own.
const mostKept = 2_000;
const mostAnnounced = 100;
const subjectType = "severance";

/** The links of the project's results, cases and groups to issues of one integration. */
export type Severed = { removed: number; issues: number; undoId: string | null };

/**
 * Takes all issues of one integration off everything in the project. The issues stay, here and in the tracker. Up to
 * 2,000 links can be put back; `undoId` is null where there were more.
 */
export function severLinks(
  member: Member,
  assignmentId: string,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<Severed> {
  return transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const { integrationId, integration } = await getAssignment(member, assignmentId, tx);
    const { workspaceId, projectId } = member;
    const links = await tx.issueLink.findMany({
      where: { workspaceId, projectId, issue: { external: { integrationId } } },
      select: {
        ...{ id: true, issueId: true, caseId: true, runId: true, resultId: true, groupId: true, coversGroup: true },
        ...{ ruleId: true, createdById: true, createdAt: true },
      },
      orderBy: { id: "asc" },
    });
    const issueIds = [...new Set(links.map(({ issueId }) => issueId))];
    if (links.length === 0) return { removed: 0, issues: 0, undoId: null };
    if (!isConfirmed)
      throw new AppError(
        "conflict",
        `${counted(links.length, "link")} to ${counted(issueIds.length, "issue")} of ${integration.name} would be severed in this project. Confirm to sever them.`,
      );

    await tx.issueLink.deleteMany({ where: { id: { in: links.map(({ id }) => id) } } });
    const id = newId();
    const isKept = links.length <= mostKept;
    await audit(tx, member, "issue.all_unlinked", {
      subjectType,
      subjectId: id,
      projectId,
      before: {
        ...{ assignmentId, integrationId, name: integration.name, removed: links.length, issues: issueIds.length },
        ...(isKept && { links: links.map((link) => ({ ...link, createdAt: link.createdAt.toISOString() })) }),
      },
    });
    await tell(tx, member, integrationId, links);
    return { removed: links.length, issues: issueIds.length, undoId: isKept ? id : null };
  });
}

const uuid = z.string().nullable();
const severance = z.object({
  assignmentId: z.string(),
  integrationId: z.string(),
  links: z.array(
    z.object({
      ...{ id: z.string(), issueId: z.string(), caseId: uuid, runId: uuid, resultId: uuid, groupId: uuid },
      ...{ coversGroup: z.boolean(), ruleId: uuid, createdById: uuid, createdAt: z.coerce.date() },
    }),
  ),
});
type Link = z.output<typeof severance>["links"][number];

/** Puts back what was severed, as far as there is still something to link; what was linked again meanwhile stays. */
export function restoreLinks(member: Member, assignmentId: string, undoId: string): Promise<{ restored: number }> {
  return transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    await getAssignment(member, assignmentId, tx);
    const { workspaceId, projectId } = member;
    const subject = { workspaceId, projectId, subjectType, subjectId: undoId };
    const rows = isId(undoId)
      ? await tx.auditEntry.findMany({ where: subject, select: { action: true, before: true } })
      : [];
    const kept = severance.safeParse(rows.find(({ action }) => action === "issue.all_unlinked")?.before).data;
    if (!kept || kept.assignmentId !== assignmentId) throw notFound("severance");
    if (rows.some(({ action }) => action === "issue.all_relinked"))
      throw new AppError("conflict", "These links have been put back already.");

    const links = await stillThere(tx, member, kept.links);
    const { count } = await tx.issueLink.createMany({
      data: links.map((link) => ({ ...link, workspaceId, projectId })),
      skipDuplicates: true,
    });
    await audit(tx, member, "issue.all_relinked", { ...subject, after: { restored: count } });
    await tell(tx, member, kept.integrationId, links);
    return { restored: count };
  });
}

/** Results, cases and issues may have been deleted meanwhile, groups merged, and links made anew. */
async function stillThere(tx: Tx, member: Member, links: Link[]): Promise<Link[]> {
  const { workspaceId, projectId } = member;
  const idsOf = (name: "issueId" | "caseId" | "resultId" | "groupId") => [
    ...new Set(links.flatMap((link) => link[name] ?? [])),
  ];
  const at = { workspaceId, projectId };
  const select = { id: true } as const;
  const issues = await tx.issue.findMany({ where: { workspaceId, id: { in: idsOf("issueId") } }, select });
  const cases = await tx.testCase.findMany({ where: { ...at, id: { in: idsOf("caseId") } }, select });
  const results = await tx.testResult.findMany({ where: { ...at, id: { in: idsOf("resultId") } }, select });
  const groups = await currentGroups(tx, member, idsOf("groupId"));
  const present = new Set([...issues, ...cases, ...results].map(({ id }) => id));
  const anew = await tx.issueLink.findMany({
    where: { ...at, issueId: { in: idsOf("issueId") } },
    select: { issueId: true, groupId: true, coversGroup: true, caseId: true, resultId: true },
  });
  const placeOf = (link: Pick<Link, "issueId" | "caseId" | "resultId" | "groupId" | "coversGroup">) =>
    [link.issueId, link.coversGroup ? link.groupId : (link.resultId ?? link.caseId)].join();
  const taken = new Set(anew.map(placeOf));

  return links.flatMap((link) => {
    const groupId = link.groupId && (groups.get(link.groupId) ?? null);
    const moved = { ...link, groupId, coversGroup: link.coversGroup && groupId !== null };
    const ids = [link.issueId, link.caseId, link.resultId].flatMap((id) => id ?? []);
    const isPlaced = moved.coversGroup || link.resultId !== null || link.caseId !== null;
    return isPlaced && ids.every((id) => present.has(id)) && !taken.has(placeOf(moved)) ? [moved] : [];
  });
}

async function tell(
  tx: Tx,
  member: Member,
  integrationId: string,
  links: readonly Pick<Link, "issueId" | "groupId">[],
) {
  const { workspaceId, projectId } = member;
  const issueIds = [...new Set(links.map(({ issueId }) => issueId))].slice(0, mostAnnounced);
  const groupIds = [...new Set(links.flatMap(({ groupId }) => groupId ?? []))].slice(0, mostAnnounced);
  for (const id of issueIds) await announce(tx, { workspaceId, projectId, topic: "issue", id });
  for (const id of groupIds) await announce(tx, { workspaceId, projectId, topic: "group", id });
  await announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId });
}
