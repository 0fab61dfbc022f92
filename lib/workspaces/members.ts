import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import type { WorkspaceRole } from "@/lib/db/generated/enums";
import { isId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";

/** Everyone in the workspace, with what their removal would take away. */
export async function listMembers(actor: Actor) {
  const { workspaceId } = actor;
  const memberships = await prisma.membership.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "asc" },
    select: {
      role: true,
      createdAt: true,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          _count: {
            select: {
              projectMembers: { where: { workspaceId } },
              apiTokens: { where: { workspaceId, revokedAt: null } },
            },
          },
        },
      },
    },
  });
  return memberships.map(({ role, createdAt, user: { _count, ...user } }) => ({
    ...user,
    role,
    createdAt,
    projectCount: _count.projectMembers,
    tokenCount: _count.apiTokens,
  }));
}

/** Gives a member of the workspace another role. The last administrator stays one. */
export async function changeMemberRole(actor: Actor, userId: string, role: WorkspaceRole): Promise<void> {
  await transaction(async (tx) => {
    const before = await lockMember(tx, actor, userId);
    if (before === role) return;
    if (before === "ADMIN") await requireAnotherAdmin(tx, actor);
    await tx.membership.update({
      where: { workspaceId_userId: { workspaceId: actor.workspaceId, userId } },
      data: { role },
      select: { userId: true },
    });
    await audit(tx, actor, "member.role_changed", {
      subjectType: "user",
      subjectId: userId,
      before: { role: before },
      after: { role },
    });
    await announce(tx, { workspaceId: actor.workspaceId, projectId: null, topic: "member", id: userId });
  });
}

/** Takes a person out of the workspace: out of its projects, their tokens and sessions there end. */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  const { workspaceId } = actor;
  await transaction(async (tx) => {
    const role = await lockMember(tx, actor, userId);
    if (role === "ADMIN") await requireAnotherAdmin(tx, actor);

    const gone = { workspaceId, userId };
    const revokedAt = new Date();
    // First: whoever adds them to a project holds this row, so that what they add is seen by what follows.
    await tx.membership.delete({ where: { workspaceId_userId: gone }, select: { userId: true } });
    const projects = await tx.projectMember.deleteMany({ where: gone });
    const tokens = await tx.apiToken.updateMany({ where: { ...gone, revokedAt: null }, data: { revokedAt } });
    const sessions = await tx.session.updateManyAndReturn({
      where: { ...gone, revokedAt: null },
      data: { revokedAt },
      select: { id: true },
    });
    await audit(tx, actor, "member.removed", {
      subjectType: "user",
      subjectId: userId,
      before: { role, projects: projects.count, tokens: tokens.count, sessions: sessions.length },
    });
    for (const { id } of sessions) await announce(tx, { ...gone, projectId: null, topic: "session", id });
    await announce(tx, { workspaceId, projectId: null, topic: "member", id: userId });
  });
}

/** The member's role. Locks the workspace: two administrators who demote each other at once must wait in line. */
async function lockMember(tx: Tx, { workspaceId }: Actor, userId: string): Promise<WorkspaceRole> {
  await lockRow(tx, "Workspace", workspaceId);
  const membership = isId(userId)
    ? await tx.membership.findUnique({
        where: { workspaceId_userId: { workspaceId, userId } },
        select: { role: true },
      })
    : null;
  if (!membership) throw notFound("member");
  return membership.role;
}

async function requireAnotherAdmin(tx: Tx, { workspaceId }: Actor): Promise<void> {
  const admins = await tx.membership.count({ where: { workspaceId, role: "ADMIN" } });
  if (admins < 2)
    throw new AppError("conflict", "This is the last administrator. Make somebody else an administrator first.");
}
