import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { getFailure } from "./find-result";
import { lockGroups } from "./groups";
import { checkSamples, lockSources } from "./lock-sources";

/**
 * What an issue is linked to: a result with its case and run, a case alone, or a failure group as a whole, with the result
 * that it was linked from where there is one.
 */
export type LinkTo = { resultId: string } | { caseId: string } | { groupId: string; resultId?: string | undefined };

/** As a link says it. */
export type LinkPlace = {
  resultId: string | null;
  caseId: string | null;
  runId: string | null;
  groupId: string | null;
  coversGroup: boolean;
};

const nowhere: LinkPlace = { resultId: null, caseId: null, runId: null, groupId: null, coversGroup: false };

/** Where that is, its failure group locked, so that nobody merges or splits it before the link is there. */
export async function placeOf(tx: Tx, member: Member, to: LinkTo): Promise<LinkPlace> {
  if ("groupId" in to) return placeOfGroup(tx, member, to);
  if ("resultId" in to) {
    const { id: resultId, caseId, runId } = await getFailure(member, to.resultId, tx);
    const { ofResult } = await lockGroups(tx, member, { resultIds: [resultId] });
    return { resultId, caseId, runId, groupId: ofResult.get(resultId) ?? null, coversGroup: false };
  }
  const { workspaceId, projectId } = member;
  const found = isId(to.caseId)
    ? await tx.testCase.findFirst({ where: { id: to.caseId, workspaceId, projectId }, select: { id: true } })
    : null;
  if (!found) throw notFound("case");
  return { ...nowhere, caseId: found.id };
}

type ToGroup = Extract<LinkTo, { groupId: string }>;

async function placeOfGroup(tx: Tx, member: Member, { groupId: asked, resultId }: ToGroup): Promise<LinkPlace> {
  const resultIds = resultId ? [resultId] : [];
  const wanted = await lockSources(tx, member, { resultIds, groupIds: [asked] });
  const [groupId = asked] = wanted.groupIds;
  if (!resultId) return { ...nowhere, groupId, coversGroup: true };
  checkSamples(wanted);
  const { caseId, runId } = await getFailure(member, resultId, tx);
  return { resultId, caseId, runId, groupId, coversGroup: true };
}

/** One of the three has to be named; beside a group, the result of it that it was linked from may be. */
export function linkTo({
  resultId,
  caseId,
  groupId,
}: { [Noun in "resultId" | "caseId" | "groupId"]?: string | undefined }): LinkTo {
  if (groupId && !caseId) return { groupId, resultId };
  if (resultId && !caseId) return { resultId };
  if (caseId && !resultId && !groupId) return { caseId };
  const message = "Name a result, a case or a failure group.";
  throw new AppError("invalid_input", message, { fields: { resultId: message } });
}
