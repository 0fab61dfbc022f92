import { clockSkewMsOf } from "@/lib/trackers/clock";
import { rateLimitOf } from "@/lib/trackers/rate-limit";
import type { Probe, RemoteComment, RemoteIssue, RemoteProject, RemoteUser, Scope } from "@/lib/trackers/tracker";
import { issueUrl } from "./address";
import { rate } from "./rate";
import type { WireIssue, WireMe, WireNote, WireProject, WireToken, WireUser } from "./wire";

export const toUser = (user: WireUser): RemoteUser => ({
  remoteId: user.id,
  name: user.name || user.username,
  login: user.username,
  email: user.email || user.public_email || null,
  // Blocked, banned, deactivated or still waiting for approval. Nothing said is nothing against it.
  isActive: (user.state ?? "active") === "active",
});

// https://docs.gitlab.com/api/access_requests/#valid-access-levels
const guest = 10;
export const reporter = 20;

/** The role's number; 0 for who is no member. */
export const accessOf = ({ permissions }: WireProject): number =>
  Math.max(permissions?.project_access?.access_level ?? 0, permissions?.group_access?.access_level ?? 0);

export const toProject = (project: WireProject): RemoteProject => {
  const issues = project.issues_access_level ?? (project.issues_enabled === false ? "disabled" : "enabled");
  return {
    remoteId: project.id,
    key: project.path_with_namespace,
    name: project.name,
    url: project.web_url,
    // Issues of a public project may be for its members alone.
    isPublic: project.visibility === "public" && issues !== "private",
    isArchived: project.archived,
    hasIssues: issues !== "disabled",
    canWrite: !project.archived && accessOf(project) >= guest,
  };
};

/** The full path that an answer itself names: after a rename or a move it is not the one that was asked for. */
export const projectKeyOf = ({ references }: Pick<WireIssue, "references">): string =>
  references.full.replace(/#\d+$/, "");

/** "test_case" as people read it: "Test case". */
export const typeNameOf = (type: string): string => (type.charAt(0).toUpperCase() + type.slice(1)).replaceAll("_", " ");

/** What stands behind the scope in a label such as "priority::1"; scopes may have "::" themselves. */
export const scopedValueOf = (labels: readonly string[], scope: string): string | null =>
  labels.find((label) => label.toLowerCase().startsWith(`${scope}::`))?.slice(scope.length + 2) || null;

export function toIssue(issue: WireIssue): RemoteIssue {
  const projectKey = projectKeyOf(issue);
  const [assignee] = issue.assignees;
  return {
    remoteId: issue.id,
    key: `${projectKey}#${issue.iid}`,
    ref: String(issue.iid),
    url: issue.web_url,
    title: issue.title,
    state: issue.state,
    // A state that GitLab may add later is shown by its own name and counts as not done.
    category: issue.state === "closed" ? "done" : "open",
    type: issue.issue_type ? typeNameOf(issue.issue_type) : null,
    priority: scopedValueOf(issue.labels, "priority"),
    labels: issue.labels,
    assignee: assignee ? toUser(assignee) : null,
    author: issue.author ? toUser(issue.author) : null,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    projectRemoteId: issue.project_id,
    projectKey,
  };
}

export const toComment = (
  note: WireNote,
  { baseUrl, projectKey, ref }: { baseUrl: string; projectKey: string; ref: string },
): RemoteComment => ({
  remoteId: note.id,
  author: note.author ? toUser(note.author) : null,
  body: note.body,
  url: `${issueUrl(baseUrl, { projectKey, ref })}#note_${note.id}`,
  createdAt: note.created_at,
  updatedAt: note.updated_at,
  isInternal: Boolean(note.internal ?? note.confidential),
});

export const scopes: readonly Scope[] = [{ name: "api", neededFor: "reading, creating and changing issues" }];

const readOnly: readonly Scope[] = [
  { name: "api", neededFor: "creating and changing issues: with read_api the token only reads" },
];

export function toProbe(
  me: WireMe,
  headers: Headers,
  { token, version, nowMs }: { token: WireToken | null; version: string | null; nowMs: number },
): Probe {
  // What a token with single permissions may do shows only when it is tried.
  const found = token && !token.granular ? token.scopes : null;
  const lacks = found !== null && !found.includes("api");
  return {
    account: { ...toUser(me), displayName: me.name || me.username, url: me.web_url },
    scopesFound: found,
    scopesMissing: lacks ? (found.includes("read_api") ? readOnly : scopes) : [],
    rateLimit: rateLimitOf(headers, rate.headers),
    apiVersion: version,
    clockSkewMs: clockSkewMsOf(headers, nowMs),
  };
}
