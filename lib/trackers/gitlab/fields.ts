import { OutboundError } from "@/lib/http/outcome";
import { limits } from "@/lib/trackers/limits";
import { refuseLongTitle } from "@/lib/trackers/title";
import type { Choice, CreateWarning, Field, FieldOption, FieldValue, SetField } from "@/lib/trackers/tracker";
import type { WireIssue } from "./wire";

/** What a call sends of an issue's fields, under gitbeaker's names. */
export type Attributes = {
  assigneeIds?: number[];
  milestoneId?: number;
  dueDate?: string;
  confidential?: boolean;
  weight?: number;
};

const plain = { isRequired: false, default: null, help: null, options: null, isSearched: false, wire: null } as const;

/** GitLab has no description of its form; what is on it depends on the type, the plan and the labels there are. */
export function fieldsOf(given: {
  typeId: string | null;
  milestones: readonly FieldOption[] | null;
  hasWeight: boolean;
  labels: readonly string[];
}): Field[] {
  const { typeId, milestones, hasWeight, labels } = given;
  return [
    { ...plain, id: "assignee_ids", name: "Assignee", kind: "user", role: "assignee", isSearched: true },
    {
      ...plain,
      id: "milestone_id",
      name: "Milestone",
      kind: "select",
      role: "milestone",
      options: milestones,
      isSearched: milestones === null,
    },
    ...scopes.flatMap((scope) => scopedField(scope, labels)),
    { ...plain, id: "due_date", name: "Due date", kind: "date", role: "due_date" },
    ...(hasWeight && typeId !== "incident"
      ? [{ ...plain, id: "weight", name: "Weight", kind: "number", role: null } as const]
      : []),
    {
      ...plain,
      id: "confidential",
      name: "Confidential",
      kind: "checkbox",
      role: "confidential",
      default: false,
      help: "Only members with at least the Planner or Reporter role see it.",
    },
  ];
}

// Severity and priority have no field; teams say them by labels of which an issue has one of each scope. Where there are
// none for the priority yet, these are made by their first use.
const scopes = [
  ["severity", "Severity", []],
  ["priority", "Priority", ["Priority::1", "Priority::2", "Priority::3", "Priority::4", "Priority::5"]],
] as const;

function scopedField([scope, name, usual]: (typeof scopes)[number], labels: readonly string[]): Field[] {
  const found = labels.filter((label) => label.toLowerCase().startsWith(`${scope}::`));
  const options = (found.length > 0 ? found : usual).map((id) => ({ id, name: id.slice(scope.length + 2) }));
  const help = "A label stands for it.";
  return options.length > 0
    ? [{ ...plain, id: `${scope}::`, name, kind: "select", role: scope, options, help, wire: "label" }]
    : [];
}

/** Where a label of a scope takes the place of the others. */
export type ScopedLabel = { scope: string; label: string | null };

/** Values as they are sent: attributes, and the labels that stand for a field. Null empties. */
export function attributesOf(fields: readonly SetField[]): { attributes: Attributes; scoped: ScopedLabel[] } {
  const attributes: Attributes = {};
  const scoped: ScopedLabel[] = [];
  for (const { id, name, wire, value } of fields) {
    if (wire === "label") scoped.push({ scope: id, label: value === null ? null : choiceOf(value, name).id });
    else if (id === "assignee_ids")
      attributes.assigneeIds = value === null ? [0] : choicesOf(value, name).map(idOf(name));
    else if (id === "milestone_id") attributes.milestoneId = value === null ? 0 : idOf(name)(choiceOf(value, name));
    else if (id === "due_date") attributes.dueDate = value === null ? "" : dayOf(value, name);
    else if (id === "confidential") attributes.confidential = value === true;
    // A weight cannot be taken away by a number, and the parameter takes nothing else.
    else if (id === "weight" && typeof value === "number") attributes.weight = value;
    else throw refused(name, `${name} cannot be set.`, id);
  }
  return { attributes, scoped };
}

const refused = (field: string, message: string, id = field) =>
  new OutboundError("invalid_input", message, { outcome: "refused", fields: { [id]: message } });

const isChoice = (value: FieldValue): value is Choice =>
  typeof value === "object" && !Array.isArray(value) && "id" in value;

function choiceOf(value: FieldValue, name: string): Choice {
  if (isChoice(value)) return value;
  throw refused(name, `${name} needs one of its options.`);
}

const choicesOf = (value: FieldValue, name: string): readonly Choice[] =>
  Array.isArray(value) ? value : [choiceOf(value, name)];

const idOf = (name: string) => (choice: Choice) => {
  if (/^[1-9]\d{0,14}$/.test(choice.id)) return Number(choice.id);
  throw refused(name, `"${choice.name}" is not known as ${name.toLowerCase()}.`);
};

function dayOf(value: FieldValue, name: string): string {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return value;
  throw refused(name, `${name} needs a day.`);
}

/** What is wrong before anything is sent. */
export function checkTexts({ title, labels = [] }: { title?: string | undefined; labels?: readonly string[] }): void {
  if (title !== undefined) refuseLongTitle([...title].length, limits.gitlab);
  // They travel as one text with commas between, and GitLab would make two of one.
  const broken = labels.find((label) => label.includes(","));
  if (broken !== undefined) throw refused("labels", `GitLab has no labels with a comma: “${broken.slice(0, 100)}”.`);
}

/** GitLab drops what the account may not set, or the plan does not have, without a word. */
export function droppedFrom(
  issue: WireIssue,
  asked: Attributes & { labels: readonly string[]; issueType: string | null },
): CreateWarning[] {
  const has = new Set(issue.labels.map((label) => label.toLowerCase()));
  const { assigneeIds = [], milestoneId, dueDate, confidential, weight } = asked;
  const given = new Set(issue.assignees.map(({ id }) => Number(id)));
  const missing = [
    ...asked.labels.filter((label) => !has.has(label.toLowerCase())).map((label) => `the label “${label}”`),
    ...(assigneeIds.every((id) => given.has(id)) ? [] : ["an assignee"]),
    ...(milestoneId === undefined || Number(issue.milestone?.id) === milestoneId ? [] : ["the milestone"]),
    ...(dueDate === undefined || issue.due_date === dueDate ? [] : ["the due date"]),
    ...(confidential === undefined || issue.confidential === confidential ? [] : ["that it is confidential"]),
    ...(weight === undefined || issue.weight === weight ? [] : ["the weight"]),
    ...(asked.issueType === null || (issue.issue_type ?? asked.issueType) === asked.issueType ? [] : ["the type"]),
  ];
  if (missing.length === 0) return [];
  return [{ kind: "fields_dropped", message: `GitLab did not take over ${missing.join(", ").slice(0, 500)}.` }];
}
