import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";

/** The workspace that the actor works in. */
export const getWorkspace = (actor: Actor) =>
  prisma.workspace.findUniqueOrThrow({ where: { id: actor.workspaceId }, select: { id: true, name: true } });
