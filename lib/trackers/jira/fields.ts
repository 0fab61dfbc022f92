import type { Choice, Field, FieldKind, FieldOption, FieldRole, FieldValue } from "@/lib/trackers/tracker";
import { type WireField, wireCascadeOption, wireCascadeValue, wireChoice } from "./wire";
import type { Wire } from "./write-fields";

type Way = { kind: FieldKind; wire: Wire; role?: FieldRole; isSearched?: boolean };

const text = { kind: "text", wire: "text" } as const;
const one = { kind: "select", wire: "id" } as const;
const many = { kind: "multi_select", wire: "ids" } as const;
const person = { kind: "user", wire: "user", isSearched: true } as const;

// A custom field says by its type what it is; Jira's own fields, where their schema does not, by their name.
const customTypes = new Map<string, Way>([
  ["textarea", { kind: "paragraph", wire: "paragraph" }],
  ["url", { kind: "url", wire: "text" }],
  ["labels", { kind: "multi_select", wire: "strings", isSearched: true }],
  ["gh-epic-label", text],
  ["gh-epic-link", { kind: "issue", wire: "key", role: "parent", isSearched: true }],
  ["gh-sprint", { kind: "select", wire: "sprint", role: "sprint", isSearched: true }],
  // Values that Jira computes, or that apps keep in ways of their own.
  ...["readonlyfield", "importid", "grouppicker", "multigrouppicker", "atlassian-team", "gh-lexo-rank"].map(
    (name): [string, Way] => [name, { kind: "unsupported", wire: "none" }],
  ),
]);

const systemFields = new Map<string, Way>([
  ["environment", { kind: "paragraph", wire: "paragraph" }],
  ["assignee", { ...person, role: "assignee" }],
  ["reporter", { ...person, role: "reporter" }],
  ["priority", { ...one, role: "priority" }],
  ["components", { ...many, role: "components" }],
  ["versions", { ...many, role: "versions" }],
  ["fixVersions", { ...many, role: "fix_versions" }],
  ["duedate", { kind: "date", wire: "text", role: "due_date" }],
  ["parent", { kind: "issue", wire: "issue", role: "parent", isSearched: true }],
]);

const types = new Map<string, Way>([
  ["string", text],
  ["number", { kind: "number", wire: "number" }],
  ["date", { kind: "date", wire: "text" }],
  ["datetime", { kind: "datetime", wire: "datetime" }],
  ["option", one],
  ["option-with-child", { kind: "cascade", wire: "cascade" }],
  ["user", person],
  ...["priority", "version", "component", "resolution", "securitylevel", "project"].map((type): [string, Way] => [
    type,
    one,
  ]),
]);

const lists = new Map<string, Way>([
  ["option", many],
  ["version", many],
  ["component", many],
  ["user", { kind: "users", wire: "users", isSearched: true }],
]);

function wayOf({ schema }: WireField): Way {
  const { type = "any", items, system, custom } = schema ?? {};
  const known = system ? systemFields.get(system) : customTypes.get(custom?.slice(custom.lastIndexOf(":") + 1) ?? "");
  const way = known ?? (type === "array" ? lists.get(items ?? "") : types.get(type));
  return way ?? { kind: "unsupported", wire: "none" };
}

/** More are searched for than shown at once. */
export const mostOptions = 200;

/** A field of the tracker's own form; `id` is what the form calls it where the field itself does not say. */
export function toField(field: WireField, id = field.fieldId ?? field.key ?? ""): Field {
  const { kind, wire, role, isSearched = false } = wayOf(field);
  const options = isSearched ? null : optionsOf(field, kind);
  // Nothing can be chosen: a field that has to be filled in elsewhere, or by nobody.
  const isEmpty = (kind === "select" || kind === "multi_select" || kind === "cascade") && options?.length === 0;
  const isLong = kind !== "cascade" && options !== null && options.length > mostOptions;
  const value = field.hasDefaultValue ? defaultOf(field, kind) : null;
  return {
    id,
    name: field.name || id,
    kind: isEmpty ? "unsupported" : kind,
    role: role ?? null,
    // What Jira fills in by itself but does not name (the reporter) need not be typed.
    isRequired: field.required && !(field.hasDefaultValue && value === null),
    default: value,
    help: null,
    options: isEmpty || isLong ? null : options,
    isSearched: isSearched || isLong,
    wire,
  };
}

/** All that can be chosen in a field, in the tracker's order. */
export function optionsOf({ allowedValues }: WireField, kind: FieldKind): FieldOption[] | null {
  if (kind !== "select" && kind !== "multi_select" && kind !== "cascade") return null;
  return (allowedValues ?? []).flatMap((value) => {
    const { data } = wireCascadeOption.safeParse(value);
    const choice = toChoice(value);
    if (!choice || data?.disabled || data?.archived) return [];
    if (kind !== "cascade") return choice;
    return { ...choice, children: (data?.children ?? []).flatMap((child) => toChoice(child) ?? []) };
  });
}

function toChoice(value: unknown): Choice | null {
  const { data } = wireChoice.safeParse(value);
  const name = data?.value ?? data?.name ?? data?.key;
  return data?.id !== undefined && name ? { id: data.id, name } : null;
}

function defaultOf({ defaultValue: value }: WireField, kind: FieldKind): FieldValue | null {
  switch (kind) {
    case "text":
    case "url":
    case "date":
    case "datetime":
      return typeof value === "string" ? value : null;
    case "number":
      return typeof value === "number" ? value : null;
    case "select":
      return toChoice(value);
    case "multi_select": {
      const choices = Array.isArray(value) ? value.flatMap((one) => toChoice(one) ?? []) : [];
      return choices.length > 0 ? choices : null;
    }
    case "cascade": {
      const parent = toChoice(value);
      const { data } = wireCascadeValue.safeParse(value);
      return parent && { parent, child: toChoice(data?.child) };
    }
    case "paragraph":
    case "checkbox":
    case "user":
    case "users":
    case "issue":
    case "unsupported":
      return null;
  }
}

// What every creation says in ways of its own, and what cannot be said in a form.
const ownFields = new Set(["summary", "description", "labels", "project", "issuetype"]);
const sidelined = new Set(["attachment", "issuelinks", "timetracking", "worklog", "comment"]);

/** The fields of a form but title, text and labels; what can only be done afterwards is shown where it is required. */
export function toFields(all: readonly WireField[]): Field[] {
  return all
    .map((field) => toField(field))
    .filter(({ id, isRequired }) => id !== "" && !ownFields.has(id) && (isRequired || !sidelined.has(id)));
}

/** Whether a form has one of Jira's own fields. */
export const hasField = (all: readonly WireField[], id: string): boolean =>
  all.some(({ fieldId, key }) => (fieldId ?? key) === id);
