import { clockSkewMsOf } from "@/lib/trackers/clock";
import { rateLimitOf } from "@/lib/trackers/rate-limit";
import type {
  BoardField,
  Probe,
  ProjectRef,
  RemoteComment,
  RemoteIssue,
  RemoteProject,
  RemoteUser,
  Scope,
} from "@/lib/trackers/tracker";
import { rate } from "./rate";
import type { WireComment, WireIssue, WireRepo, WireSelect, WireUser } from "./wire";

export const toUser = (user: Pick<WireUser, "id" | "login"> | null | undefined): RemoteUser | null =>
  user ? { remoteId: user.id, name: user.login } : null;

export const toProject = (repo: WireRepo): RemoteProject => ({
  remoteId: repo.id,
  key: repo.full_name,
  name: repo.name,
  url: repo.html_url,
  // "internal" is visible to everyone in the enterprise and flagged private; only public is public.
  isPublic: repo.visibility ? repo.visibility === "public" : !repo.private,
  isArchived: repo.archived,
  hasIssues: repo.has_issues,
  canWrite: !repo.archived && Boolean(repo.permissions?.push || repo.permissions?.triage),
});

/** The "owner/name" that an answer itself names: after a rename or a transfer it is not the one that was asked for. */
export const projectKeyOf = (issue: Pick<WireIssue, "repository_url">): string =>
  issue.repository_url.split("/").slice(-2).join("/");

export function toIssue(issue: WireIssue, project: Pick<ProjectRef, "remoteId">): RemoteIssue {
  const projectKey = projectKeyOf(issue);
  return {
    remoteId: issue.id,
    key: `${projectKey}#${issue.number}`,
    ref: String(issue.number),
    url: issue.html_url,
    title: issue.title,
    state: issue.state,
    // GitHub knows two states; one that it may add later is shown by its own name and counts as not done.
    category: issue.state === "closed" ? "done" : "open",
    type: issue.type?.name ?? null,
    priority: null,
    labels: issue.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
    assignee: toUser(issue.assignee),
    author: toUser(issue.user),
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    projectRemoteId: project.remoteId,
    projectKey,
  };
}

export const toComment = (comment: WireComment): RemoteComment => ({
  remoteId: comment.id,
  author: toUser(comment.user),
  body: comment.body ?? "",
  url: comment.html_url,
  createdAt: comment.created_at,
  updatedAt: comment.updated_at,
  isInternal: false,
});

export const toBoardField = ({ id, name, options }: WireSelect, boardUrl: string): BoardField => ({
  id,
  name,
  options,
  url: `${boardUrl}/settings`,
});

/** What was asked for and is not there: without push access GitHub drops it and says nothing. */
export function droppedOf(
  issue: WireIssue,
  asked: { labels?: readonly string[]; assignees?: readonly string[]; milestone?: number | null; type?: string },
): string[] {
  const has = (all: readonly string[], one: string) => all.some((name) => name.toLowerCase() === one.toLowerCase());
  const labels = issue.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? [])));
  const assignees = (issue.assignees ?? []).map(({ login }) => login);
  return [
    ...(asked.labels ?? []).filter((name) => !has(labels, name)).map((name) => `label ${name}`),
    ...(asked.assignees ?? []).filter((login) => !has(assignees, login)).map((login) => `assignee ${login}`),
    ...(typeof asked.milestone === "number" && issue.milestone?.number !== asked.milestone ? ["milestone"] : []),
    ...(asked.type && !has([issue.type?.name ?? ""], asked.type) ? [`type ${asked.type}`] : []),
  ];
}

/** Each is what a feature needs; a broader scope of GitHub's includes it. */
export const scopes: readonly (Scope & { includedIn: readonly string[] })[] = [
  {
    name: "repo",
    includedIn: ["repo", "public_repo"],
    neededFor: "creating and reading issues (public_repo is enough for public repositories)",
  },
  {
    name: "project",
    includedIn: ["project"],
    neededFor: "putting issues on project boards",
  },
  {
    name: "read:org",
    includedIn: ["read:org", "write:org", "admin:org"],
    neededFor: "finding the boards of an organisation",
  },
  {
    name: "admin:repo_hook",
    // repo has the webhooks of repositories in it.
    includedIn: ["admin:repo_hook", "write:repo_hook", "repo"],
    neededFor: "hearing of changes at once, by a webhook",
  },
];

export function toProbe(user: WireUser, headers: Headers, nowMs: number): Probe {
  // Fine-grained and app tokens send no such header: what they may do shows only when it is tried.
  const granted = headers.get("x-oauth-scopes");
  const found = granted === null ? null : granted.split(",").flatMap((scope) => scope.trim() || []);
  return {
    account: { remoteId: user.id, name: user.login, displayName: user.name ?? user.login, url: user.html_url },
    scopesFound: found,
    scopesMissing: found
      ? scopes
          .filter(({ includedIn }) => !includedIn.some((scope) => found.includes(scope)))
          .map(({ name, neededFor }) => ({ name, neededFor }))
      : [],
    rateLimit: rateLimitOf(headers, rate.headers),
    apiVersion: headers.get("x-github-api-version-selected") ?? headers.get("x-github-enterprise-version"),
    clockSkewMs: clockSkewMsOf(headers, nowMs),
  };
}

/** Where the next page is, from the `Link` header: only its page number, so that the header cannot lead elsewhere. */
export function nextPageOf(link: string | null | undefined): string | null {
  const target = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  const page = target && URL.canParse(target) ? new URL(target).searchParams.get("page") : null;
  return page && /^\d{1,6}$/.test(page) ? page : null;
}
