import type { Member } from "@/lib/auth/member";
import { allows } from "@/lib/auth/permissions";
import { actorFor } from "@/lib/auth/person";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** Whoever asked for a bulk creation, as they may act now: their place in the project may have been taken back since. */
export async function requesterOf(bulk: {
  workspaceId: string;
  projectId: string;
  requestedById: string;
}): Promise<Member> {
  const { workspaceId, projectId, requestedById: userId } = bulk;
  const actor = await actorFor(prisma, { workspaceId, userId }).catch((error) => {
    if (error instanceof AppError) throw noLonger(error);
    throw error;
  });
  const seat = await prisma.projectMember.findFirst({
    where: { workspaceId, projectId, userId },
    select: { role: true },
  });
  const projectRole = actor.workspaceRole === "ADMIN" ? "ADMIN" : seat?.role;
  if (!projectRole || !allows(projectRole, "issues.create")) throw noLonger();
  return { ...actor, projectId, projectRole };
}

const noLonger = (cause?: unknown) =>
  new AppError("forbidden", "Whoever asked for this may not create issues in this project any more.", { cause });
