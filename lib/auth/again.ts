import { prisma } from "@/lib/db/client";
import type { Actor } from "./member";
import { findPerson } from "./person";

/** The same actor as they are now, or null when the session or token has ended or they have left the workspace. */
export async function findActorAgain(actor: Actor): Promise<Actor | null> {
  const now = new Date();
  const alive = actor.sessionId
    ? await prisma.session.findFirst({
        where: { id: actor.sessionId, workspaceId: actor.workspaceId, revokedAt: null, expiresAt: { gt: now } },
        select: { id: true },
      })
    : await prisma.apiToken.findFirst({
        where: {
          id: actor.tokenId ?? "",
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
        },
        select: { id: true },
      });
  if (!alive) return null;
  const person = await findPerson(prisma, actor);
  return person && { ...actor, ...person };
}
