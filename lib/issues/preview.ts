import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import { bodyOf } from "./body";
import { getFailure } from "./find-result";
import { getAssignment, labelsOf, targetOf } from "./find-target";

type PreviewInput = {
  integrationId: string;
  title: string;
  description: unknown;
  resultIds: readonly string[];
  externalProject?: string | null | undefined;
  labels?: readonly string[] | undefined;
  draftId?: string | undefined;
};

/** What would be sent, where and as whom, by the same code that sends it; nothing is written and nobody is asked. */
export async function previewIssue(member: Member, input: PreviewInput) {
  const assignment = await getAssignment(member, input.integrationId);
  const { integration } = assignment;
  const target = targetOf(assignment, input.externalProject);
  const [firstResult] = input.resultIds;
  if (firstResult) await getFailure(member, firstResult);

  const { projectId, workspaceId } = member;
  const { resultIds, description, draftId } = input;
  const tracker = trackerOf(integration.provider);
  const body = tracker.renderBody(await bodyOf({ projectId, resultIds, description, marker: draftId ?? null }));
  const labels = labelsOf(assignment, input.labels);
  const connection = await prisma.connection.findFirst({
    where: { workspaceId, integrationId: integration.id, userId: null },
    select: { login: true, displayName: true, status: true },
  });
  const { key: projectKey, name, url, isPublic } = target;
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
    newIssueUrl: tracker.newIssueUrl(integration.baseUrl, {
      projectKey,
      title: input.title,
      body: body.output,
      labels,
    }),
  };
}
