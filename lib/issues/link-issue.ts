import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { getFailure } from "./find-result";
import { lookUpIssue } from "./look-up";
import { storeIssue } from "./store-issue";

/** What an issue is linked to: a result with its case and run, or a case alone. */
export type LinkTo = { resultId: string } | { caseId: string };

/** Links an issue that exists already. Linking twice is no error: the link that there is stays. */
export async function linkIssue(
  member: Member,
  integrationId: string,
  to: LinkTo,
  ref: string,
): Promise<{ issueId: string; linkId: string; outcome: "linked" | "already_linked" }> {
  // Before the tracker is asked: nobody looks up issues for a result that they cannot see.
  await placeOf(member, to);
  const remote = await lookUpIssue(member, integrationId, ref);

  return transaction(async (tx) => {
    const { workspaceId, projectId, userId } = member;
    const place = await placeOf(member, to, tx);
    const issueId = await storeIssue(tx, { workspaceId, integrationId, createdById: userId }, remote);
    const known = await tx.issueLink.findFirst({
      where: { workspaceId, projectId, issueId, ...place },
      select: { id: true },
    });
    if (known) return { issueId, linkId: known.id, outcome: "already_linked" as const };

    const linkId = newId();
    await tx.issueLink.create({
      data: { id: linkId, workspaceId, projectId, issueId, ...place, createdById: userId },
      select: { id: true },
    });
    await audit(tx, member, "issue.linked", {
      subjectType: "issue",
      subjectId: issueId,
      projectId,
      after: { key: remote.key, ...place },
    });
    await announce(tx, { workspaceId, projectId, topic: "issue", id: issueId });
    return { issueId, linkId, outcome: "linked" as const };
  });
}

type Place = { resultId: string | null; caseId: string; runId: string | null };

async function placeOf(member: Member, to: LinkTo, tx?: Tx): Promise<Place> {
  if ("resultId" in to) {
    const { id: resultId, caseId, runId } = await getFailure(member, to.resultId, tx);
    return { resultId, caseId, runId };
  }
  const { workspaceId, projectId } = member;
  const found = isId(to.caseId)
    ? await (tx ?? prisma).testCase.findFirst({
        where: { id: to.caseId, workspaceId, projectId },
        select: { id: true },
      })
    : null;
  if (!found) throw notFound("case");
  return { resultId: null, caseId: found.id, runId: null };
}

/** Takes an issue off a result or a case of the member's project. The issue itself stays as it is. */
export function unlinkIssue(member: Member, issueId: string, from: LinkTo): Promise<{ removed: number }> {
  return transaction(async (tx) => {
    const { workspaceId, projectId } = member;
    const ids = [issueId, ...Object.values(from)];
    const links = ids.every(isId)
      ? await tx.issueLink.findMany({
          where: { workspaceId, projectId, issueId, ...("caseId" in from ? { ...from, resultId: null } : from) },
          select: { id: true, caseId: true, runId: true, resultId: true },
        })
      : [];
    if (links.length === 0) throw notFound("link");
    await tx.issueLink.deleteMany({ where: { id: { in: links.map(({ id }) => id) } } });
    await audit(tx, member, "issue.unlinked", {
      subjectType: "issue",
      subjectId: issueId,
      projectId,
      before: { links },
    });
    await announce(tx, { workspaceId, projectId, topic: "issue", id: issueId });
    return { removed: links.length };
  });
}

/** Exactly one of the two has to be named. */
export function linkTo({ resultId, caseId }: { resultId?: string | undefined; caseId?: string | undefined }): LinkTo {
  if (resultId && !caseId) return { resultId };
  if (caseId && !resultId) return { caseId };
  const message = "Name either a result or a case.";
  throw new AppError("invalid_input", message, { fields: { resultId: message } });
}
