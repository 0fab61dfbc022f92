import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import type { Choice, Field, IssueType, OpenTracker, ProjectRef, SetField } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { read } from "./client";
import { type Context, isNotFound, pageOf, pageSize } from "./context";
import { nextPageOf } from "./map";
import type { People } from "./people";
import { wireLabel, wireMilestone, wireType } from "./wire";

const maxPages = 20;
// GitHub takes no more, and drops the rest silently.
const mostAssignees = 10;

const blank = { isRequired: false, default: null, help: null, wire: null };
const assignees: Field = {
  ...blank,
  ...{ id: "assignees", name: "Assignees", kind: "users", role: "assignee", options: null, isSearched: true },
};
const milestone = (options: readonly Choice[]): Field => ({
  ...blank,
  ...{ id: "milestone", name: "Milestone", kind: "select", role: "milestone", options, isSearched: false },
});

/** What can be created in a repository, and with which fields. */
export function forms({ octokit, getProject }: Context, { search, loginOf, listUsers }: People) {
  async function listTypes({ project }: { project: ProjectRef }): Promise<IssueType[]> {
    const types = z.array(wireType);
    const call = octokit.request("GET /repos/{owner}/{repo}/issue-types", repoOf(project.key));
    // A person's repositories and older servers have none.
    const found = await read(types, call).catch((error: unknown) => {
      if (isNotFound(error)) return { data: [] };
      throw error;
    });
    return found.data.flatMap(({ id, name, description = null, is_enabled }) =>
      is_enabled ? [{ id, name, description, isSubtask: false }] : [],
    );
  }

  /** GitHub takes a type by its name alone. */
  async function typeNameOf(project: ProjectRef, typeId: string | null): Promise<string | undefined> {
    if (typeId === null) return undefined;
    const type = (await listTypes({ project })).find(({ id }) => id === typeId);
    if (type) return type.name;
    throw refused("typeId", "This issue type is not there any more.");
  }

  async function openMilestones(project: ProjectRef) {
    const all: z.output<typeof wireMilestone>[] = [];
    for (let page = 1; page <= maxPages; page++) {
      const query = { ...repoOf(project.key), state: "open" as const, per_page: pageSize, page };
      const { data, headers } = await read(z.array(wireMilestone), octokit.rest.issues.listMilestones(query));
      all.push(...data);
      if (!nextPageOf(headers.get("link"))) break;
    }
    return all.map(({ number, title, due_on }) => ({
      id: String(number),
      name: title,
      detail: due_on ? `due ${due_on.slice(0, 10)}` : null,
    }));
  }

  /** Fields in GitHub's own words for a call that writes them. */
  async function valuesOf(project: ProjectRef, fields: readonly SetField[]) {
    const values: { assignees?: string[]; milestone?: number | null } = {};
    for (const { id, name, value } of fields) {
      if (id === "assignees") {
        const chosen = choicesOf(value);
        if (chosen.length > mostAssignees) throw refused(id, `GitHub takes at most ${mostAssignees} assignees.`);
        values.assignees = await Promise.all(chosen.map((one) => loginOf(project, one)));
      } else if (id === "milestone") {
        const [chosen] = choicesOf(value);
        if (chosen && !/^\d{1,9}$/.test(chosen.id)) throw refused(id, "This is no milestone.");
        values.milestone = chosen ? Number(chosen.id) : null;
      } else throw refused(id, `GitHub has no field ${name}.`);
    }
    return values;
  }

  const methods = {
    listTypes,

    async getForm({ project }) {
      const { canWrite } = await getProject({ remoteId: project.remoteId });
      // Without push access GitHub drops all of them.
      if (!canWrite) return { fields: [], textField: "body", labels: "none" };
      return { fields: [assignees, milestone(await openMilestones(project))], textField: "body", labels: "free" };
    },

    async searchOptions({ project, field, query, cursor }) {
      return field.id === assignees.id ? search(project, query, cursor) : { items: [], next: null };
    },

    async listLabels({ project, query = "", cursor }) {
      const page = { ...repoOf(project.key), per_page: pageSize, page: pageOf(cursor) };
      const { data, headers } = await read(z.array(wireLabel), octokit.rest.issues.listLabelsForRepo(page));
      const wanted = query.trim().toLowerCase();
      const items = data.flatMap(({ name }) => (name.toLowerCase().includes(wanted) ? name : []));
      return { items, next: nextPageOf(headers.get("link")) };
    },

    listUsers,

    async listStates() {
      return [
        { name: "open", category: "open" },
        { name: "closed", category: "done" },
      ];
    },
  } satisfies Partial<OpenTracker>;

  return { methods, typeNameOf, valuesOf };
}

export type Forms = ReturnType<typeof forms>;

const choice = z.object({ id: z.string(), name: z.string() });
const choicesOf = (value: SetField["value"]): Choice[] =>
  z.union([z.array(choice), choice.transform((one) => [one]), z.null().transform(() => [])]).parse(value);

const refused = (field: string, message: string) =>
  new OutboundError("invalid_input", message, { outcome: "refused", fields: { [field]: message } });
