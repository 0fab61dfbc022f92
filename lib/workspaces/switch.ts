import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { actorFor } from "@/lib/auth/person";
import { prisma, transaction } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { isKind, notFound } from "@/lib/errors";

/** The workspaces that the person belongs to. */
export async function listWorkspaces(actor: Actor) {
  const memberships = await prisma.membership.findMany({
    where: { userId: actor.userId },
    orderBy: { createdAt: "asc" },
    select: { role: true, workspace: { select: { id: true, name: true } } },
  });
  return memberships.map(({ role, workspace }) => ({
    ...workspace,
    role,
    isCurrent: workspace.id === actor.workspaceId,
  }));
}

/** Lets the browser work in another workspace of the person. */
export async function switchWorkspace(actor: Actor, workspaceId: string): Promise<void> {
  const { userId, sessionId } = actor;
  if (!isId(workspaceId) || !sessionId) throw notFound("workspace");
  await transaction(async (tx) => {
    const there = await actorFor(tx, { workspaceId, userId }, "session", actor).catch((error: unknown) => {
      throw isKind(error, "not_found") ? notFound("workspace") : error;
    });
    await tx.session.update({ where: { id: sessionId }, data: { workspaceId }, select: { id: true } });
    await audit(tx, { ...there, sessionId }, "session.switched", { subjectType: "session", subjectId: sessionId });
  });
}
