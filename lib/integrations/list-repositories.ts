import type { Member } from "@/lib/auth/member";
import { AppError } from "@/lib/errors";
import type { RemoteProject } from "@/lib/trackers/tracker";
import { countListing } from "./count-reading";
import { getAssignment } from "./find-assignment";
import { openTracker } from "./open-tracker";

export type RepositoryPage = { repositories: RemoteProject[]; next: string | null };

// Some trackers narrow by name only what they list: of thousands most pages then hold nothing that is wanted.
const enough = 25;
const mostPages = 10;
const deadlineMs = 8_000;

/**
 * The repositories or projects that the credential reaches, page by page; the query narrows them at the tracker. `next`
 * is the tracker's own word for where to go on.
 */
export async function listRepositories(
  member: Member,
  assignmentId: string,
  { query = "", cursor }: { query?: string; cursor?: string | undefined } = {},
): Promise<RepositoryPage> {
  await countListing(member);
  const { integrationId } = await getAssignment(member, assignmentId);
  const { tracker } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  const wanted = query.trim();
  const repositories = new Map<string, RemoteProject>();
  const startedAt = performance.now();
  let next = cursor ?? null;
  for (let page = 0; page < mostPages; page++) {
    const found = await tracker.listProjects({ ...(wanted && { query: wanted }), cursor: next });
    for (const one of found.items) repositories.set(one.remoteId, one);
    if (found.next !== null && found.next === next)
      throw new AppError("tracker_unreadable", "The tracker's list of projects does not go on.");
    next = found.next;
    // A person waits: what was found so far is shown, and the rest is asked for.
    if (next === null || repositories.size >= enough || performance.now() - startedAt > deadlineMs) break;
  }
  return { repositories: [...repositories.values()], next };
}
