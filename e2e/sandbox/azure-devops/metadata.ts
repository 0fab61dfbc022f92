import { Failure } from "./failure";
import {
  categoriesOf,
  type FieldDefinition,
  fields,
  onEveryForm,
  processes,
  systemFields,
  type TypeDefinition,
} from "./processes";
import { guidOf, type Project, pathsOf, type State, type Tree } from "./state";

export type FieldOfType = FieldDefinition & { isRequired: boolean };

/** A type of a project, in the case that it is written in. */
export function typeOf(project: Project, name: string): TypeDefinition {
  const found = processes[project.process].find((type) => type.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new Failure(
    404,
    `VS402323: Work item type ${name} does not exist in project ${project.name} or you do not have permission to access it.`,
    "WorkItemTypeNotFoundException",
  );
}

const extraOf = (project: Project, type: string): FieldDefinition[] =>
  project.extraFields?.type === type ? project.extraFields.fields.map(({ isRequired: _, ...field }) => field) : [];

/** Every field of the organisation. */
export const allFields = (state: State): FieldDefinition[] => [
  ...fields,
  ...state.projects.flatMap(({ extraFields }) =>
    (extraFields?.fields ?? []).map(({ isRequired: _, ...field }) => field),
  ),
];

/** The fields of a type. */
export function fieldsOf(project: Project, type: TypeDefinition): FieldOfType[] {
  const required = new Set([
    "System.Title",
    "System.State",
    "System.AreaPath",
    "System.IterationPath",
    ...(type.required ?? []),
  ]);
  const extra = extraOf(project, type.name);
  for (const { ref, isRequired } of project.extraFields?.type === type.name ? project.extraFields.fields : []) {
    if (isRequired) required.add(ref);
  }
  const names = [...new Set([...systemFields, ...type.fields])];
  const known = [...names.flatMap((name) => fields.find(({ ref }) => ref === name) ?? []), ...extra];
  return known.map((field) => ({ ...field, isRequired: required.has(field.ref) }));
}

const fieldReference = ({ ref, name }: FieldDefinition, url: string) => ({
  name,
  referenceName: ref,
  url: `${url}/_apis/wit/fields/${ref}`,
});

export const wireTypeField = (field: FieldOfType, project: Project, url: string, isExpanded: boolean) => ({
  ...fieldReference(field, url),
  alwaysRequired: field.isRequired,
  defaultValue:
    field.ref === "System.AreaPath" || field.ref === "System.IterationPath"
      ? project.name
      : (field.default?.toString() ?? null),
  dependentFields: [],
  ...(isExpanded && { allowedValues: field.allowed ?? [] }),
});

export const wireField = (field: FieldDefinition, url: string) => ({
  ...fieldReference(field, url),
  type: field.type,
  usage: "workItem",
  readOnly: field.readOnly === true,
  canSortBy: true,
  isQueryable: true,
  isIdentity: field.isIdentity === true,
  isPicklist: field.ref.startsWith("Custom.") && field.allowed !== undefined,
  isPicklistSuggested: false,
  supportedOperations: [],
});

/** The form as XML, with its order. */
function formOf(project: Project, type: TypeDefinition): string {
  const text = type.fields.includes("Microsoft.VSTS.TCM.ReproSteps")
    ? "Microsoft.VSTS.TCM.ReproSteps"
    : "System.Description";
  const hidden = /StackRank|Closed(?:Date|By)$/;
  const shown = type.fields.filter((ref) => ref !== text && ref !== "System.Description" && !hidden.test(ref));
  const order = [...onEveryForm, text, ...shown, ...extraOf(project, type.name).map(({ ref }) => ref)];
  const controls = order.map((ref) => `<Control FieldName="${ref}" Type="FieldControl" />`).join("");
  return `<FORM><Layout><Group>${controls}</Group></Layout><WebLayout><Page Label="Details">${controls}</Page></WebLayout></FORM>`;
}

export function wireType(project: Project, type: TypeDefinition, url: string) {
  const states = type.states.map(([name]) => name);
  const transitions =
    type.transitions ??
    Object.fromEntries(
      ["", ...states].map((from) => [from, from === "" ? states.slice(0, 1) : states.filter((to) => to !== from)]),
    );
  return {
    name: type.name,
    referenceName: type.ref,
    description: type.description,
    color: type.color,
    icon: { id: "icon_insect", url: `${url}/_apis/wit/workItemIcons/icon_insect` },
    isDisabled: type.isDisabled === true,
    xmlForm: formOf(project, type),
    fields: fieldsOf(project, type).map(({ ref, name, isRequired }) => ({
      alwaysRequired: isRequired,
      referenceName: ref,
      name,
      url: `${url}/_apis/wit/fields/${ref}`,
    })),
    states: wireStates(type),
    transitions: Object.fromEntries(
      Object.entries(transitions).map(([from, to]) => [from, to.map((name) => ({ to: name }))]),
    ),
    url: `${url}/${project.id}/_apis/wit/workItemTypes/${encodeURIComponent(type.name)}`,
  };
}

export const wireStates = (type: TypeDefinition) =>
  type.states.map(([name, category]) => ({ name, color: "b2b2b2", category }));

export function wireCategories(project: Project, url: string) {
  const at = (name: string) => ({
    name,
    url: `${url}/${project.id}/_apis/wit/workItemTypes/${encodeURIComponent(name)}`,
  });
  return categoriesOf(project.process).map(({ referenceName, name, types }) => ({
    name,
    referenceName,
    defaultWorkItemType: at(types[0] ?? ""),
    workItemTypes: types.map(at),
    url: `${url}/${project.id}/_apis/wit/workItemTypeCategories/${referenceName}`,
  }));
}

export function wireTrees(project: Project, url: string, depth: number) {
  const tree = (structureType: "area" | "iteration", trees: readonly Tree[]) => {
    const group = structureType === "area" ? "Areas" : "Iterations";
    const node = ({ name, children = [] }: Tree, path: string, left: number): object => ({
      id: Number.parseInt(guidOf(`${project.id} ${path}`).slice(0, 6), 16),
      identifier: guidOf(`${project.id} ${path}`),
      name,
      structureType,
      hasChildren: children.length > 0,
      ...(left > 0 &&
        children.length > 0 && { children: children.map((child) => node(child, `${path}\\${child.name}`, left - 1)) }),
      path,
      url: `${url}/${project.id}/_apis/wit/classificationNodes/${group}`,
    });
    return node({ name: project.name, children: [...trees] }, `\\${project.name}\\${group.slice(0, -1)}`, depth);
  };
  return [tree("area", project.areas), tree("iteration", project.iterations)];
}

export const isPath = (project: Project, ref: string, path: string) =>
  pathsOf(project.name, ref === "System.AreaPath" ? project.areas : project.iterations).some(
    (one) => one.toLowerCase() === path.toLowerCase(),
  );
