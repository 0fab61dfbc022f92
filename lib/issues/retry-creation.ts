import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { countAsking } from "./count-asking";
import { canMove } from "./creation-state";
import { getCreation } from "./find-creation";
import { lockResults } from "./find-result";
import { findExisting, join } from "./join";
import { requeue } from "./refile";
import type { Requested } from "./request-creation";

/**
 * A person asks once more for what failed or waits. What others have started or filed since then is answered instead.
 * `turnId` is the asking's own id: by it a repetition recognises what it has done.
 */
export async function retryCreation(member: Member, creationId: string, turnId?: string): Promise<Requested> {
  await countAsking(member);
  return transaction(async (tx) => {
    const creation = await getCreation(tx, member, creationId);
    const { integrationId, createdAt } = creation;
    if (creation.turnId === turnId) return { outcome: "started", creation: { id: creation.id, state: creation.state } };
    if (!canMove(creation, "retry"))
      throw new AppError("conflict", "It is already under way. Only what failed or waits can be tried again.");
    const resultIds = creation.sources.map(({ resultId }) => resultId);
    await lockResults(tx, member, resultIds);
    const joined = await join(tx, member, integrationId, resultIds, creation.id);
    if (joined) return { outcome: "joined", creation: joined };
    const existing = await findExisting(tx, member, integrationId, resultIds, createdAt);
    if (existing) return existing;
    return { outcome: "started", creation: await requeue(tx, member, creation, {}, turnId) };
  });
}
