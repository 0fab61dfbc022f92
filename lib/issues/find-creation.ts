import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

/** A creation of the member's project; throws not_found. */
export async function getCreation(tx: Tx, member: Member, creationId: string) {
  const { workspaceId, projectId } = member;
  const creation = isId(creationId)
    ? await tx.issueCreation.findFirst({
        where: { id: creationId, workspaceId, projectId },
        select: {
          id: true,
          workspaceId: true,
          projectId: true,
          integrationId: true,
          state: true,
          turnId: true,
          retryAt: true,
          sentAt: true,
          requestedById: true,
          createdAt: true,
          sources: { select: { resultId: true, groupId: true }, orderBy: { id: "asc" } },
        },
      })
    : null;
  if (!creation) throw notFound("creation");
  return creation;
}
