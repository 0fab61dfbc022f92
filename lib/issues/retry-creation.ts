import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { canMove } from "./creation-state";
import { lockResults } from "./find-result";
import { findExisting, join } from "./join";
import { requeue } from "./refile";
import type { Requested } from "./request-creation";

/** A creation of the member's project; throws not_found. */
export async function requireCreation(tx: Tx, member: Member, creationId: string) {
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
          createdAt: true,
          sources: { select: { resultId: true } },
        },
      })
    : null;
  if (!creation) throw notFound("creation");
  return creation;
}

/** A person asks once more for what failed or waits. What others have started or filed since then is answered instead. */
export function retryCreation(member: Member, creationId: string): Promise<Requested> {
  return transaction(async (tx) => {
    const creation = await requireCreation(tx, member, creationId);
    const { integrationId, state, createdAt } = creation;
    if (!canMove(state, "retry"))
      throw new AppError("conflict", "It is already under way. Only what failed or waits can be tried again.");
    const resultIds = creation.sources.map(({ resultId }) => resultId);
    await lockResults(tx, member, resultIds);
    const joined = await join(tx, member, integrationId, resultIds, creation.id);
    if (joined) return { outcome: "joined", creation: joined };
    const existing = await findExisting(tx, member, integrationId, resultIds, createdAt);
    if (existing) return existing;
    return { outcome: "started", creation: await requeue(tx, member, creation) };
  });
}
