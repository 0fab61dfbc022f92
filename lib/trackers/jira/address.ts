import { AppError } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import { filledUrl } from "@/lib/trackers/filled-url";
import type { IssueRef, NewIssueInput, PrefilledUrl } from "@/lib/trackers/tracker";

export const isCloudHost = (host: string) => /\.(atlassian\.net|jira\.com|jira-dev\.com)$/i.test(host);

const key = /^[A-Za-z][A-Za-z0-9_]*-[1-9]\d{0,9}$/;

/** PAY-12, or the address of an issue on this very site: its page, a board or a queue that shows it. */
export function parseIssueRef(text: string, baseUrl: string): IssueRef | null {
  const typed = text.trim();
  if (key.test(typed)) return toRef(typed);
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const base = new URL(baseUrl);
  if (!url || url.origin !== base.origin) return null;
  const context = base.pathname.replace(/\/+$/, "");
  if (!url.pathname.startsWith(`${context}/`)) return null;

  const shown = url.searchParams.get("selectedIssue");
  if (shown !== null) return key.test(shown) ? toRef(shown) : null;
  const path = url.pathname.slice(context.length).replace(/\/+$/, "");
  const last = path.slice(path.lastIndexOf("/") + 1);
  return /^\/browse\/[^/]+$|\/(issues|queues\/.+)\/[^/]+$/.test(path) && key.test(last) ? toRef(last) : null;
}

function toRef(text: string): IssueRef {
  const ref = text.toUpperCase();
  return { projectKey: ref.slice(0, ref.lastIndexOf("-")), ref };
}

/** Where a person sees the issue: by key its page; an id, which outlives the key, is shown by a search for it. */
export const issueUrl = (baseUrl: string, { ref }: { ref: string }): string =>
  key.test(ref) ? `${baseUrl}/browse/${ref}` : `${baseUrl}/issues/?jql=${encodeURIComponent(`id = ${idOf(ref)}`)}`;

/** An issue's id or key; throws for a text that is neither, before it can bend a path or a query. */
export function idOf(ref: string): string {
  if (key.test(ref) || /^[1-9]\d{0,17}$/.test(ref)) return ref;
  throw new OutboundError("tracker_not_found", `"${ref.slice(0, 100)}" is no issue's key.`, { outcome: "refused" });
}

/** A project's id or key; throws for a text that is neither. */
export function projectIdOf(text: string): string {
  const typed = text.trim();
  if (/^[A-Za-z][A-Za-z0-9_]*$|^\d{1,18}$/.test(typed)) return typed;
  const message = `"${typed.slice(0, 100)}" is not a project: write its key.`;
  throw new AppError("invalid_input", message, { fields: { projectKey: message } });
}

/** Jira's own page for a new issue, filled in as far as an address can carry it; `text` is in Jira's markup. */
export function newIssueUrl(
  baseUrl: string,
  { project, typeId, title, labels }: NewIssueInput,
  text: string,
): PrefilledUrl {
  const build = (description: string) => {
    const url = new URL(`${baseUrl}/secure/CreateIssueDetails!init.jspa`);
    url.searchParams.set("pid", project.remoteId);
    if (typeId !== null) url.searchParams.set("issuetype", typeId);
    url.searchParams.set("summary", title);
    for (const label of labels ?? []) url.searchParams.append("labels", labelOf(label));
    url.searchParams.set("description", description);
    return url.href;
  };

  return filledUrl(build, text);
}

/** Jira's labels have no spaces. */
export const labelOf = (label: string): string => label.trim().replace(/\s+/g, "_").slice(0, 255);
