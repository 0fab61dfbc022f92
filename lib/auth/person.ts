import type { Tx } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import type { Actor } from "./member";

/** Where a request comes from, for the session list and the audit log. */
export type Origin = Pick<Actor, "ip" | "userAgent">;

type Key = { workspaceId: string; userId: string };

/** A person of the workspace as an actor without a request: for jobs, the seed, and sign-in, which has no session yet. */
export async function actorFor(
  db: Pick<Tx, "membership">,
  { workspaceId, userId }: Key,
  via: "session" | "job" = "job",
  { ip, userAgent }: Origin = { ip: null, userAgent: null },
): Promise<Actor> {
  const membership = await db.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, user: { select: { name: true, email: true } } },
  });
  if (!membership) throw notFound("member");
  const { role, user } = membership;
  return {
    userId,
    workspaceId,
    workspaceRole: role,
    ...user,
    via,
    sessionId: null,
    tokenId: null,
    scopes: null,
    ip,
    userAgent,
  };
}
