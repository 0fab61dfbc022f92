import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { countAsking } from "./count-asking";
import { canMove } from "./creation-state";
import { getCreation } from "./find-creation";
import { findExisting, join } from "./join";
import { lockSources } from "./lock-sources";
import { requeue } from "./refile";
import type { Requested } from "./request-creation";

/**
 * A person asks once more for what failed or waits. What others have started or filed since then is answered instead.
 * `turnId` is the asking's own id: by it a repetition recognises what it has done.
 */
export async function retryCreation(
  member: Member,
  creationId: string,
  turnId?: string,
  bulkId?: string,
): Promise<Requested> {
  // Of a bulk creation all that failed are asked for anew by one request, which was counted.
  if (!bulkId) await countAsking(member);
  return transaction(async (tx) => {
    const creation = await getCreation(tx, member, creationId);
    const { integrationId, createdAt } = creation;
    if (creation.turnId === turnId) return { outcome: "started", creation: { id: creation.id, state: creation.state } };
    if (!canMove(creation, "retry"))
      throw new AppError("conflict", "It is already under way. Only what failed or waits can be tried again.");
    const wanted = await lockSources(tx, member, {
      resultIds: creation.sources.map(({ resultId }) => resultId),
      groupIds: creation.sources.flatMap(({ groupId }) => groupId ?? []),
    });
    const joined = await join(tx, member, integrationId, wanted, creation.id);
    if (joined) return { outcome: "joined", creation: joined };
    const existing = await findExisting(tx, member, integrationId, wanted, createdAt);
    if (existing) return existing;
    return { outcome: "started", creation: await requeue(tx, member, creation, {}, turnId) };
  });
}
