import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { Announcement } from "./announce";

/** The projects whose news a person may get: a set, or all of the workspace. */
export type Audience = { projectIds: ReadonlySet<string> | "all" };

export async function readAudience(actor: Actor): Promise<Audience> {
  if (actor.workspaceRole === "ADMIN") return { projectIds: "all" };
  const rows = await prisma.projectMember.findMany({
    where: { userId: actor.userId, workspaceId: actor.workspaceId },
    select: { projectId: true },
  });
  return { projectIds: new Set(rows.map(({ projectId }) => projectId)) };
}

/** True when the announcement may be sent to the actor: theirs alone, or of a project that they see in this workspace. */
export function reaches(announcement: Announcement, actor: Actor, { projectIds }: Audience): boolean {
  if (announcement.userId !== undefined) return announcement.userId === actor.userId;
  if (announcement.workspaceId !== actor.workspaceId) return false;
  // Whoever cannot open the page has nothing to read again.
  if (announcement.topic === "job") return actor.workspaceRole === "ADMIN";
  if (announcement.projectId === null) return true;
  return projectIds === "all" || projectIds.has(announcement.projectId);
}
