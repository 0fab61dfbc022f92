import { OutboundError } from "@/lib/http/outcome";
import { blockLine } from "@/lib/richtext/our-block";
import type { Marker, OpenTracker, RemoteIssue } from "@/lib/trackers/tracker";
import { read } from "./client";
import type { Context, SearchPage } from "./edition";
import { inProjects, minutesAgo } from "./jql";
import { issueFields, toIssue } from "./map";
import { type WireFound, wireProperty } from "./wire";

/** The issue property that a creating call sets: nobody sees it, and a copy of the issue has none. */
export const markerKey = "faultline.creation";

/**
 * JQL asks for a property's value only where an app has declared it, so that new issues are looked through. The index may
 * lag, and nothing says by how much: what is not found then may be there.
 */
export const marker = { indexDelayMs: 120_000, provesAbsence: false } satisfies Marker;

// Our clock may have been put back since the call, by so much.
const marginMs = 10 * 60_000;
const pageSize = 100;
const maxPages = 10;

export const markerMethods = (context: Context) =>
  ({
    /** By whom it was created does not matter: another account's credential may have been entered since. */
    async findByMarker({ project, marker, since }) {
      const { edition, client } = context;
      const jira = await client();
      const minutes = minutesAgo(Date.now() - since.getTime(), marginMs);
      const jql = `${inProjects([project.remoteId])} AND created >= -${minutes}m ORDER BY created ASC`;
      const search = { jql, fields: issueFields, maxResults: pageSize };
      let cursor: string | null = null;
      for (let page = 0; page < maxPages; page++) {
        const { issues, next }: SearchPage = edition.searchTellsProperties
          ? await edition.search(jira, { ...search, properties: [markerKey], cursor })
          : await edition.search(jira, { ...search, fields: [...issueFields, "description"], cursor });
        const found = await findAmong(context, issues, marker);
        if (found) return found;
        if (next === null) return null;
        cursor = next;
      }
      throw new OutboundError("tracker_unreadable", "There are too many new issues to look through.", {
        outcome: "unknown",
      });
    },
  }) satisfies Partial<OpenTracker>;

async function findAmong(context: Context, issues: WireFound[], marker: string): Promise<RemoteIssue | null> {
  const { site, edition } = context;
  for (const issue of issues) {
    const value = edition.searchTellsProperties
      ? issue.properties?.[markerKey]
      : isOfAnother(issue, marker)
        ? null
        : await propertyOf(context, issue.id);
    if (isMarker(value, marker)) return toIssue(issue, site.baseUrl, edition);
  }
  return null;
}

/**
 * Where each property costs a call: a text that begins with the mark of another creation's block is not this one's. Of
 * five hundred created together, none but the one is asked.
 */
function isOfAnother({ fields }: WireFound, marker: string): boolean {
  const text = typeof fields.description === "string" ? fields.description.trimStart() : "";
  return text.startsWith(blockLine("")) && !text.startsWith(blockLine(marker));
}

const isMarker = (value: unknown, marker: string): boolean =>
  typeof value === "object" && value !== null && "id" in value && value.id === marker;

async function propertyOf({ client }: Context, id: string): Promise<unknown> {
  const jira = await client();
  const call = jira.issueProperties.getIssueProperty({ issueIdOrKey: id, propertyKey: markerKey });
  return read(wireProperty, call).then(
    ({ data }) => data.value,
    (error: unknown) => {
      // Most issues have no such property.
      if (error instanceof OutboundError && error.kind === "tracker_not_found") return null;
      throw error;
    },
  );
}
