import { AppError } from "@/lib/errors";
import { filledUrl } from "@/lib/trackers/filled-url";
import type { IssueRef, NewIssueInput, PrefilledUrl } from "@/lib/trackers/tracker";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

export const publicSite = "https://gitlab.com";

/** The address of the instance for what an admin typed: without a slash at its end, which gitbeaker would double. */
export function baseUrlOf(text: string): string {
  if (text.trim() === "") return publicSite;
  const url = typedAddress(text);
  // Whoever copied the address of a project means the site, which has no path of its own.
  if (/^(?:www\.)?gitlab\.com$/.test(url.hostname)) return publicSite;
  // Below an instance's own path stands the API, or what a person copied from the address bar.
  const path = url.pathname.replace(/\/(?:api(?:\/v4)?|users\/sign_in|-(?:\/.*)?)\/?$/, "").replace(/\/+$/, "");
  if (!/^(?:\/[\w.-]+)*$/.test(path)) throw badAddress("Enter the address of the server alone.");
  return url.origin + path;
}

// https://docs.gitlab.com/user/reserved_names/: letters, digits, "_", "-" and ".", not at the beginning.
const segment = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
const fullPath = `${segment}(?:/${segment})+`;
const shortRef = new RegExp(`^(?:(${fullPath}))?#([1-9]\\d{0,9})$`);
// Older instances have no "-"; incidents had a path of their own; work items are what issues become.
const page = new RegExp(`^/(${fullPath}?)(?:/-)?/(?:issues|issues/incident|work_items)/([1-9]\\d{0,9})/?$`);

/** `#12`, `12`, `group/sub/project#12` or an issue's URL on this very site; null for anything else. */
export function parseIssueRef(text: string, baseUrl: string): IssueRef | null {
  const typed = text.trim();
  if (/^[1-9]\d{0,9}$/.test(typed)) return { projectKey: null, ref: typed };
  const short = shortRef.exec(typed);
  if (short?.[2]) return { projectKey: short[1] ?? null, ref: short[2] };

  const url = URL.canParse(typed) ? new URL(typed) : null;
  const base = new URL(baseUrl);
  const root = base.pathname.replace(/\/$/, "");
  if (!url || url.origin !== base.origin || !url.pathname.startsWith(`${root}/`)) return null;
  const [, projectKey, ref] = page.exec(url.pathname.slice(root.length)) ?? [];
  return projectKey && ref ? { projectKey, ref } : null;
}

/** "group/sub/project"; throws for a key that is none, before it can bend a path. */
export function pathOf(key: string): string {
  const path = key.trim();
  if (new RegExp(`^${fullPath}$`).test(path)) return path;
  const message = `"${key}" is not a project: write group/project.`;
  throw new AppError("invalid_input", message, { fields: { projectKey: message } });
}

/** Where a person sees the issue. */
export const issueUrl = (baseUrl: string, { projectKey, ref }: { projectKey: string; ref: string }): string =>
  `${baseUrl}/${pathOf(projectKey)}/-/issues/${encodeURIComponent(ref)}`;

/** GitLab's "new issue" page, filled in as far as an address can carry it. It takes labels by number only. */
export function newIssueUrl(
  baseUrl: string,
  input: Pick<NewIssueInput, "project" | "typeId" | "title" | "body">,
): PrefilledUrl {
  const build = (body: string) => {
    const url = new URL(`${baseUrl}/${pathOf(input.project.key)}/-/issues/new`);
    url.searchParams.set("issue[title]", input.title);
    if (input.typeId) url.searchParams.set("issue[issue_type]", input.typeId);
    url.searchParams.set("issue[description]", body);
    return url.href;
  };

  return filledUrl(build, input.body);
}
