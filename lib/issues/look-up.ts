import type { Member } from "@/lib/auth/member";
import { AppError, isKind, notFound } from "@/lib/errors";
import { countReading } from "@/lib/integrations/count-reading";
import { openTracker } from "@/lib/integrations/open-tracker";
import { trackerOf } from "@/lib/trackers/registry";
import type { RemoteIssue } from "@/lib/trackers/tracker";
import { getActiveAssignment, targetOf } from "./find-target";

/**
 * The remote issue that a pasted key or address means. Only the repositories that are assigned to the project are
 * reached; an issue anywhere else is answered in the very words of one that does not exist.
 */
export async function lookUpIssue(member: Member, integrationId: string, text: string): Promise<RemoteIssue> {
  const assignment = await getActiveAssignment(member, integrationId);
  const { integration, externalProjects } = assignment;
  const ref = trackerOf(integration.provider).parseIssueRef(text, integration.baseUrl);
  if (!ref) {
    const message = `This is neither an issue's key nor its address in ${integration.name}.`;
    throw new AppError("invalid_input", message, { fields: { ref: message } });
  }
  const project = ref.projectKey
    ? externalProjects.find(({ key }) => key.toLowerCase() === ref.projectKey?.toLowerCase())
    : targetOf(assignment);
  if (!project) throw notFound("issue");

  await countReading(member);
  const { tracker } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  const issue = await tracker.getIssue({ project, ref: ref.ref }).catch((error: unknown) => {
    if (isKind(error, "tracker_not_found")) throw notFound("issue");
    throw error;
  });
  // It may have been moved to a repository that this project knows nothing of.
  if (!externalProjects.some(({ remoteId }) => remoteId === issue.projectRemoteId)) throw notFound("issue");
  return issue;
}
