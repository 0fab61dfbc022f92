import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { move, noError } from "./move";

type Stopped = { id: string; workspaceId: string; projectId: string; integrationId: string };

/**
 * Hands a creation that stopped or waits to a new job; one that still sleeps on it stops when it wakes. The marker
 * stays, so that the job looks first where it must. False when it has moved on by itself meanwhile.
 */
export async function handOver(
  tx: Tx,
  creation: Stopped,
  changes: Prisma.IssueCreationUncheckedUpdateManyInput = {},
  turnId = newId(),
): Promise<boolean> {
  const { id: creationId, workspaceId, integrationId } = creation;
  const moved = await move(tx, creation, "retry", { ...changes, ...noError, turnId, sweptAt: null, dismissedAt: null });
  if (moved) await send(tx, creationRequested.create({ workspaceId, integrationId, creationId, turnId }));
  return moved;
}
