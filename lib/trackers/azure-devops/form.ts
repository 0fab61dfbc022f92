import type { Field, FieldKind, FieldOption, FieldRole, FieldValue, IssueForm } from "@/lib/trackers/tracker";
import type { WireField, WireNode, WireTypeField } from "./wire";

/** What a type's form is made of, as the API tells it in four answers. */
export type FormParts = {
  readonly fields: readonly WireTypeField[];
  /** Of all types: only there stands what kind of field it is. */
  readonly kinds: readonly WireField[];
  readonly nodes: readonly WireNode[];
  /** The layout, where there is one: the only thing that knows the order, and what is not on the form. */
  readonly layout: string | null;
};

const bugText = "Microsoft.VSTS.TCM.ReproSteps";
const usualText = "System.Description";

/** The field that a type's form shows as its text. A bug has both, and shows its steps alone. */
export function textFieldOf(fields: readonly Pick<WireTypeField, "referenceName">[]): string | null {
  const has = (name: string) => fields.some(({ referenceName }) => referenceName === name);
  return has(bugText) ? bugText : has(usualText) ? usualText : null;
}

// Of the system's own fields a person fills in these; the others follow from what is done.
const ofPeople = new Set(["System.AssignedTo", "System.AreaPath", "System.IterationPath", usualText]);
const byRules =
  /^(?:System\.(?!AssignedTo$|AreaPath$|IterationPath$|Description$)|WEF_|Microsoft\.VSTS\.Common\.(?:Activated|Resolved|Closed|StateChange)(?:By|Date|Reason)$)/;

/** A field that people added: the layout that the API tells is the process's own, and may know nothing of it. */
const isOwn = (name: string) => !/^(?:System|Microsoft)\./.test(name);

const roles = new Map<string, FieldRole>([
  ["System.AssignedTo", "assignee"],
  ["System.AreaPath", "area"],
  ["System.IterationPath", "iteration"],
  ["Microsoft.VSTS.Common.Priority", "priority"],
  ["Microsoft.VSTS.Common.Severity", "severity"],
  ["Microsoft.VSTS.Scheduling.DueDate", "due_date"],
]);

/** A tree of more nodes is searched. */
const mostNodes = 200;

export function toForm({ fields, kinds, nodes, layout }: FormParts): IssueForm {
  const textField = textFieldOf(fields);
  const kindOf = new Map(kinds.map((kind) => [kind.referenceName, kind]));
  const order = layout ? orderOf(layout) : null;
  const rankOf = ({ id }: Field) => order?.get(id) ?? Number.MAX_SAFE_INTEGER;
  const shown = fields.filter(({ referenceName, alwaysRequired }) => {
    if (referenceName === textField || byRules.test(referenceName)) return false;
    if (kindOf.get(referenceName)?.readOnly) return false;
    return (
      order === null ||
      order.has(referenceName) ||
      alwaysRequired === true ||
      isOwn(referenceName) ||
      (ofPeople.has(referenceName) && referenceName !== usualText)
    );
  });
  const once = [...new Map(shown.map((field) => [field.referenceName, field])).values()];
  return {
    fields: once
      .map((field) => toField(field, kindOf.get(field.referenceName), nodes))
      .sort((a, b) => rankOf(a) - rankOf(b)),
    textField,
    labels: "free",
  };
}

/** Where each field stands first. The layout for browsers is the one that people see. */
function orderOf(layout: string): Map<string, number> {
  const web = /<WebLayout\b[\s\S]*/.exec(layout)?.[0] ?? layout;
  const order = new Map<string, number>();
  for (const [, name = ""] of web.slice(0, longestLayoutChars).matchAll(/\bFieldName="([^"<>]{1,200})"/g)) {
    if (!order.has(name)) order.set(name, order.size);
  }
  return order;
}
const longestLayoutChars = 1024 * 1024;

function toField(field: WireTypeField, known: WireField | undefined, nodes: readonly WireNode[]): Field {
  const id = field.referenceName;
  const role = roles.get(id) ?? null;
  const base = {
    id,
    name: field.name || id,
    role,
    isRequired: field.alwaysRequired === true,
    help: field.helpText || null,
  };
  const type = (known?.type ?? "").toLowerCase();
  if (known?.isIdentity || type === "identity")
    return { ...base, kind: "user", default: null, options: null, isSearched: true, wire: "identity" };
  if (type === "treepath") {
    const paths = pathsOf(nodes, role === "iteration" ? "iteration" : "area");
    const isSearched = paths.length > mostNodes;
    const root = paths[0] ?? null;
    return {
      ...base,
      kind: "select",
      default: root && { id: root.id, name: root.name },
      options: isSearched ? null : paths,
      isSearched,
      wire: "tree",
    };
  }

  const wire = /integer$/.test(type) ? "integer" : /double$/.test(type) ? "double" : type === "html" ? "html" : null;
  const values = (field.allowedValues ?? []).filter((value) => value !== undefined);
  if (values.length > 0 && type !== "boolean") {
    const options: FieldOption[] = [...new Set(values)].map((value) => ({ id: value, name: value }));
    const given = options.find((option) => option.id === String(field.defaultValue ?? "")) ?? null;
    return { ...base, kind: "select", default: given, options, isSearched: false, wire };
  }
  const kind = plainKinds.get(type) ?? "unsupported";
  return { ...base, kind, default: defaultOf(kind, field.defaultValue), options: null, isSearched: false, wire };
}

const plainKinds = new Map<string, FieldKind>([
  ["string", "text"],
  ["picklistString".toLowerCase(), "text"],
  ["integer", "number"],
  ["picklistinteger", "number"],
  ["double", "number"],
  ["picklistdouble", "number"],
  ["datetime", "date"],
  ["boolean", "checkbox"],
  ["plaintext", "paragraph"],
  ["html", "paragraph"],
]);

function defaultOf(kind: FieldKind, value: unknown): FieldValue | null {
  if (value === null || value === undefined || value === "") return null;
  if (kind === "number") return Number.isFinite(Number(value)) ? Number(value) : null;
  if (kind === "checkbox") return value === true || /^(?:true|1)$/i.test(String(value));
  if (kind === "date") return /^\d{4}-\d\d-\d\d/.exec(String(value))?.[0] ?? null;
  return kind === "text" || kind === "paragraph" ? String(value) : null;
}

const deepest = 30;
const mostPaths = 20_000;

/** The paths of a tree as work items name them: the root is the project. */
export function pathsOf(nodes: readonly WireNode[], structure: "area" | "iteration"): FieldOption[] {
  const root = nodes.find((node) => node.structureType?.toLowerCase() === structure);
  const paths: FieldOption[] = [];
  const add = (node: WireNode, above: string, depth: number) => {
    if (paths.length >= mostPaths || depth > deepest) return;
    const path = above ? `${above}\\${node.name}` : node.name;
    paths.push({ id: path, name: path });
    for (const child of node.children ?? []) add(child, path, depth + 1);
  };
  if (root) add(root, "", 0);
  return paths;
}
