import { isKind } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import { theirNowOf } from "@/lib/http/retry-after";
import type { OpenTracker, ProjectRef, RemoteIssue } from "@/lib/trackers/tracker";
import { parseIssueRef } from "./address";
import type { Context } from "./edition";
import { inProjects, minutesAgo, withText } from "./jql";
import { issueFields, toIssue } from "./map";
import type { WireFound } from "./wire";

const pageSize = 50;
const changedPageSize = 100;
// Between our clock and theirs, and for what moves out of a window of minutes while it is paged.
const marginMs = 10 * 60_000;

/** Looking for issues by words, and for those that have changed. */
export function searchMethods(context: Context, getIssue: OpenTracker["getIssue"]) {
  const { site, edition, client } = context;

  const toRemote = (issue: WireFound) => toIssue(issue, site.baseUrl, edition);

  /** What is named by its key, its address, its number in one of the projects, or its id. */
  async function named(projects: readonly ProjectRef[], query: string): Promise<RemoteIssue[]> {
    const [project] = projects;
    if (!project) return [];
    const found = await Promise.all(
      refsOf(projects, query, site.baseUrl).map((ref) =>
        getIssue({ project, ref }).catch((error: unknown) => {
          if (isKind(error, "tracker_not_found")) return null;
          throw error;
        }),
      ),
    );
    const ids = projects.map(({ remoteId }) => remoteId);
    return found.flatMap((issue) => (issue && ids.includes(issue.projectRemoteId) ? issue : []));
  }

  return {
    async searchIssues({ projects, query, cursor = null }) {
      if (projects.length === 0) return { items: [], next: null };
      const isFirst = cursor === null;
      const exact = isFirst ? await named(projects, query) : [];
      if (exact.length > 0) return { items: exact, next: null };
      const isEmpty = query.trim() === "";
      const text = withText(query);
      if (text === null && !isEmpty) return { items: [], next: null };
      const within = inProjects(projects.map(({ remoteId }) => remoteId));
      const jql = `${text === null ? within : `${within} AND ${text}`} ORDER BY created DESC`;
      const page = await edition.search(await client(), { jql, fields: issueFields, maxResults: pageSize, cursor });
      return { items: page.issues.map(toRemote), next: page.next };
    },

    async listChanged({ project, since, cursor = null }) {
      const at = cursor === null ? null : readCursor(cursor);
      const minutes = at?.minutes ?? minutesAgo(Date.now() - since.getTime(), marginMs);
      const page = await edition.search(await client(), {
        jql: `${inProjects([project.remoteId])} AND updated >= -${minutes}m ORDER BY updated ASC`,
        fields: issueFields,
        maxResults: changedPageSize,
        cursor: at?.inner ?? null,
      });
      const theirNowMs = theirNowOf(page.headers);
      const found = page.issues.map(toRemote);
      const items = found.filter(({ updatedAt }) => updatedAt.getTime() >= earliestOf(since, theirNowMs));
      if (page.next === null) return { items, next: null };
      return { items, next: writeCursor(nextOf({ minutes, inner: page.next }, found, theirNowMs)) };
    },
  } satisfies Partial<OpenTracker>;

  /**
   * Where pages are counted by their start, an issue that changes meanwhile goes to the end and lets another slip over the
   * edge of a page. The next page therefore begins anew at the age of the last issue, as soon as that is another minute.
   */
  function nextOf(at: Cursor, items: readonly RemoteIssue[], theirNowMs: number): Cursor {
    const last = items.at(-1);
    if (edition.pagesByToken || !last) return at;
    const minutes = minutesAgo(theirNowMs - last.updatedAt.getTime(), 60_000);
    return minutes < at.minutes ? { minutes, inner: null } : at;
  }
}

// Their clock may be behind ours; then what they date earlier has changed since all the same.
const skewMarginMs = 60_000;
const earliestOf = (since: Date, theirNowMs: number) =>
  since.getTime() + Math.min(0, theirNowMs - Date.now()) - skewMarginMs;

// A number alone may be meant in each project; more than a few are not asked one by one.
const mostProjects = 5;

function refsOf(projects: readonly ProjectRef[], query: string, baseUrl: string): string[] {
  const typed = query.trim().replace(/^#/, "");
  if (/^[1-9]\d{0,9}$/.test(typed))
    return [...projects.slice(0, mostProjects).map(({ key }) => `${key}-${typed}`), typed];
  const ref = parseIssueRef(query, baseUrl);
  return ref ? [ref.ref] : [];
}

type Cursor = { minutes: number; inner: string | null };

const writeCursor = ({ minutes, inner }: Cursor) => `${minutes}:${inner ?? ""}`;

function readCursor(text: string): Cursor {
  const at = text.indexOf(":");
  const minutes = Number(text.slice(0, at));
  if (!Number.isSafeInteger(minutes) || minutes < 0)
    throw new OutboundError("invalid_input", "There is no such page.", { outcome: "refused" });
  return { minutes, inner: text.slice(at + 1) || null };
}
