import { audit } from "@/lib/audit/record";
import type { Actor, Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";

type Place = { projectId: string; userId: string; role: ProjectRole };

/** The people of the project, by name. The workspace's administrators act in it without being listed. */
export async function listProjectMembers({ workspaceId, projectId }: Member) {
  const members = await prisma.projectMember.findMany({
    where: { workspaceId, projectId },
    orderBy: { user: { name: "asc" } },
    select: { role: true, createdAt: true, user: { select: { id: true, name: true, email: true } } },
  });
  return members.map(({ user, ...rest }) => ({ ...user, ...rest }));
}

/** Who could be added: the workspace's members who are not in the project. */
export async function listAddable({ workspaceId, projectId }: Member) {
  return prisma.user.findMany({
    where: { memberships: { some: { workspaceId } }, projectMembers: { none: { projectId } } },
    orderBy: { name: "asc" },
    select: { id: true, name: true, email: true },
  });
}

/** Puts a member of the workspace into the project, inside the caller's transaction. */
export async function putInProject(tx: Tx, actor: Actor, { projectId, userId, role }: Place): Promise<void> {
  const { workspaceId } = actor;
  const { count } = await tx.projectMember.createMany({
    data: [{ projectId, userId, workspaceId, role }],
    skipDuplicates: true,
  });
  if (count === 0) throw new AppError("conflict", "This person is in the project already.");
  await audit(tx, actor, "project_member.added", {
    subjectType: "user",
    subjectId: userId,
    projectId,
    after: { role },
  });
  await announce(tx, { workspaceId, projectId, topic: "member", id: userId });
}

/** Adds a member of the workspace to the project. */
export async function addProjectMember(member: Member, userId: string, role: ProjectRole): Promise<void> {
  await transaction(async (tx) => {
    // Locked, so that somebody who leaves the workspace meanwhile does not stay behind in the project.
    const found = isId(userId)
      ? await tx.$queryRaw<unknown[]>`
          select 1 from "Membership"
          where "workspaceId" = ${member.workspaceId}::uuid and "userId" = ${userId}::uuid for share`
      : [];
    if (found.length === 0) throw notFound("member of the workspace");
    await putInProject(tx, member, { projectId: member.projectId, userId, role });
  });
}

/** Gives a member of the project another role. */
export async function changeProjectRole(member: Member, userId: string, role: ProjectRole): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    const before = await roleOf(tx, member, userId);
    if (before === role) return;
    await tx.projectMember.update({
      where: { projectId_userId: { projectId, userId }, workspaceId },
      data: { role },
      select: { userId: true },
    });
    await audit(tx, member, "project_member.role_changed", {
      subjectType: "user",
      subjectId: userId,
      projectId,
      before: { role: before },
      after: { role },
    });
    await announce(tx, { workspaceId, projectId, topic: "member", id: userId });
  });
}

/** Takes a person out of the project. Administrators of the workspace can always put somebody back. */
export async function removeProjectMember(member: Member, userId: string): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    const role = await roleOf(tx, member, userId);
    await tx.projectMember.delete({
      where: { projectId_userId: { projectId, userId }, workspaceId },
      select: { userId: true },
    });
    await audit(tx, member, "project_member.removed", {
      subjectType: "user",
      subjectId: userId,
      projectId,
      before: { role },
    });
    await announce(tx, { workspaceId, projectId, topic: "member", id: userId });
  });
}

async function roleOf(tx: Tx, { workspaceId, projectId }: Member, userId: string): Promise<ProjectRole> {
  const found = isId(userId)
    ? await tx.$queryRaw<{ role: ProjectRole }[]>`
        select "role" from "ProjectMember"
        where "projectId" = ${projectId}::uuid and "userId" = ${userId}::uuid and "workspaceId" = ${workspaceId}::uuid
        for update`
    : [];
  const role = found[0]?.role;
  if (!role) throw notFound("member of the project");
  return role;
}
