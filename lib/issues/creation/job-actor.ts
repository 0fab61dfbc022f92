import type { Actor } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";

/** The person on whose behalf a job works, for the audit log. */
export async function jobActor(tx: Tx, workspaceId: string, userId: string): Promise<Actor> {
  const membership = await tx.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, user: { select: { name: true, email: true } } },
  });
  return {
    userId,
    workspaceId,
    // Who has left the workspace since is still who asked for it.
    name: membership?.user.name ?? "a former member",
    email: membership?.user.email ?? "",
    workspaceRole: membership?.role ?? "MEMBER",
    via: "job",
    sessionId: null,
    tokenId: null,
    scopes: [],
    ip: null,
    userAgent: null,
  };
}
