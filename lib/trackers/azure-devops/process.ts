import { OutboundError } from "@/lib/http/outcome";
import { pageOfAll } from "@/lib/trackers/offset";
import type { IssueType, OpenTracker, ProjectRef, RemoteState, StateCategory } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { pathsOf, textFieldOf, toForm } from "./form";
import { toCategory } from "./map";
import { people } from "./people";
import { withoutMarkers } from "./tags";
import {
  wireCategories,
  wireFields,
  wireNodes,
  wireStates,
  wireTags,
  wireType,
  wireTypeFields,
  wireTypes,
} from "./wire";

// Deeper than a tree may be; what is left out of an answer could not be chosen.
const depth = 14;
const mostOptions = 100;

/** What a project's process defines: types, their forms and states. */
export function processOf(client: Client) {
  const who = people(client);
  const at = ({ remoteId }: ProjectRef, type?: string) => ({
    route: { project: remoteId, ...(type !== undefined && { type }) },
  });

  const categories = async (project: ProjectRef) =>
    (await client.call("categories", wireCategories, at(project))).data.value;
  const nodes = async (project: ProjectRef) =>
    (await client.call("nodes", wireNodes, { ...at(project), query: { $depth: depth } })).data.value;
  const fieldsOf = async (project: ProjectRef, type: string) =>
    (await client.call("typeFields", wireTypeFields, { ...at(project, type), query: { $expand: "allowedValues" } }))
      .data.value;

  async function listTypes({ project }: { project: ProjectRef }): Promise<IssueType[]> {
    const [{ data }, grouped] = await Promise.all([client.call("types", wireTypes, at(project)), categories(project)]);
    const hidden = new Set(
      grouped
        .filter(({ referenceName }) => referenceName === "Microsoft.HiddenCategory")
        .flatMap(({ workItemTypes }) => (workItemTypes ?? []).map(({ name }) => name)),
    );
    return data.value
      .filter(({ name, isDisabled }) => !isDisabled && !hidden.has(name))
      .map(({ name, description }) => ({ id: name, name, description: description || null, isSubtask: false }));
  }

  /** What a project calls a bug; the Basic process has none and calls it an issue. */
  async function usualType(project: ProjectRef): Promise<string> {
    const grouped = await categories(project);
    const usual = ["Microsoft.BugCategory", "Microsoft.RequirementCategory", "Microsoft.TaskCategory"]
      .map((wanted) => grouped.find(({ referenceName }) => referenceName === wanted)?.defaultWorkItemType?.name)
      .find((name) => name !== undefined);
    if (usual) return usual;
    throw new OutboundError("invalid_input", "Choose the work item type.", { outcome: "refused" });
  }

  const states = async (project: ProjectRef, type: string): Promise<RemoteState[]> => {
    const { data } = await client.call("typeStates", wireStates, at(project, type));
    return data.value.map(({ name, category }) => ({ name, category: toCategory(category) }));
  };

  return {
    listTypes,
    usualType,
    states,

    async getForm({ project, typeId }: Parameters<NonNullable<OpenTracker["getForm"]>>[0]) {
      const type = typeId ?? (await usualType(project));
      const [fields, kinds, tree, layout] = await Promise.all([
        fieldsOf(project, type),
        client.call("fields", wireFields, at(project)),
        nodes(project),
        client.call("types", wireType, at(project, type)),
      ]);
      return toForm({ fields, kinds: kinds.data.value, nodes: tree, layout: layout.data.xmlForm ?? null });
    },

    async listStates({ project, typeId }: Parameters<NonNullable<OpenTracker["listStates"]>>[0]) {
      return states(project, typeId ?? (await usualType(project)));
    },

    /** The states that a work item may be put into from the one that it is in. */
    async reachable(project: ProjectRef, type: string, from: string): Promise<RemoteState[]> {
      const [{ data }, all] = await Promise.all([
        client.call("types", wireType, at(project, type)),
        states(project, type),
      ]);
      const ways = data.transitions?.[from]?.map(({ to }) => to);
      // A server that tells none allows all, or refuses by itself.
      return all.filter(({ name }) => name !== from && (ways === undefined || ways.includes(name)));
    },

    async searchOptions({ project, field, query, cursor }: Parameters<NonNullable<OpenTracker["searchOptions"]>>[0]) {
      if (field.wire === "identity") return { items: await who.options(project, query), next: null };
      const wanted = query.trim().toLowerCase();
      const paths = pathsOf(await nodes(project), field.role === "iteration" ? "iteration" : "area");
      const found = paths.filter(({ name }) => name.toLowerCase().includes(wanted));
      return pageOfAll(found, cursor, mostOptions);
    },

    async listLabels({ project, query = "", cursor }: Parameters<NonNullable<OpenTracker["listLabels"]>>[0]) {
      const { data } = await client.call("tags", wireTags, at(project));
      const wanted = query.trim().toLowerCase();
      const names = withoutMarkers(data.value.map(({ name }) => name));
      return pageOfAll(
        names.filter((name) => name.toLowerCase().includes(wanted)),
        cursor,
        mostOptions,
      );
    },

    /** Which field of a type is its text; null where it has none. */
    textField: (project: ProjectRef, type: string): Promise<string | null> =>
      remembered(`${client.known} text ${project.remoteId} ${type}`, async () =>
        textFieldOf(await fieldsOf(project, type)),
      ),

    /** What a state means. One that the type no longer has is not done. */
    async categoryOf(project: ProjectRef, type: string, state: string): Promise<StateCategory> {
      const key = `${client.known} states ${project.remoteId} ${type}`;
      const all = await remembered(key, () => states(project, type));
      return all.find(({ name }) => name === state)?.category ?? "open";
    },
  };
}

// A process changes rarely, and every issue that is read asks what its state means.
const kept = new Map<string, { value: Promise<unknown>; until: number }>();
const keepMs = 60_000;
const mostKept = 2_000;

function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.value as Promise<T>; // the key says what it is of
  if (kept.size >= mostKept) kept.clear();
  const value = ask();
  kept.set(key, { value, until: Date.now() + keepMs });
  value.catch(() => kept.delete(key));
  return value;
}
