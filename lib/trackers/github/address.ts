import { AppError } from "@/lib/errors";
import { filledUrl } from "@/lib/trackers/filled-url";
import type { IssueRef, NewIssueInput, PrefilledUrl } from "@/lib/trackers/tracker";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

export const publicApi = "https://api.github.com";

/** The API's address for what an admin typed: github.com, an Enterprise Server's host, or an API address itself. */
export function baseUrlOf(text: string): string {
  if (text.trim() === "") return publicApi;
  const url = typedAddress(text);
  if (/^(www\.|api\.)?github\.com$/.test(url.hostname)) return publicApi;
  // Data residency: the tenant's API has a host of its own.
  if (/^(api\.)?[\w-]+\.ghe\.com$/.test(url.hostname)) return `https://api.${url.hostname.replace(/^api\./, "")}`;
  if (/^\/api\/v3\/?$/.test(url.pathname)) return `${url.origin}/api/v3`;
  if (url.pathname !== "/") throw badAddress("Enter the address of the server alone, without a path.");
  // A bare loopback address with a port is a local API without GitHub's prefix.
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  return isLocal ? url.origin : `${url.origin}/api/v3`;
}

/** Where people see what the API serves. */
export function webUrlOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  if (url.origin === publicApi) return "https://github.com";
  if (url.hostname.endsWith(".ghe.com")) return `https://${url.hostname.replace(/^api\./, "")}`;
  return url.origin;
}

const name = "[A-Za-z0-9_.-]+";
const shortRef = new RegExp(`^(?:(${name}/${name}))?#(\\d{1,10})$`);
const path = new RegExp(`^/(${name}/${name})/issues/(\\d{1,10})/?$`);

/** `#12`, `12`, `owner/repo#12` or an issue's URL on this very site; null for anything else. */
export function parseIssueRef(text: string, baseUrl: string): IssueRef | null {
  const typed = text.trim();
  if (/^\d{1,10}$/.test(typed)) return toRef(null, typed);
  const short = shortRef.exec(typed);
  if (short) return toRef(short[1] ?? null, short[2]);

  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (!url || url.origin !== new URL(webUrlOf(baseUrl)).origin) return null;
  const match = path.exec(url.pathname);
  return match ? toRef(match[1] ?? null, match[2]) : null;
}

function toRef(projectKey: string | null, digits: string | undefined): IssueRef | null {
  const number = Number(digits);
  return Number.isSafeInteger(number) && number > 0 ? { projectKey, ref: String(number) } : null;
}

/** "owner/name" in two parts; throws for a key that is none, before it can bend a path. */
export function repoOf(key: string): { owner: string; repo: string } {
  const match = new RegExp(`^(${name})/(${name})$`).exec(key.trim());
  const [, owner, repo] = match ?? [];
  if (!owner || !repo || /^\.+$/.test(owner) || /^\.+$/.test(repo)) {
    const message = `"${key}" is not a repository: write owner/name.`;
    throw new AppError("invalid_input", message, { fields: { projectKey: message } });
  }
  return { owner, repo };
}

/** Where a person sees the issue. */
export function issueUrl(baseUrl: string, { projectKey, ref }: { projectKey: string; ref: string }): string {
  const { owner, repo } = repoOf(projectKey);
  return `${webUrlOf(baseUrl)}/${owner}/${repo}/issues/${encodeURIComponent(ref)}`;
}

/** GitHub's "new issue" page, filled in as far as an address can carry it. */
export function newIssueUrl(
  baseUrl: string,
  input: Pick<NewIssueInput, "project" | "title" | "body" | "labels">,
): PrefilledUrl {
  const { owner, repo } = repoOf(input.project.key);
  const build = (body: string) => {
    const url = new URL(`${webUrlOf(baseUrl)}/${owner}/${repo}/issues/new`);
    url.searchParams.set("title", input.title);
    if (input.labels?.length) url.searchParams.set("labels", input.labels.join(","));
    url.searchParams.set("body", body);
    return url.href;
  };

  return filledUrl(build, input.body);
}
