import { z } from "zod";
import { read } from "@/lib/trackers/jira/client";
import type { Context } from "@/lib/trackers/jira/edition";
import { toProject } from "@/lib/trackers/jira/map";
import { wireProject } from "@/lib/trackers/jira/wire";
import { pageOfAll } from "@/lib/trackers/offset";
import type { Page, RemoteProject } from "@/lib/trackers/tracker";

// Each page costs the whole list again.
const pageSize = 500;

/** All projects that the account can see come in one answer; which of them it may create in, none tells. */
export async function listProjects(
  { site, client }: Context,
  { query = "", cursor }: { query?: string; cursor?: string | null },
): Promise<Page<RemoteProject>> {
  const jira = await client();
  const call = jira.sendRequest<unknown>(
    { url: "/rest/api/2/project", method: "GET", params: { includeArchived: true } },
    undefined as never, // no callback
  );
  const { data } = await read(z.array(wireProject), call);
  const wanted = query.trim().toLowerCase();
  const found = data.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(wanted));
  const { items, next } = pageOfAll(found, cursor, pageSize);
  return { items: items.map((project) => toProject(project, site.baseUrl, true)), next };
}

const wireSuggestions = z.object({ suggestions: z.array(z.object({ label: z.string() })) });

/** What Jira's own form suggests, at the address that it names for the field: some twenty, by how they begin. */
export async function listLabels({ client }: Context, { query = "" }: { query?: string }): Promise<Page<string>> {
  const jira = await client();
  const call = jira.sendRequest<unknown>(
    { url: "/rest/api/1.0/labels/suggest", method: "GET", params: { query: query.trim() } },
    undefined as never, // no callback
  );
  const { suggestions } = (await read(wireSuggestions, call)).data;
  return { items: suggestions.map(({ label }) => label), next: null };
}
