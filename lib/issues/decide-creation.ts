import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, transaction } from "@/lib/db/client";
import { countAsking } from "./count-asking";
import { nothingToDecide, storeCreated } from "./creation/store";
import { isUndecided } from "./creation-state";
import { getCreation } from "./find-creation";
import { lookUpIssue } from "./look-up";
import { requeue } from "./refile";

/** What a person found where Faultline could not: the issue, by key or address, or that there is none. */
export type Decision = { found: true; ref: string } | { found: false };

/**
 * A person says whether the issue of an undecided creation is there. Found, it is taken as the one that was created;
 * absent, it is sent again, after one more look: a person may have looked too early as well.
 */
export async function decideCreation(member: Member, creationId: string, decision: Decision) {
  await countAsking(member);
  const creation = await getCreation(prisma, member, creationId);
  if (!isUndecided(creation)) throw nothingToDecide();
  if (decision.found) {
    const remote = await lookUpIssue(member, creation.integrationId, decision.ref);
    return { id: creation.id, ...(await storeCreated(creation, remote, [], member)) };
  }
  return transaction(async (tx) => {
    const asked = await requeue(tx, member, creation, { absentSince: new Date() });
    if (asked.state !== "queued") throw nothingToDecide();
    await audit(tx, member, "creation.decided", {
      subjectType: "creation",
      subjectId: creation.id,
      projectId: creation.projectId,
      after: { found: false },
    });
    return asked;
  });
}
