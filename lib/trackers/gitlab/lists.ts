import { z } from "zod";
import type { OpenTracker, ProjectRef } from "@/lib/trackers/tracker";
import { parseIssueRef } from "./address";
import type { Client } from "./client";
import { toIssue } from "./map";
import { numberOf } from "./projects";
import { type WireIssue, wireIssue } from "./wire";

const searchedPerPage = 20;
const changedPerPage = 100;
const atOnce = 5;

/** Many issues at once: what is looked for, and what has changed. */
export function lists({ call, baseUrl }: Client) {
  const list = async (projectId: number, query: object): Promise<WireIssue[]> =>
    (await call(z.array(wireIssue), (api) => api.issues.all({ projectId, scope: "all", state: "all", ...query }))).data;

  async function byKey(projects: readonly ProjectRef[], query: string): Promise<WireIssue[]> {
    const ref = parseIssueRef(query, baseUrl);
    if (!ref) return [];
    const meant = projects.filter(({ key }) => ref.projectKey === null || same(ref.projectKey, key));
    // A list of one, where a look-up would fail for each project that has no such issue.
    return (await Promise.all(meant.map((one) => list(numberOf(one), { iids: [Number(ref.ref)], page: 1 })))).flat();
  }

  return {
    /** One page of each project side by side: newest first within it. */
    async searchIssues({ projects, query, cursor }) {
      const page = cursor && /^[1-9]\d{0,4}$/.test(cursor) ? Number(cursor) : 1;
      const search = plainWords(query);
      const found: WireIssue[][] = [];
      for (let from = 0; from < projects.length; from += atOnce) {
        const asked = projects.slice(from, from + atOnce).map((one) =>
          list(numberOf(one), {
            ...(search && { search, in: "title,description" }),
            orderBy: "created_at",
            sort: "desc",
            perPage: searchedPerPage,
            page,
          }),
        );
        found.push(...(await Promise.all(asked)));
      }
      const named = page === 1 ? await byKey(projects, query) : [];
      const rest = found.flat().toSorted((a, b) => b.created_at.getTime() - a.created_at.getTime());
      const unique = new Map([...named, ...rest].map((issue) => [issue.id, issue]));
      const isMore = found.some(({ length }) => length === searchedPerPage);
      return { items: [...unique.values()].map(toIssue), next: isMore ? String(page + 1) : null };
    },

    /**
     * A keyset of our own: every page begins at the moment at which the one before it ended, because numbered pages of a
     * list that is sorted by its changes lose what changes while they are read. What was listed at that very moment is
     * left out; only where a page holds but one moment its next page is asked for.
     */
    async listChanged({ project, since, cursor }) {
      const at = parseCursor(cursor) ?? { from: since.toISOString(), page: 1, seen: [] };
      const listed = await list(numberOf(project), {
        updatedAfter: at.from,
        orderBy: "updated_at",
        sort: "asc",
        perPage: changedPerPage,
        page: at.page,
      });
      const items = listed.filter(({ id }) => !at.seen.includes(id)).map(toIssue);
      const last = listed.at(-1)?.updated_at.getTime();
      if (listed.length < changedPerPage || last === undefined) return { items, next: null };
      const seen = listed.filter(({ updated_at }) => updated_at.getTime() === last).map(({ id }) => id);
      const isOneMoment = seen.length === listed.length;
      return {
        items,
        next: isOneMoment
          ? [at.from, at.page + 1, ...at.seen].join("~")
          : [new Date(last).toISOString(), 1, ...seen].join("~"),
      };
    },
  } satisfies Partial<OpenTracker>;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Quotes would make a phrase of what is between them; nothing else is syntax to GitLab. */
const plainWords = (query: string): string =>
  query
    .split(/["\s]+/)
    .filter(Boolean)
    .join(" ")
    .slice(0, 200);

function parseCursor(cursor: string | null | undefined): { from: string; page: number; seen: string[] } | null {
  const [from = "", page = "", ...seen] = (cursor ?? "").split("~");
  if (Number.isNaN(Date.parse(from)) || !/^[1-9]\d{0,5}$/.test(page)) return null;
  return { from: new Date(from).toISOString(), page: Number(page), seen: seen.slice(0, changedPerPage) };
}
