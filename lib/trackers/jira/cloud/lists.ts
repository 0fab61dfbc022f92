import { read } from "@/lib/trackers/jira/client";
import type { Context } from "@/lib/trackers/jira/edition";
import { toProject } from "@/lib/trackers/jira/map";
import { wireLabelPage, wireProjectPage } from "@/lib/trackers/jira/wire";
import { offsetOf } from "@/lib/trackers/offset";
import type { Page, ProjectRef, RemoteProject } from "@/lib/trackers/tracker";

const pageSize = 50;
const labelPageSize = 1_000;

/** Projects that the account can see, by name or key; those that it may not create in are told apart by a second call. */
export async function listProjects(
  { site, client }: Context,
  { query = "", cursor }: { query?: string; cursor?: string | null },
): Promise<Page<RemoteProject>> {
  const jira = await client();
  const startAt = offsetOf(cursor);
  const wanted = query.trim() && { query: query.trim() };
  const page = { ...wanted, startAt, maxResults: pageSize, orderBy: "key" };
  const { data } = await read(wireProjectPage, jira.projects.searchProjects(page));
  const writable = data.values.length === 0 ? [] : await writableOf(data.values);
  const end = startAt + data.values.length;
  const isLast = data.values.length === 0 || (data.isLast ?? end >= (data.total ?? 0));
  return {
    items: data.values.map((project) => toProject(project, site.baseUrl, writable.includes(project.id))),
    next: isLast ? null : String(end),
  };

  async function writableOf(projects: readonly { id: string }[]): Promise<string[]> {
    // jira.js joins a list by commas, which this parameter does not take.
    const ids = projects.map(({ id }) => `id=${encodeURIComponent(id)}`).join("&");
    const url = `/rest/api/3/project/search?${ids}`;
    const params = { action: "create", maxResults: pageSize };
    const call = jira.sendRequest<unknown>({ url, method: "GET", params }, undefined as never); // no callback
    return (await read(wireProjectPage, call)).data.values.map(({ id }) => id);
  }
}

/** The site's labels; Jira cannot be asked for those that contain something, only for all. */
export async function listLabels(
  { client }: Context,
  { query = "", cursor }: { project: ProjectRef; query?: string; cursor?: string | null },
): Promise<Page<string>> {
  const jira = await client();
  const startAt = offsetOf(cursor);
  const { data } = await read(wireLabelPage, jira.labels.getAllLabels({ startAt, maxResults: labelPageSize }));
  const wanted = query.trim().toLowerCase();
  const end = startAt + data.values.length;
  const isLast = data.values.length === 0 || (data.isLast ?? end >= (data.total ?? 0));
  return {
    items: data.values.filter((label) => label.toLowerCase().includes(wanted)),
    next: isLast ? null : String(end),
  };
}
