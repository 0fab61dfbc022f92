import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { currentGroup, groupsOf, withMerged } from "./groups";
import type { CreationView } from "./shapes";
import type { Subject } from "./subject";
import { creationSelect, toCreationView } from "./views";

const most = 200;

/**
 * The creations for the subject that are under way, wait or failed, newest first; those that a person let go of are not.
 * A result has those of its whole failure group too, a group those of any of its results.
 */
export async function listCreations(member: Member, subject: Subject): Promise<CreationView[]> {
  if (!Object.values(subject).every(isId)) return [];
  const ids = await unfinishedOf(member, subject);
  const { workspaceId, projectId } = member;
  const rows = await prisma.issueCreation.findMany({
    where: { workspaceId, projectId, id: { in: ids } },
    select: creationSelect,
    orderBy: { id: "desc" },
  });
  return withNames(member, rows);
}

/** What is unfinished is little; from there its results are found by their ids, and not the other way round. */
async function unfinishedOf(member: Member, subject: Subject): Promise<string[]> {
  const { workspaceId, projectId } = member;
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select distinct c."id" from "IssueCreation" c
    join "IssueCreationSource" s on s."creationId" = c."id"
    join "TestResult" r on r."id" = s."resultId"
    left join "Fingerprint" f on f."projectId" = r."projectId" and f."hash" = r."fingerprint"
    where c."workspaceId" = ${workspaceId}::uuid and c."projectId" = ${projectId}::uuid
      and c."state" <> 'created' and c."dismissedAt" is null and (${await isOf(member, subject)})
    order by c."id" desc limit ${most}`;
  return rows.map(({ id }) => id);
}

async function isOf(member: Member, subject: Subject): Promise<Prisma.Sql> {
  if ("runId" in subject) return Prisma.sql`r."runId" = ${subject.runId}::uuid`;
  if ("caseId" in subject) return Prisma.sql`r."caseId" = ${subject.caseId}::uuid`;
  if ("resultId" in subject) {
    const group = (await groupsOf(prisma, member, [subject.resultId])).values();
    return Prisma.sql`s."groupId" = any(${await idsOf(member, [...group])}::uuid[]) or s."resultId" = ${subject.resultId}::uuid`;
  }
  const group = await currentGroup(member, subject.groupId);
  return Prisma.sql`s."groupId" = any(${await idsOf(member, [group])}::uuid[]) or f."groupId" = ${group}::uuid`;
}

const idsOf = async (member: Member, groupIds: readonly string[]) => [
  ...(await withMerged(prisma, member, groupIds)).keys(),
];

/** The creations as the member may see them, with the names of those who asked. */
export async function withNames(member: Member, rows: Parameters<typeof toCreationView>[0][]): Promise<CreationView[]> {
  const ids = [...new Set(rows.map(({ requestedById }) => requestedById))];
  const users = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const drafts = await draftsOf(member, rows);
  return rows.map((row) => toCreationView(row, { member, names, drafts }));
}

/** Where the member's own drafts stand that the creations were sent from. */
async function draftsOf({ workspaceId, projectId, userId }: Member, rows: readonly { draftId: string | null }[]) {
  const ids = rows.flatMap(({ draftId }) => draftId ?? []);
  if (ids.length === 0) return new Map<string, never>();
  const drafts = await prisma.draft.findMany({
    where: { id: { in: ids }, workspaceId, projectId, userId },
    select: { id: true, resultId: true, groupId: true },
  });
  return new Map(drafts.map(({ id, ...at }) => [id, at]));
}
