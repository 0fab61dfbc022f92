import { OutboundError } from "@/lib/http/outcome";
import { pageOfAll } from "@/lib/trackers/offset";
import type { FieldOption, OpenTracker, OptionQuery, Page, ProjectRef } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { type JiraClient, read } from "./client";
import { listWireFields, usualTypeId } from "./create-meta";
import type { Context } from "./edition";
import { optionsOf } from "./fields";
import { userOptions } from "./users";
import { wireBoards, wireNamed, wireSprints } from "./wire";

const pageSize = 50;

/** What can be chosen in a field, by what is typed. */
export function optionMethods(
  context: Context,
  { searchIssues, listLabels }: Pick<OpenTracker, "searchIssues" | "listLabels">,
) {
  const { client } = context;

  async function issues({ project, query, cursor, field }: OptionQuery): Promise<Page<FieldOption>> {
    const found = await searchIssues?.({ projects: [project], query, cursor: cursor ?? null });
    const items = (found?.items ?? []).map(({ remoteId, key, title, type }) => ({
      // The older field of Data Center takes an epic by its key, whatever its id.
      id: field.wire === "key" ? key : remoteId,
      name: `${key} ${title}`,
      detail: type,
    }));
    return { items, next: found?.next ?? null };
  }

  async function labels({ project, query, cursor }: OptionQuery): Promise<Page<FieldOption>> {
    const found = await listLabels?.({ project, query, cursor: cursor ?? null });
    return { items: (found?.items ?? []).map((label) => ({ id: label, name: label })), next: found?.next ?? null };
  }

  async function listed({ project, typeId, field, query, cursor }: OptionQuery): Promise<Page<FieldOption>> {
    return pageOf(await allOptions(context, project, typeId, field), query, cursor);
  }

  return {
    async searchOptions(input) {
      const { field, project, query, cursor = null } = input;
      const anyone = { query, projectId: null, cursor };
      if (field.role === "assignee")
        return userOptions(context, { ...anyone, projectId: projectIdOf(project.remoteId) });
      if (field.kind === "user" || field.kind === "users") return userOptions(context, anyone);
      if (field.kind === "issue") return issues(input);
      if (field.wire === "strings") return labels(input);
      if (field.wire === "sprint") return pageOf(await sprintsOf(await client(), project), query, cursor);
      return listed(input);
    },
  } satisfies Partial<OpenTracker>;
}

async function allOptions(
  context: Context,
  project: ProjectRef,
  typeId: string | null,
  { id, kind, role }: OptionQuery["field"],
): Promise<FieldOption[]> {
  const projectIdOrKey = projectIdOf(project.remoteId);
  const jira = await context.client();
  if (role === "components") {
    const { data } = await read(wireNamed, jira.projectComponents.getProjectComponents({ projectIdOrKey }));
    return data;
  }
  if (role === "versions" || role === "fix_versions") {
    const { data } = await read(wireNamed, jira.projectVersions.getProjectVersions({ projectIdOrKey }));
    return data.filter(({ archived }) => !archived);
  }
  const fields = await listWireFields(context, project, typeId ?? (await usualTypeId(context, project)));
  const field = fields.find(({ fieldId, key }) => (fieldId ?? key) === id);
  if (!field)
    throw new OutboundError("tracker_not_found", "Jira's form no longer has this field.", { outcome: "refused" });
  return optionsOf(field, kind) ?? [];
}

function pageOf(all: readonly FieldOption[], query: string, cursor: string | null | undefined): Page<FieldOption> {
  const wanted = query.trim().toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const { items, next } = pageOfAll(found, cursor, pageSize);
  return { items: items.map(({ id, name }) => ({ id, name })), next };
}

// A project may be on many boards; the first ones are its own.
const mostBoards = 5;

/** Sprints that are running or to come. Scoped tokens need read:sprint:jira-software and read:board-scope:jira-software. */
async function sprintsOf(jira: JiraClient, project: ProjectRef): Promise<FieldOption[]> {
  const get = (url: string, params: Record<string, unknown>) =>
    jira.sendRequest<unknown>({ url, method: "GET", params }, undefined as never);
  const params = { projectKeyOrId: projectIdOf(project.remoteId), type: "scrum", maxResults: mostBoards };
  const boards = (await read(wireBoards, get("/rest/agile/1.0/board", params))).data.values;
  const sprints = new Map<string, FieldOption>();
  for (const board of boards.slice(0, mostBoards)) {
    const page = get(`/rest/agile/1.0/board/${projectIdOf(board.id)}/sprint`, {
      state: "active,future",
      maxResults: 50,
    });
    for (const { id, name } of (await read(wireSprints, page)).data.values) sprints.set(id, { id, name });
  }
  return [...sprints.values()];
}
