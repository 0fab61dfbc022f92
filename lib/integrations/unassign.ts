import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { unfinishedStates } from "@/lib/issues/creation-state";
import { counted } from "./counted";
import { getAssignment } from "./find-assignment";

type Counting = Pick<Tx, "projectIntegration" | "externalProject" | "issueLink" | "issueCreation">;

/** What taking an integration from the project means; the confirmation says these numbers. */
export async function countAssignmentUses(member: Member, assignmentId: string, db: Counting = prisma) {
  const { integrationId } = await getAssignment(member, assignmentId, db);
  const { projectId, workspaceId } = member;
  const [externalProjects, linked, unfinished] = await Promise.all([
    db.externalProject.count({ where: { workspaceId, assignmentId } }),
    db.issueLink.groupBy({
      by: ["issueId"],
      where: { workspaceId, projectId, issue: { external: { integrationId } } },
      _count: true,
    }),
    db.issueCreation.count({
      where: { workspaceId, projectId, integrationId, state: { in: unfinishedStates } },
    }),
  ]);
  const links = linked.reduce((sum, { _count }) => sum + _count, 0);
  return { externalProjects, issues: linked.length, links, unfinished };
}

/** Takes an integration from the project. Issues and their links stay; nothing more is created or linked through it. */
export async function unassign(
  member: Member,
  assignmentId: string,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<void> {
  await transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const before = await getAssignment(member, assignmentId, tx);
    const uses = await countAssignmentUses(member, assignmentId, tx);
    const { name } = before.integration;
    if (uses.unfinished > 0)
      throw new AppError(
        "conflict",
        `${counted(uses.unfinished, "issue")} on the way to ${name}: wait until they are created, or give them up.`,
      );
    if (uses.issues > 0 && !isConfirmed)
      throw new AppError(
        "conflict",
        `${counted(uses.issues, "issue")} of this project came through ${name}. Confirm to stop using it; the issues and their links stay.`,
      );

    await tx.projectIntegration.delete({ where: { id: before.id }, select: { id: true } });
    const heir = before.isPrimary ? await makeOldestPrimary(tx, member) : null;

    const { projectId, workspaceId } = member;
    await audit(tx, member, "assignment.deleted", {
      subjectType: "assignment",
      subjectId: before.id,
      projectId,
      before: { integrationId: before.integrationId, name, isPrimary: before.isPrimary, ...uses },
      after: { primary: heir },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: before.integrationId });
  });
}

/** A project with integrations has exactly one primary; the oldest one left follows. */
async function makeOldestPrimary(tx: Tx, { projectId, workspaceId }: Member): Promise<string | null> {
  const heir = await tx.projectIntegration.findFirst({
    where: { projectId, workspaceId },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  if (heir)
    await tx.projectIntegration.update({ where: { id: heir.id }, data: { isPrimary: true }, select: { id: true } });
  return heir?.id ?? null;
}
