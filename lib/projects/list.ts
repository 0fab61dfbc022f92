import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";

/** The projects that the actor sees, by name: administrators of the workspace see all of them. */
export const listProjects = (actor: Actor) =>
  prisma.project.findMany({
    where: {
      workspaceId: actor.workspaceId,
      archivedAt: null,
      ...(actor.workspaceRole !== "ADMIN" && { members: { some: { userId: actor.userId } } }),
    },
    select: { id: true, name: true, description: true, defaultBranch: true },
    orderBy: { name: "asc" },
  });
