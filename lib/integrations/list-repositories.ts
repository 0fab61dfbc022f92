import type { Member } from "@/lib/auth/member";
import type { RemoteProject } from "@/lib/trackers/tracker";
import { getAssignment } from "./find-assignment";
import { openTracker } from "./open-tracker";

export type RepositoryPage = { repositories: RemoteProject[]; hasMore: boolean };

/** The repositories or projects that the credential reaches, the first page; the query narrows them at the tracker. */
export async function listRepositories(member: Member, assignmentId: string, query = ""): Promise<RepositoryPage> {
  const { integrationId } = await getAssignment(member, assignmentId);
  const { tracker } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  const wanted = query.trim();
  const { items, next } = await tracker.listProjects(wanted ? { query: wanted } : {});
  return { repositories: [...items], hasMore: next !== null };
}
