import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { move } from "./creation/move";
import { getCreation } from "./find-creation";
import { creationSelect, newIssueUrlOf } from "./views";

/**
 * A person lets go of a creation that failed or waits; its results are free for another one. The draft stays. From here
 * on nothing goes on by itself, so that the answer may name the tracker's own form.
 */
export function dismissCreation(member: Member, creationId: string) {
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
    const row = await tx.issueCreation.findUniqueOrThrow({ where: { id: creation.id }, select: creationSelect });
    return { id: row.id, state: row.state, ...newIssueUrlOf(row) };
  });
}
