import { clockSkewMsOf } from "@/lib/trackers/clock";
import { rateLimitOf } from "@/lib/trackers/rate-limit";
import type {
  Probe,
  RemoteComment,
  RemoteIssue,
  RemoteProject,
  RemoteState,
  RemoteUser,
  Scope,
  StateCategory,
} from "@/lib/trackers/tracker";
import { issueUrl } from "./address";
import type { Edition } from "./edition";
import { rate } from "./rate";
import type { WireComment, WireIssue, WireProject, WireStatus, WireUser } from "./wire";

type Users = Pick<Edition, "userIdOf">;

/** Null for whoever was deleted so thoroughly that nothing names them. */
export function toUser(user: WireUser | null | undefined, { userIdOf }: Users): RemoteUser | null {
  const remoteId = user && userIdOf(user);
  if (!remoteId) return null;
  return {
    remoteId,
    name: user.displayName || user.name || remoteId,
    login: user.name ?? null,
    email: user.emailAddress || null,
    isActive: user.active ?? true,
  };
}

export const toProject = (project: WireProject, baseUrl: string, canWrite: boolean): RemoteProject => ({
  remoteId: project.id,
  key: project.key,
  name: project.name,
  url: `${baseUrl}/browse/${encodeURIComponent(project.key)}`,
  // Neither edition tells who may see a project; none is called public that may not be.
  isPublic: false,
  isArchived: project.archived,
  hasIssues: true,
  canWrite: canWrite && !project.archived,
});

const categories = new Map<string, StateCategory>([
  ["new", "open"],
  ["indeterminate", "in_progress"],
  ["done", "done"],
]);

/** By the category that every status has; its name may be any. One without a category counts as not begun. */
export const toState = (status: WireStatus): RemoteState => ({
  name: status.name,
  category: categories.get(status.statusCategory?.key ?? "") ?? "open",
});

/** What `toIssue` needs. */
export const issueFields = [
  ...["summary", "status", "issuetype", "priority", "labels", "assignee", "creator", "reporter"],
  ...["created", "updated", "project"],
];

/** The id is the reference: a key changes when the issue is moved, and the API takes either. */
export function toIssue({ id, key, fields }: WireIssue, baseUrl: string, users: Users): RemoteIssue {
  const { name: state, category } = toState(fields.status ?? { name: "" });
  return {
    remoteId: id,
    key,
    ref: id,
    url: issueUrl(baseUrl, { ref: key }),
    title: fields.summary ?? "",
    state,
    category,
    type: fields.issuetype?.name ?? null,
    priority: fields.priority?.name ?? null,
    labels: fields.labels ?? [],
    assignee: toUser(fields.assignee, users),
    author: toUser(fields.creator, users) ?? toUser(fields.reporter, users),
    createdAt: fields.created,
    updatedAt: fields.updated,
    projectRemoteId: fields.project.id,
    projectKey: fields.project.key,
  };
}

const ownNote = "sd.public.comment";

export function toComment(
  comment: WireComment,
  { readText, ...users }: Pick<Edition, "readText" | "userIdOf">,
  issue: { baseUrl: string; key: string | null },
): RemoteComment {
  // Service desks tell it by `jsdPublic` on Cloud, by a property on Data Center; others restrict who may see one.
  const note = comment.properties?.find(({ key }) => key === ownNote)?.value;
  const isNote = typeof note === "object" && note !== null && "internal" in note && String(note.internal) === "true";
  return {
    remoteId: comment.id,
    author: toUser(comment.author, users),
    body: readText(comment.body),
    url: issue.key && `${issueUrl(issue.baseUrl, { ref: issue.key })}?focusedCommentId=${comment.id}`,
    createdAt: comment.created,
    updatedAt: comment.updated,
    isInternal: comment.jsdPublic === false || isNote || Boolean(comment.visibility),
  };
}

/** Permissions by Jira's own keys, in any project; a single project may grant fewer. */
export const scopes: readonly Scope[] = [
  { name: "BROWSE_PROJECTS", neededFor: "reading issues and projects" },
  { name: "CREATE_ISSUES", neededFor: "creating issues" },
  { name: "EDIT_ISSUES", neededFor: "keeping issues up to date" },
  { name: "TRANSITION_ISSUES", neededFor: "changing an issue's state" },
  { name: "ADD_COMMENTS", neededFor: "copying comments" },
  { name: "CREATE_ATTACHMENTS", neededFor: "attaching screenshots and logs" },
  { name: "LINK_ISSUES", neededFor: "the link back to the failure" },
];

type Answers = {
  account: Probe["account"];
  permissions: Record<string, { havePermission?: boolean | undefined }>;
  version: string | null;
  headers: Headers;
};

export function toProbe({ account, permissions, version, headers }: Answers, nowMs: number): Probe {
  const has = ({ name }: Scope) => permissions[name]?.havePermission === true;
  return {
    account,
    scopesFound: scopes.filter(has).map(({ name }) => name),
    scopesMissing: scopes.filter((scope) => !has(scope)),
    rateLimit: rateLimitOf(headers, rate.headers),
    apiVersion: version,
    clockSkewMs: clockSkewMsOf(headers, nowMs),
  };
}
