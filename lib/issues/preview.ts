import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import { bodyOf } from "./body";
import { getDraft } from "./drafts";
import { getActiveAssignment, labelsOf, targetOf } from "./find-target";

/** What would be sent, where and as whom, by the same code that sends it; nothing is written and nobody is asked. */
export async function previewDraft(member: Member, draftId: string) {
  const draft = await getDraft(member, draftId);
  const assignment = await getActiveAssignment(member, draft.integrationId);
  const { integration } = assignment;
  const target = targetOf(assignment, draft.externalProjectId);

  const { projectId, workspaceId } = member;
  const { title, description, resultId } = draft;
  const tracker = trackerOf(integration.provider);
  // The creation takes over the draft's id, so that the marker is the one that will be sent.
  const source = { workspaceId, projectId, resultIds: [resultId], description, marker: draft.id };
  const body = tracker.renderBody(await bodyOf(source));
  const labels = labelsOf(assignment, draft.labels);
  const connection = await prisma.connection.findFirst({
    where: { workspaceId, integrationId: integration.id, userId: null },
    select: { login: true, displayName: true, status: true },
  });
  const underWay = await prisma.issueCreationSource.findFirst({
    where: { workspaceId, integrationId: integration.id, resultId, finished: false },
    select: { id: true },
  });
  const { key: projectKey, name, url, isPublic } = target;
  const form = tracker.newIssueUrl(integration.baseUrl, { projectKey: target.key, title, body: body.output, labels });
  return {
    ...body,
    labels,
    titleLimit: tracker.limits.titleChars,
    project: { key: projectKey, name, url, isPublic, noun: tracker.projectNoun },
    author: {
      login: connection?.login ?? null,
      name: connection?.displayName ?? connection?.login ?? null,
      reason: `${integration.name} uses one shared token`,
      isUsable: connection?.status === "active" && integration.status === "active",
    },
    // Filed by hand as well, it would be there twice.
    ...(!underWay && { newIssueUrl: form.url }),
    isNewIssueUrlCut: form.isCut,
  };
}
