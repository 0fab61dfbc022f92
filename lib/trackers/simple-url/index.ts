import { AppError } from "@/lib/errors";
import { followReads } from "@/lib/http/follow";
import { OutboundError } from "@/lib/http/outcome";
import { clockSkewMsOf } from "@/lib/trackers/clock";
import type { OpenTracker, RemoteIssue, RemoteProject, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf, idOf, issueUrl, parseIssueRef } from "./pattern";
import { titleIn } from "./title";

// It is asked while a person waits, and what it says is only more to read.
const lookUpMs = 6_000;
const maxTitleChars = 255;
// RFC 9110 tokens. What has a meaning of its own on the wire is not a key's place, and what any host may be told of us
// would take the key along when a page redirects there.
const headerName =
  /^(?!(?:accept.*|user-agent|host|connection|content-.*|transfer-encoding|cookie|expect|te|trailer|upgrade)$)[\w!#$%&'*+.^`|~-]{1,80}$/i;

/**
 * Any tracker at all, known by nothing but the address of its issues. Issues are linked by their id; with a key the title
 * is looked up. There is nothing to write, to search or to follow, so that no sync ever changes what was linked.
 */
export const simpleUrl = {
  label: "Simple URL",
  projectNoun: "site",
  bodyFormat: "text",
  limits: { titleChars: maxTitleChars, bodyChars: 1 },
  rate: {
    headers: {
      limit: "x-ratelimit-limit",
      remaining: "x-ratelimit-remaining",
      reset: "x-ratelimit-reset",
      bucket: null,
    },
    bucketOf: () => "core",
    isLimited: ({ status }) => status === 429,
    waitMs: 60_000,
    serialWrites: null,
  },
  settleMs: 0,
  marker: { indexDelayMs: 0, provesAbsence: false },
  location: {
    label: "Address of an issue",
    placeholder: "https://tracker.example/issues/{issueId}",
    help: "Any tracker whose issues have an address of their own, with {issueId} in the place of the id.",
    default: "",
    exampleRef: "1234",
  },
  auth: [
    {
      id: "none",
      label: "Nothing",
      fields: [],
      help: {
        text: "Issues are linked by their address alone: no call is made, and their id stands for their title.",
        url: "",
      },
      scopes: [],
    },
    {
      id: "api_key",
      label: "API key",
      fields: [
        { name: "header", label: "Header", placeholder: "Authorization, X-API-Key", isSecret: false },
        { name: "key", label: "Key", placeholder: "as the header has it", isSecret: true },
        { name: "scheme", label: "Before the key", placeholder: "Bearer", isSecret: false, isOptional: true },
      ],
      help: {
        text: "Titles are looked up at the issue's address: the field title of JSON, or the page's OpenGraph title.",
        url: "",
      },
      scopes: [],
    },
  ],

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  open,
} satisfies Tracker;

function open(site: Site) {
  const { baseUrl, credential, fetch } = site;
  const { header, key, scheme } = credential.values;
  const hasKey = header !== undefined && key !== undefined;
  const project = () => projectOf(baseUrl);

  async function ask(ref: string) {
    if (header === undefined || !headerName.test(header)) {
      const message = "This is not a header that a key can stand in.";
      throw new AppError("invalid_input", message, { fields: { "credential.header": message } });
    }
    return followReads(fetch, issueUrl(baseUrl, { ref }), {
      headers: {
        accept: "application/json, text/html;q=0.9",
        [header]: scheme ? `${scheme} ${key}` : (key ?? ""),
      },
      redirect: "manual",
      template: "/{issue}",
      signal: AbortSignal.timeout(lookUpMs),
    });
  }

  const isElsewhere = ({ url }: Response) => new URL(url).origin !== new URL(baseUrl).origin;

  /** What is known is never less than the id: an answer that is missing or of no use takes nothing away. */
  async function titleOf(ref: string): Promise<string | null> {
    if (!hasKey) return null;
    try {
      const response = await ask(ref);
      // Where somebody else answers, the key was left behind: that is a sign-in page more often than an issue.
      if (!response.ok || isElsewhere(response)) return null;
      return titleIn(await response.text(), response.headers.get("content-type") ?? "");
    } catch (error) {
      if (error instanceof OutboundError) return null;
      throw error;
    }
  }

  return {
    async probe() {
      const unknown = { account: null, scopesFound: null, scopesMissing: [], rateLimit: null, apiVersion: null };
      if (!hasKey) return { ...unknown, clockSkewMs: null };
      // No issue is known yet: only what refuses the key, or does not answer at all, says something.
      const response = await ask("1");
      const { status, headers } = response;
      if (status === 401 || isElsewhere(response))
        throw refused("tracker_unauthorized", "The key is not accepted.", status);
      if (status === 403) throw refused("tracker_forbidden", "The key may not read issues.", status);
      if (status === 429) throw refused("tracker_rate_limited", "The tracker asks us to wait.", status);
      if (status >= 500)
        throw new OutboundError("tracker_failed", `The tracker answered ${status}.`, { outcome: "unknown", status });
      return { ...unknown, clockSkewMs: clockSkewMsOf(headers, Date.now()) };
    },

    async listProjects({ query }) {
      const wanted = query?.trim().toLowerCase() ?? "";
      const one = project();
      return { items: one.key.includes(wanted) ? [one] : [], next: null };
    },

    async getProject(ref) {
      const one = project();
      const isMeant = "key" in ref ? ref.key.trim().toLowerCase() === one.key : ref.remoteId === one.remoteId;
      if (isMeant) return one;
      throw refused("tracker_not_found", `Only ${one.key} can be chosen.`);
    },

    async getIssue({ ref }) {
      const id = idOf(ref);
      if (id === null) throw refused("tracker_not_found", `"${ref}" is no issue's id.`);
      const title = await titleOf(id);
      return toIssue(id, title, baseUrl);
    },
  } satisfies OpenTracker;
}

const refused = (kind: ConstructorParameters<typeof OutboundError>[0], message: string, status?: number) =>
  new OutboundError(kind, message, { outcome: "refused", ...(status !== undefined && { status }) });

/** The one place that there is, so that everything that asks for one has one. */
function projectOf(baseUrl: string): RemoteProject {
  const { host, origin } = new URL(baseUrl);
  return {
    remoteId: "site",
    key: host,
    name: host,
    url: origin,
    isPublic: false,
    isArchived: false,
    hasIssues: true,
    canWrite: true,
  };
}

function toIssue(id: string, title: string | null, baseUrl: string): RemoteIssue {
  const now = new Date();
  const { remoteId, key } = projectOf(baseUrl);
  return {
    remoteId: id,
    key: id,
    ref: id,
    url: issueUrl(baseUrl, { ref: id }),
    title: title ?? id,
    // It says no more than we know; nobody tells us what became of it.
    state: "linked",
    category: "open",
    type: null,
    priority: null,
    labels: [],
    assignee: null,
    author: null,
    createdAt: now,
    updatedAt: now,
    projectRemoteId: remoteId,
    projectKey: key,
  };
}
