import { clockSkewMsOf } from "@/lib/trackers/clock";
import { rateLimitOf } from "@/lib/trackers/rate-limit";
import type {
  Probe,
  ProjectRef,
  RemoteComment,
  RemoteIssue,
  RemoteProject,
  RemoteUser,
  RemoteWebhook,
  StateCategory,
} from "@/lib/trackers/tracker";
import { issueUrl, projectUrl } from "./address";
import { rate } from "./rate";
import { labelsOf } from "./tags";
import type { WireComment, WireIdentity, WireItem, WirePerson, WireProject } from "./wire";

export const toProject = (project: WireProject, baseUrl: string): RemoteProject => {
  const isThere = !project.state || /^wellFormed$/i.test(project.state);
  return {
    remoteId: project.id,
    key: project.name,
    name: project.name,
    url: projectUrl(baseUrl, project.name),
    isPublic: /^public$/i.test(project.visibility ?? ""),
    isArchived: !isThere,
    hasIssues: true,
    // What the token may do shows only when it is tried.
    canWrite: isThere,
  };
};

const categories = new Map<string, StateCategory>([
  ["proposed", "open"],
  ["inprogress", "in_progress"],
  // Done by who works on it, and not yet by who has to agree.
  ["resolved", "in_progress"],
  ["completed", "done"],
  ["removed", "done"],
]);

/** A state's category in our words; one that nobody knows counts as not done. */
export const toCategory = (category: string | null | undefined): StateCategory =>
  categories.get((category ?? "").toLowerCase()) ?? "open";

export function toUser(identity: WireIdentity | null | undefined): RemoteUser | null {
  if (!identity) return null;
  const { id, displayName, uniqueName, inactive } = identity;
  const login = uniqueName ?? null;
  const remoteId = id || login || displayName;
  if (!remoteId) return null;
  return { remoteId, name: displayName || login || remoteId, login, email: mailOf(login), isActive: inactive !== true };
}

/** Services name people by their address, a Server by DOMAIN\name. */
const mailOf = (login: string | null) => (login && /^[^\s@\\]+@[^\s@\\]+$/.test(login) ? login : null);

const textOf = (property: { $value?: unknown } | null | undefined): string | null =>
  typeof property?.$value === "string" && property.$value !== "" ? property.$value : null;

/** Somebody of the directory. */
export function toPerson(
  person: Pick<WirePerson, "id" | "providerDisplayName" | "customDisplayName" | "properties"> & {
    isActive?: boolean | null | undefined;
  },
): RemoteUser {
  const login = textOf(person.properties?.Account);
  const name = person.customDisplayName || person.providerDisplayName || login || person.id;
  return {
    remoteId: person.id,
    name,
    login,
    email: textOf(person.properties?.Mail) ?? mailOf(login),
    isActive: person.isActive !== false,
  };
}

export function toIssue(item: WireItem, project: ProjectRef, baseUrl: string, category: StateCategory): RemoteIssue {
  const { fields } = item;
  const ref = String(item.id);
  const priority = fields["Microsoft.VSTS.Common.Priority"];
  return {
    remoteId: ref,
    key: `#${ref}`,
    ref,
    url: issueUrl(baseUrl, { projectKey: project.key, ref }),
    title: fields["System.Title"],
    state: fields["System.State"],
    category,
    type: fields["System.WorkItemType"],
    priority: priority === null || priority === undefined ? null : String(priority),
    labels: labelsOf(fields["System.Tags"]),
    assignee: toUser(fields["System.AssignedTo"]),
    author: toUser(fields["System.CreatedBy"]),
    createdAt: fields["System.CreatedDate"],
    updatedAt: fields["System.ChangedDate"],
    projectRemoteId: project.remoteId,
    projectKey: project.key,
  };
}

/** Markdown comes with its HTML beside it. */
export const toComment = (comment: WireComment, url: string): RemoteComment => ({
  remoteId: String(comment.id),
  author: toUser(comment.createdBy),
  body: /^markdown$/i.test(comment.format ?? "") ? (comment.renderedText ?? escapeHtml(comment.text)) : comment.text,
  url: `${url}#${comment.id}`,
  createdAt: comment.createdDate,
  updatedAt: comment.modifiedDate,
  isInternal: false,
});

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\r?\n/g, "<br>");

/** Each is what a feature needs. */
export const scopes = [
  { name: "vso.work_write", neededFor: "creating and reading work items (“Work Items: Read & write”)" },
  { name: "vso.project", neededFor: "finding projects (“Project and Team: Read”)" },
  { name: "vso.identity", neededFor: "finding people (“Identity: Read”)" },
] as const;

export function toProbe(
  user: WirePerson | Parameters<typeof toPerson>[0],
  headers: Headers,
  missing: readonly string[],
  apiVersion: string | null,
  baseUrl: string,
): Probe {
  const person = toPerson(user);
  return {
    account: { ...person, displayName: person.name, url: baseUrl },
    // A token does not tell its scopes; what they open was tried.
    scopesFound: scopes.map(({ name }) => name).filter((name) => !missing.includes(name)),
    scopesMissing: scopes.filter(({ name }) => missing.includes(name)),
    rateLimit: rateLimitOf(headers, rate.headers),
    apiVersion,
    clockSkewMs: clockSkewMsOf(headers, Date.now()),
  };
}

/** What one registration is made of: a subscription to each event. */
export const toWebhook = (
  url: string,
  subscriptions: readonly { id: string; status?: string | null | undefined }[],
): RemoteWebhook => ({
  remoteId: subscriptions.map(({ id }) => id).join(","),
  url,
  isActive: subscriptions.every(({ status }) => !status || /^(?:enabled|onProbation)$/i.test(status)),
  expiresAt: null,
});
