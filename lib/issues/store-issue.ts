import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { storableText } from "@/lib/db/storable";
import type { RemoteIssue } from "@/lib/trackers/tracker";

type Owner = { workspaceId: string; integrationId: string; createdById: string | null; ownLabels?: readonly string[] };

/**
 * Keeps what the tracker says of an issue, as a new one of ours or as news of one that we know by its remote id.
 * Returns our id of it.
 */
export async function storeIssue(tx: Tx, owner: Owner, remote: RemoteIssue): Promise<string> {
  const { workspaceId, integrationId, createdById, ownLabels = [] } = owner;
  // Two jobs may bring the same new issue at once; the second one waits here and then finds it.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${integrationId}/${remote.remoteId}`}, 0))`;
  const known = await tx.externalIssue.findUnique({
    where: { integrationId_remoteId: { integrationId, remoteId: remote.remoteId } },
    select: { issueId: true },
  });
  const face = {
    title: storableText(remote.title),
    state: storableText(remote.state),
    category: remote.category,
  };
  const mirror = {
    externalProjectId: remote.projectRemoteId,
    key: remote.key,
    ref: remote.ref,
    type: remote.type && storableText(remote.type),
    priority: remote.priority && storableText(remote.priority),
    url: remote.url,
    assignee: remote.assignee ? storableText(remote.assignee.name) : null,
    labels: remote.labels.map(storableText),
    remoteUpdatedAt: remote.updatedAt,
  };
  if (known) {
    const external = { update: { ...mirror, ...(ownLabels.length > 0 && { ownLabels: [...ownLabels] }) } };
    await tx.issue.update({ where: { id: known.issueId }, data: { ...face, external }, select: { id: true } });
    return known.issueId;
  }
  const id = newId();
  await tx.issue.create({
    data: {
      id,
      workspaceId,
      ...face,
      createdById,
      external: {
        create: {
          id: newId(),
          workspaceId,
          integrationId,
          remoteId: remote.remoteId,
          ownLabels: [...ownLabels],
          ...mirror,
        },
      },
    },
    select: { id: true },
  });
  return id;
}
