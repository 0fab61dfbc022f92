import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { announce } from "@/lib/events/announce";
import { isFinished, type MoveName, moves } from "../creation-state";

type Moving = { id: string; workspaceId: string; projectId: string };
type Changes = Omit<Prisma.IssueCreationUncheckedUpdateManyInput, "state">;

/**
 * Moves a creation, if its state (and what else `where` asks) still allows it, frees or takes its sources, and tells
 * open pages. False when somebody else was faster.
 */
export async function move(
  tx: Tx,
  creation: Moving,
  name: MoveName,
  changes: Changes = {},
  where: Prisma.IssueCreationWhereInput = {},
): Promise<boolean> {
  const { id, workspaceId, projectId } = creation;
  const { from, to } = moves[name];
  // As in canMove: what a person wants waits until no job looks any more.
  const free = "byPerson" in moves[name] ? { NOT: { state: "unknown" as const, retryAt: { not: null } } } : {};
  const { count } = await tx.issueCreation.updateMany({
    where: { AND: [where, free, { id, state: { in: [...from] } }] },
    data: { ...changes, state: to },
  });
  if (count === 0) return false;
  await tx.issueCreationSource.updateMany({
    where: { creationId: id, finished: !isFinished(to) },
    data: { finished: isFinished(to) },
  });
  await announce(tx, { workspaceId, projectId, topic: "creation", id });
  return true;
}

/** What a new attempt or a success leaves of an earlier failure. */
export const noError = { errorKind: null, errorMessage: null, errorFields: Prisma.DbNull, retryAt: null };
