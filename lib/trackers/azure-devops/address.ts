import { filledUrl } from "@/lib/trackers/filled-url";
import type { IssueRef, NewIssueInput, PrefilledUrl } from "@/lib/trackers/tracker";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

const services = "https://dev.azure.com";
const organisation = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

/**
 * The address of the organisation or collection for what an admin typed. Both addresses of an organisation are one; on a
 * Server the path is the collection's, with the virtual directory in front of it.
 */
export function baseUrlOf(text: string): string {
  const url = typedAddress(text);
  const segments = url.pathname.split("/").filter(Boolean);
  const [first = ""] = segments;
  if (url.hostname === "dev.azure.com") {
    if (!organisation.test(first)) throw badAddress("Add the organisation: https://dev.azure.com/organisation");
    return `${services}/${first}`;
  }
  const legacy = /^([a-z0-9-]+)\.visualstudio\.com$/i.exec(url.hostname)?.[1];
  if (legacy) return `${services}/${legacy}`;
  if (segments.length === 0) throw badAddress("Add the collection: https://server/DefaultCollection");
  const page = segments.find((segment) => segment.startsWith("_"));
  if (page) throw badAddress("Enter the address of the collection, without a page in it.");
  return `${url.origin}/${segments.join("/")}`;
}

/** Where the directory of people is: Services keep it on a host of their own. */
export const peopleUrlOf = (baseUrl: string): string =>
  baseUrl.replace(/^https:\/\/dev\.azure\.com\//, "https://vssps.dev.azure.com/");

/** Where a person sees the work item. */
export const issueUrl = (baseUrl: string, { projectKey, ref }: { projectKey: string; ref: string }): string =>
  `${projectUrl(baseUrl, projectKey)}/_workitems/edit/${encodeURIComponent(ref)}`;

export const projectUrl = (baseUrl: string, name: string): string => `${baseUrl}/${encodeURIComponent(name)}`;

const short = /^(?:AB)?#(\d{1,10})$/i;

/** `12`, `#12`, `AB#12` or the address of a work item of this very organisation; null for anything else. */
export function parseIssueRef(text: string, baseUrl: string): IssueRef | null {
  const typed = text.trim();
  const digits = /^\d{1,10}$/.test(typed) ? typed : short.exec(typed)?.[1];
  if (digits) return toRef(null, digits);

  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (!url || url.username || url.password) return null;
  const path = pathBelow(url, baseUrl);
  if (path === null) return null;
  const [project, ...rest] = path.split("/").filter(Boolean).map(decode);
  const below = rest.join("/");
  const inPath = /^(?:_workitems\/edit|_apis\/wit\/workitems)\/(\d{1,10})$/i.exec(below)?.[1];
  const inQuery = /^(?:_workitems|_boards|_backlogs|_sprints|_queries)\b/i.test(below)
    ? (url.searchParams.get("workitem") ?? url.searchParams.get("id"))
    : null;
  const found = inPath ?? (/^\d{1,10}$/.test(inQuery ?? "") ? inQuery : null);
  if (found) return toRef(project ?? null, found);
  // Without a project in front.
  const bare = /^(?:_workitems\/edit|_apis\/wit\/workitems)\/(\d{1,10})$/i.exec(`${project}/${below}`)?.[1];
  return bare ? toRef(null, bare) : null;
}

/** What follows the organisation or collection; null for an address of another one. */
function pathBelow(url: URL, baseUrl: string): string | null {
  const base = new URL(baseUrl);
  const organisationOf = base.origin === services ? base.pathname.slice(1).toLowerCase() : null;
  if (organisationOf !== null && url.hostname.toLowerCase() === `${organisationOf}.visualstudio.com`) {
    return url.pathname.replace(/^\/DefaultCollection(?=\/)/i, "");
  }
  const isBelow = url.pathname.toLowerCase().startsWith(`${base.pathname.toLowerCase()}/`);
  return url.origin === base.origin && isBelow ? url.pathname.slice(base.pathname.length) : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function toRef(projectKey: string | null, digits: string): IssueRef | null {
  const number = Number(digits);
  return Number.isSafeInteger(number) && number > 0 ? { projectKey, ref: String(number) } : null;
}

/** The page that creates a work item, filled in as far as an address can carry it. */
export function newIssueUrl(baseUrl: string, input: NewIssueInput): PrefilledUrl {
  const type = input.typeId ?? "Bug";
  const textField = type === "Bug" ? "Microsoft.VSTS.TCM.ReproSteps" : "System.Description";
  const build = (body: string) => {
    const fields: Record<string, string> = { "System.Title": input.title };
    if (input.labels?.length) fields["System.Tags"] = input.labels.join(";");
    fields[textField] = body;
    const query = Object.entries(fields).map(
      ([name, value]) => `${encodeURIComponent(`[${name}]`)}=${encodeURIComponent(value)}`,
    );
    return `${projectUrl(baseUrl, input.project.key)}/_workitems/create/${encodeURIComponent(type)}?${query.join("&")}`;
  };

  // HTML that is cut would swallow the rest of the page's field: its plain words are sent.
  const plain = input.body
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return filledUrl(build, input.body, { plain, ending: " …" });
}
