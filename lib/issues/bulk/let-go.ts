import type { Tx } from "@/lib/db/client";
import { move } from "../creation/move";

type Bulk = { id: string; workspaceId: string; projectId: string };

/**
 * Lets go of the creations of a bulk creation, or of one of them, that no call has left for and no other bulk creation
 * has joined; answers how many.
 */
export async function letGo(tx: Tx, { id: bulkId, workspaceId, projectId }: Bulk, only?: string): Promise<number> {
  const unsent = await tx.issueCreation.findMany({
    where: {
      bulkId,
      workspaceId,
      projectId,
      sentAt: null,
      state: { in: ["queued", "held"] },
      ...(only && { id: only }),
    },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const joined = await tx.bulkItem.findMany({
    where: { creationId: { in: unsent.map(({ id }) => id) }, state: "joined", bulkId: { not: bulkId } },
    select: { creationId: true },
  });
  const kept = new Set(joined.map(({ creationId }) => creationId));
  let count = 0;
  for (const { id } of unsent.filter(({ id }) => !kept.has(id))) {
    const changes = {
      dismissedAt: new Date(),
      retryAt: null,
      errorKind: "conflict",
      errorMessage: "It was cancelled.",
    };
    if (await move(tx, { id, workspaceId, projectId }, "cancel", changes, { sentAt: null })) count += 1;
  }
  return count;
}
