import { listResultFiles } from "@/lib/attachments/list";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { outgoing } from "@/lib/richtext/outgoing";
import { trackerOf } from "@/lib/trackers/registry";
import { getDraft } from "./drafts";
import { getActiveAssignment, labelsOf, targetOf } from "./find-target";
import { findUnfinished } from "./find-unfinished";
import { frameOf } from "./frame";
import { groupsOf } from "./groups";
import { newIssueForm } from "./new-issue-form";

const mostFiles = 50;

/** What would be sent, where and as whom, by the same code that sends it; nothing is written and nobody is asked. */
export async function previewDraft(member: Member, draftId: string) {
  const draft = await getDraft(member, draftId);
  const assignment = await getActiveAssignment(member, draft.integrationId);
  const { integration } = assignment;
  const target = targetOf(assignment, draft.externalProjectId);

  const { projectId, workspaceId, userId } = member;
  const { resultId } = draft;
  const tracker = trackerOf(integration.provider);
  const { attachments: files } = await listResultFiles(member, resultId, { limit: mostFiles });
  const framed = await frameOf({
    ...draft,
    ...{ workspaceId, projectId, userId, integration, resultIds: [resultId] },
    offered: files.map(({ id }) => id),
    labels: labelsOf(assignment, draft.labels),
    // The creation takes over the draft's id, so that the marker is the one that will be sent.
    marker: draft.id,
  });
  const { frame, content, own } = framed;
  const { body, ...sent } = outgoing(frame, content, own);
  const connection = await prisma.connection.findFirst({
    where: { workspaceId, integrationId: integration.id, userId: null },
    select: { login: true, displayName: true, status: true },
  });
  const groupOf = await groupsOf(prisma, member, [resultId]);
  const groupIds = draft.groupId ? [draft.groupId] : [];
  const wanted = { resultIds: [resultId], groupIds, groupOf };
  const underWay = await findUnfinished(prisma, member, integration.id, wanted);
  const { key: projectKey, name, url, isPublic } = target;
  return {
    ...body,
    ...sent,
    files,
    frame,
    titleLimit: tracker.limits.titleChars,
    project: { key: projectKey, name, url, isPublic, noun: tracker.projectNoun },
    author: {
      login: connection?.login ?? null,
      name: connection?.displayName ?? connection?.login ?? null,
      reason: `${integration.name} uses one shared token`,
      isUsable: connection?.status === "active" && integration.status === "active",
    },
    // Filed by hand as well, it would be there twice.
    ...(!underWay && newIssueForm({ ...integration, project: target, typeId: draft.typeId }, framed)),
  };
}
