import { accountOf, type Call, selfUrl, timeFor, userJson } from "../call";
import type { FieldDef, Issue, Named, Option, Project, Status } from "../model";

const categories = {
  undefined: { id: 1, colorName: "medium-gray", name: "No Category" },
  new: { id: 2, colorName: "blue-gray", name: "To Do" },
  indeterminate: { id: 4, colorName: "yellow", name: "In Progress" },
  done: { id: 3, colorName: "green", name: "Done" },
};

export function statusJson(call: Call, status: Status) {
  const category = categories[status.category];
  return {
    self: selfUrl(call, `/status/${status.id}`),
    description: "",
    iconUrl: `${call.baseUrl}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: { self: selfUrl(call, `/statuscategory/${category.id}`), key: status.category, ...category },
  };
}

export function typeJson(call: Call, typeId: string) {
  const type = call.state.types.find(({ id }) => id === typeId);
  if (!type) throw new Error(`The sandbox lost type ${typeId}.`);
  return {
    self: selfUrl(call, `/issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: `${call.baseUrl}/images/icons/issuetypes/${type.id}.svg`,
    name: type.name,
    subtask: type.isSubtask,
    avatarId: 10_300,
    ...(call.face.isCloud && { hierarchyLevel: type.level }),
  };
}

export const projectShort = (call: Call, project: Project) => ({
  self: selfUrl(call, `/project/${project.id}`),
  id: project.id,
  key: project.key,
  name: project.name,
  projectTypeKey: "software",
  ...(call.face.isCloud && { simplified: false }),
  avatarUrls: Object.fromEntries(
    ["48x48", "24x24", "16x16", "32x32"].map((size) => [size, `${call.baseUrl}/secure/projectavatar?size=${size}`]),
  ),
});

export const priorityJson = (call: Call, { id, name }: Named) => ({
  self: selfUrl(call, `/priority/${id}`),
  iconUrl: `${call.baseUrl}/images/icons/priorities/${name.toLowerCase()}.svg`,
  name,
  id,
});

export const resolutionJson = (call: Call, { id, name }: Named) => ({
  self: selfUrl(call, `/resolution/${id}`),
  id,
  description: "",
  name,
});

const componentJson = (call: Call, { id, name }: Named) => ({ self: selfUrl(call, `/component/${id}`), id, name });

export const versionJson = (call: Call, version: Project["versions"][number]) => ({
  self: selfUrl(call, `/version/${version.id}`),
  id: version.id,
  name: version.name,
  archived: version.isArchived,
  released: version.isReleased,
});

export const optionJson = (call: Call, option: Option): Record<string, unknown> => ({
  self: selfUrl(call, `/customFieldOption/${option.id}`),
  value: option.name,
  id: option.id,
  ...(option.children && { children: option.children.map((child) => optionJson(call, child)) }),
});

const listed = <T extends Named>(all: readonly T[], ids: unknown): T[] =>
  Array.isArray(ids) ? ids.flatMap((id) => all.find((one) => one.id === String(id)) ?? []) : [];

/** What can be chosen in a field; null where it is typed or searched. */
export function choicesOf(call: Call, field: FieldDef, project: Project): unknown[] | null {
  switch (field.kind) {
    case "option":
    case "options":
    case "cascade":
      return field.options.filter(({ isDisabled }) => !isDisabled).map((option) => optionJson(call, option));
    case "priority":
      return call.state.priorities.map((one) => priorityJson(call, one));
    case "resolution":
      return call.state.resolutions.map((one) => resolutionJson(call, one));
    case "components":
      return project.components.map((one) => componentJson(call, one));
    case "versions":
      return project.versions.filter(({ isArchived }) => !isArchived).map((one) => versionJson(call, one));
    default:
      return null;
  }
}

/** The value of a field as an answer has it. */
export function valueJson(call: Call, field: FieldDef, value: unknown, project: Project): unknown {
  const { state } = call;
  if (value === undefined || value === null) return field.kind === "labels" && !field.custom ? [] : null;
  switch (field.kind) {
    case "option": {
      const option = field.options.find(({ id }) => id === value);
      return option ? optionJson(call, { id: option.id, name: option.name }) : null;
    }
    case "options":
      return listed(field.options, value).map(({ id, name }) => optionJson(call, { id, name }));
    case "cascade": {
      const { parent, child } = value as { parent: string; child: string | null }; // as setField stored it
      const top = field.options.find(({ id }) => id === parent);
      if (!top) return null;
      const below = top.children?.find(({ id }) => id === child);
      return { ...optionJson(call, { id: top.id, name: top.name }), ...(below && { child: optionJson(call, below) }) };
    }
    case "user":
      return userJson(call, value);
    case "users":
      return Array.isArray(value) ? value.flatMap((id) => (accountOf(call, id) ? [userJson(call, id)] : [])) : null;
    case "priority":
      return listed(state.priorities, [value]).map((one) => priorityJson(call, one))[0] ?? null;
    case "resolution":
      return listed(state.resolutions, [value]).map((one) => resolutionJson(call, one))[0] ?? null;
    case "components":
      return listed(project.components, value).map((one) => componentJson(call, one));
    case "versions":
      return listed(project.versions, value).map((one) => versionJson(call, one));
    case "sprint":
      return listed(state.sprints, value).map((sprint) => ({
        ...{ id: Number(sprint.id), name: sprint.name, state: sprint.state, boardId: 1 },
      }));
    case "datetime":
      return typeof value === "number" ? timeFor(call, value) : null;
    case "parent": {
      const parent = state.issues.find(({ id }) => id === value);
      return parent ? issueShort(call, parent) : null;
    }
    default:
      return value;
  }
}

export function issueShort(call: Call, issue: Issue) {
  const status = call.state.statuses.find(({ id }) => id === issue.statusId);
  return {
    id: issue.id,
    key: issue.key,
    self: selfUrl(call, `/issue/${issue.id}`),
    fields: {
      summary: issue.values.summary,
      ...(status && { status: statusJson(call, status) }),
      issuetype: typeJson(call, issue.typeId),
    },
  };
}
