import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { isFinished } from "./creation-state";
import { findUnfinished } from "./find-unfinished";
import { type Source, type Sources, sourcesOf } from "./lock-sources";
import type { Requested } from "./request-creation";

/**
 * The unfinished creation for any of the results, for one of their groups or for a result of a group that is wanted; made
 * to cover what of them nobody works on. The groups and results are locked.
 */
export async function join(
  tx: Tx,
  member: Member,
  integrationId: string,
  wanted: Sources,
  except?: string,
): Promise<{ id: string; state: CreationState } | null> {
  const unfinished = await findUnfinished(tx, member, integrationId, wanted, except);
  if (!unfinished) return null;
  const { creationId, taken, covered } = unfinished;
  const open = { ...wanted, groupIds: wanted.groupIds.filter((id) => !covered.has(id)) };
  const free = sourcesOf({ ...open, resultIds: wanted.resultIds.filter((id) => !taken.has(id)) });
  // Somebody works on each result of these groups: what stands for one of those stands for the group from here on.
  const left = open.groupIds.filter((id) => !free.some(({ groupId }) => groupId === id));
  const widened = sourcesOf({ ...open, groupIds: left }).flatMap(({ resultId, groupId }) => {
    const source = taken.get(resultId);
    return source && groupId ? [{ ...source, groupId }] : [];
  });

  // The locks keep the jobs from finishing between the look and the added sources.
  for (const id of [...new Set([creationId, ...widened.map((source) => source.creationId)])].sort())
    await lockRow(tx, "IssueCreation", id);
  const { id, state } = await tx.issueCreation.findUniqueOrThrow({
    where: { id: creationId },
    select: { id: true, state: true },
  });
  if (except) return { id, state };
  if (!isFinished(state)) await addSources(tx, member, { id, integrationId }, free);
  for (const { sourceId, groupId } of widened)
    await tx.issueCreationSource.updateMany({
      where: { id: sourceId, finished: false, groupId: null },
      data: { groupId },
    });
  return { id, state };
}

/**
 * The issues of this integration that the results have, by themselves or because an issue covers their group, newest
 * first, with the creation that made one of them. Of groups that are wanted whole, those that any of their results has.
 */
export async function findExisting(
  tx: Tx,
  member: Member,
  integrationId: string,
  { resultIds, groupIds, groupOf }: Sources,
  since?: Date,
): Promise<Extract<Requested, { outcome: "exists" }> | null> {
  const { workspaceId, projectId } = member;
  const links = await tx.issueLink.findMany({
    where: {
      workspaceId,
      projectId,
      OR: [
        { resultId: { in: [...resultIds] } },
        { groupId: { in: [...groupOf.values()] }, coversGroup: true },
        { groupId: { in: [...groupIds] } },
      ],
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

/** Says what a creation is for; the partial unique indexes refuse what another one is working on. */
export async function addSources(
  tx: Tx,
  member: Member,
  creation: { id: string; integrationId: string },
  sources: readonly Source[],
): Promise<void> {
  await tx.issueCreationSource.createMany({
    data: sources.map((source) => ({
      id: newId(),
      workspaceId: member.workspaceId,
      creationId: creation.id,
      integrationId: creation.integrationId,
      ...source,
    })),
  });
}
