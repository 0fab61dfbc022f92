import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";

/** The workspace that the person works in. */
export const getWorkspace = ({ workspaceId }: Actor) =>
  prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { id: true, name: true } });
