import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { move } from "./creation/move";
import { getCreation } from "./find-creation";

/** A person lets go of a creation that failed or waits for somebody; its results are free for another one. The draft stays. */
export function dismissCreation(member: Member, creationId: string): Promise<{ id: string; state: "failed" }> {
  return transaction(async (tx) => {
    const creation = await getCreation(tx, member, creationId);
    const dismissed = await move(tx, creation, "dismiss", { dismissedAt: new Date(), retryAt: null });
    if (!dismissed) throw new AppError("conflict", "It is under way. Only what failed or waits can be dismissed.");
    await audit(tx, member, "creation.dismissed", {
      subjectType: "creation",
      subjectId: creation.id,
      projectId: creation.projectId,
      before: { state: creation.state },
    });
    return { id: creation.id, state: "failed" };
  });
}
