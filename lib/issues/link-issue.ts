import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { announceLinks } from "./announce-links";
import { type LinkPlace, type LinkTo, placeOf } from "./link-place";
import { lookUpIssue } from "./look-up";
import { storeIssue } from "./store-issue";

/** Links an issue that exists already. Linking twice is no error: the link that there is stays. */
export async function linkIssue(
  member: Member,
  integrationId: string,
  to: LinkTo,
  ref: string,
): Promise<{ issueId: string; linkId: string; outcome: "linked" | "already_linked" }> {
  // Before the tracker is asked: nobody looks up issues for a result that they cannot see.
  await transaction((tx) => placeOf(tx, member, to));
  const remote = await lookUpIssue(member, integrationId, ref);

  return transaction(async (tx) => {
    const { workspaceId, projectId, userId } = member;
    const place = await placeOf(tx, member, to);
    const { groupId } = place;
    const issueId = await storeIssue(tx, { workspaceId, integrationId, createdById: userId }, remote);
    const known = await findLink(tx, { workspaceId, projectId, issueId }, place);
    if (known && (known.coversGroup || !place.coversGroup))
      return { issueId, linkId: known.id, outcome: "already_linked" as const };

    const linkId = known?.id ?? newId();
    await tx.issueLink.upsert({
      where: { id: linkId },
      create: { id: linkId, workspaceId, projectId, issueId, ...place, createdById: userId },
      // It was linked to the result alone.
      update: { groupId, coversGroup: true },
      select: { id: true },
    });
    await audit(tx, member, "issue.linked", {
      subjectType: "issue",
      subjectId: issueId,
      projectId,
      after: { key: remote.key, ...place },
    });
    await announceLinks(tx, { workspaceId, projectId }, issueId, groupId ? [groupId] : []);
    return { issueId, linkId, outcome: "linked" as const };
  });
}

/** The link that says it already; or, for a whole group, the one to its sample alone, which can be made to say it. */
async function findLink(tx: Tx, at: { workspaceId: string; projectId: string; issueId: string }, place: LinkPlace) {
  const { resultId, caseId, groupId, coversGroup } = place;
  const links = await tx.issueLink.findMany({
    where: {
      ...at,
      OR: [
        ...(groupId ? [{ groupId, coversGroup: true }] : []),
        ...(resultId ? [{ resultId }] : coversGroup ? [] : [{ caseId, resultId: null }]),
      ],
    },
    select: { id: true, coversGroup: true },
    orderBy: { coversGroup: "desc" },
    take: 1,
  });
  return links[0] ?? null;
}
