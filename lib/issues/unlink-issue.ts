import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announceLinks } from "./announce-links";
import { groupsOf, lockGroups } from "./groups";
import type { LinkTo } from "./link-place";

// What the log keeps of them by name; it says how many there were.
const mostLogged = 50;

/**
 * Takes an issue off a result, a case or a failure group of the member's project; off a group means off all of its results
 * too. The issue itself stays as it is.
 */
export function unlinkIssue(member: Member, issueId: string, from: LinkTo): Promise<{ removed: number }> {
  return transaction(async (tx) => {
    const { workspaceId, projectId } = member;
    const ids = [issueId, ...Object.values(from).filter((id) => id !== undefined)];
    const at = { workspaceId, projectId, issueId };
    const links = ids.every(isId)
      ? await tx.issueLink.findMany({
          where: { ...at, ...(await whereOf(tx, member, from)) },
          select: { id: true, caseId: true, runId: true, resultId: true, groupId: true, coversGroup: true },
          orderBy: { id: "asc" },
        })
      : [];
    if (links.length === 0) {
      if ("resultId" in from && !("groupId" in from) && ids.every(isId))
        await checkCover(tx, member, at, from.resultId);
      throw notFound("link");
    }
    await tx.issueLink.deleteMany({ where: { id: { in: links.map(({ id }) => id) } } });
    await audit(tx, member, "issue.unlinked", {
      subjectType: "issue",
      subjectId: issueId,
      projectId,
      before: { removed: links.length, links: links.slice(0, mostLogged) },
    });
    const touched = links.flatMap(({ groupId }) => groupId ?? []);
    await announceLinks(tx, { workspaceId, projectId }, issueId, touched);
    return { removed: links.length };
  });
}

async function whereOf(tx: Tx, member: Member, from: LinkTo): Promise<Prisma.IssueLinkWhereInput> {
  if ("groupId" in from) {
    // Nobody moves these links while they are removed.
    const { ofGroup } = await lockGroups(tx, member, { resultIds: [], groupIds: [from.groupId] });
    return { groupId: ofGroup.get(from.groupId) ?? from.groupId };
  }
  return "caseId" in from ? { ...from, resultId: null, groupId: null } : { ...from, coversGroup: false };
}

/** Where the issue is for the whole group, one of its results cannot be taken out: that has to be said. */
async function checkCover(tx: Tx, member: Member, at: Prisma.IssueLinkWhereInput, resultId: string): Promise<void> {
  const groupId = { in: [...(await groupsOf(tx, member, [resultId])).values()] };
  const cover = await tx.issueLink.findFirst({
    where: { ...at, coversGroup: true, OR: [{ resultId }, { groupId }] },
    select: { id: true },
  });
  if (!cover) return;
  throw new AppError(
    "conflict",
    "The issue is linked to the whole failure group of this result. Unlink it from the group.",
  );
}
