import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { isFinished } from "./creation-state";
import type { Requested } from "./request-creation";

/** The unfinished creation for any of the results, made to cover those of them that nobody works on. */
export async function join(
  tx: Tx,
  member: Member,
  integrationId: string,
  resultIds: readonly string[],
  except?: string,
): Promise<{ id: string; state: CreationState } | null> {
  const sources = await tx.issueCreationSource.findMany({
    where: {
      integrationId,
      workspaceId: member.workspaceId,
      finished: false,
      resultId: { in: [...resultIds] },
      ...(except && { creationId: { not: except } }),
    },
    orderBy: { id: "asc" },
    select: { creationId: true, resultId: true },
  });
  const [first] = sources;
  if (!first) return null;
  // The lock keeps the job from finishing between the look and the added sources.
  await lockRow(tx, "IssueCreation", first.creationId);
  const { id, state } = await tx.issueCreation.findUniqueOrThrow({
    where: { id: first.creationId },
    select: { id: true, state: true },
  });
  const taken = new Set(sources.map(({ resultId }) => resultId));
  const free = resultIds.filter((resultId) => !taken.has(resultId));
  if (!isFinished(state) && !except) await addSources(tx, member, { id, integrationId }, free);
  return { id, state };
}

/** The issues of this integration that the results have, newest first, with the creation that made one of them. */
export async function findExisting(
  tx: Tx,
  member: Member,
  integrationId: string,
  resultIds: readonly string[],
  since?: Date,
): Promise<Extract<Requested, { outcome: "exists" }> | null> {
  const { workspaceId, projectId } = member;
  const links = await tx.issueLink.findMany({
    where: {
      workspaceId,
      projectId,
      resultId: { in: [...resultIds] },
      issue: { external: { integrationId } },
      ...(since && { createdAt: { gt: since } }),
    },
    select: { issueId: true },
    distinct: ["issueId"],
    orderBy: { id: "desc" },
    take: 50,
  });
  const issueIds = links.map(({ issueId }) => issueId);
  if (issueIds.length === 0) return null;
  const creation = await tx.issueCreation.findFirst({
    where: { workspaceId, projectId, issueId: { in: issueIds }, state: "created" },
    select: { id: true, state: true },
    orderBy: { id: "desc" },
  });
  return { outcome: "exists", creation, issueIds };
}

/** Says what a creation is for; the partial unique index refuses a result that another one is working on. */
export async function addSources(
  tx: Tx,
  member: Member,
  creation: { id: string; integrationId: string },
  resultIds: readonly string[],
): Promise<void> {
  await tx.issueCreationSource.createMany({
    data: resultIds.map((resultId) => ({
      id: newId(),
      workspaceId: member.workspaceId,
      creationId: creation.id,
      integrationId: creation.integrationId,
      resultId,
    })),
  });
}
