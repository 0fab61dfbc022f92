import { z } from "zod";
import type { OpenTracker, ProjectRef, RemoteIssue } from "@/lib/trackers/tracker";
import { parseIssueRef, repoOf } from "./address";
import { read } from "./client";
import { type Context, isNotFound, pageOf, pageSize, seconds } from "./context";
import { nextPageOf, projectKeyOf, toIssue, toProject } from "./map";
import { searchQueryOf } from "./query";
import { type WireIssue, wireIssue, wireRepo, wireSearch } from "./wire";

// A number may be meant in each of them, at a call each.
const mostByNumber = 5;

/** Repositories, searches, and what has changed. */
export function lists(context: Context, getIssue: OpenTracker["getIssue"]) {
  const { octokit, site, homeOf } = context;

  async function inTheirHomes(found: readonly WireIssue[], projects: readonly ProjectRef[]): Promise<RemoteIssue[]> {
    const homes = new Map<string, ProjectRef>();
    for (const issue of found) {
      const key = projectKeyOf(issue);
      if (!homes.has(key)) homes.set(key, await homeOf(key, projects));
    }
    return found.flatMap((issue) => {
      const home = homes.get(projectKeyOf(issue));
      return home && !issue.pull_request ? toIssue(issue, home) : [];
    });
  }

  /** What a key, a number or an address names. */
  async function byRef(projects: readonly ProjectRef[], query: string): Promise<RemoteIssue[]> {
    const named = parseIssueRef(query, site.baseUrl);
    if (!named) return [];
    const key = named.projectKey?.toLowerCase();
    const candidates = projects.filter((project) => key === undefined || project.key.toLowerCase() === key);
    const found = await Promise.all(
      candidates.slice(0, mostByNumber).map((project) =>
        getIssue({ project, ref: named.ref }).catch((error: unknown) => {
          if (isNotFound(error)) return null;
          throw error;
        }),
      ),
    );
    // An issue that was transferred answers from a repository that may be none of these.
    const ids = projects.map(({ remoteId }) => remoteId);
    return found.flatMap((issue) => (issue && ids.includes(issue.projectRemoteId) ? issue : []));
  }

  return {
    async listProjects({ query, cursor }) {
      const { data, headers } = await read(
        z.array(wireRepo),
        octokit.rest.repos.listForAuthenticatedUser({ sort: "pushed", per_page: pageSize, page: pageOf(cursor) }),
      );
      const wanted = query?.trim().toLowerCase() ?? "";
      const items = data.filter((repo) => repo.full_name.toLowerCase().includes(wanted)).map(toProject);
      return { items, next: nextPageOf(headers.get("link")) };
    },

    async searchIssues({ projects, query, cursor }) {
      const named = cursor ? [] : await byRef(projects, query);
      const keys = projects.map(({ key }) => {
        const { owner, repo } = repoOf(key);
        return `${owner}/${repo}`;
      });
      const q = searchQueryOf(keys, query);
      if (q === null || named.length > 0) return { items: named, next: null };
      const call = octokit.request("GET /search/issues", { q, per_page: 50, page: pageOf(cursor) });
      const { data, headers } = await read(wireSearch, call);
      return { items: await inTheirHomes(data.items, projects), next: nextPageOf(headers.get("link")) };
    },

    async listChanged({ project, since, cursor }) {
      const { from, page, seen } = cursor ? readCursor(cursor) : { from: seconds(since), page: 1, seen: [] };
      const { data, headers } = await read(
        z.array(wireIssue),
        octokit.rest.issues.listForRepo({
          ...repoOf(project.key),
          ...{ state: "all", sort: "updated", direction: "asc", since: from, per_page: pageSize, page },
        }),
      );
      const moments = data.map(({ updated_at }) => seconds(updated_at));
      const last = moments.at(-1);
      const hasMore = last !== undefined && nextPageOf(headers.get("link")) !== null;
      // What changes meanwhile moves to the end and would push others over the edge of a page: the next one begins at
      // the last moment seen instead, and leaves out what it has in common with this one.
      const same = data.flatMap(({ id }, at) => (moments[at] === last ? id : []));
      const next =
        last === from
          ? { from, page: page + 1, seen: [...seen, ...same] }
          : { from: last ?? from, page: 1, seen: same };
      return {
        items: await inTheirHomes(
          data.filter(({ id }) => !seen.includes(id)),
          [project],
        ),
        next: hasMore ? JSON.stringify(next) : null,
      };
    },
  } satisfies Partial<OpenTracker>;
}

const cursorShape = z.object({ from: z.iso.datetime(), page: z.number().int(), seen: z.array(z.string()) });
const readCursor = (cursor: string) => cursorShape.parse(JSON.parse(cursor));
