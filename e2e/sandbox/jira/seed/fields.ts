import type { FieldDef, FieldKind, Option } from "../model";

const own = (id: string, name: string, kind: FieldKind): FieldDef => ({ id, name, kind, custom: null, options: [] });

const jira = "com.atlassian.jira.plugin.system.customfieldtypes";
const custom = (id: number, name: string, kind: FieldKind, type: string, options: Option[] = []): FieldDef => ({
  id: `customfield_${id}`,
  name,
  kind,
  custom: type.includes(":") ? type : `${jira}:${type}`,
  options,
});

const choices = (firstId: number, ...names: string[]): Option[] =>
  names.map((name, i) => ({ id: String(firstId + i), name }));

/** Ids of custom fields, by what they are for. */
export const ids = {
  environmentFound: "customfield_10040",
  qaOwner: "customfield_10041",
  foundOn: "customfield_10042",
  sprint: "customfield_10020",
} as const;

/** How many questions the widest form has unless more or fewer are asked for. */
export const usualQuestions = 300;
export const questionIds = (count: number) => Array.from({ length: count }, (_, i) => `customfield_${11_000 + i}`);

export const seedFields = (questions: number): FieldDef[] => [
  own("summary", "Summary", "summary"),
  own("issuetype", "Issue Type", "issuetype"),
  own("project", "Project", "project"),
  own("parent", "Parent", "parent"),
  own("description", "Description", "paragraph"),
  own("reporter", "Reporter", "user"),
  own("assignee", "Assignee", "user"),
  own("priority", "Priority", "priority"),
  own("labels", "Labels", "labels"),
  own("components", "Components", "components"),
  own("versions", "Affects versions", "versions"),
  own("fixVersions", "Fix versions", "versions"),
  own("duedate", "Due date", "date"),
  own("environment", "Environment", "paragraph"),
  own("resolution", "Resolution", "resolution"),
  custom(10020, "Sprint", "sprint", "com.pyxis.greenhopper.jira:gh-sprint"),
  custom(10040, "Environment found", "option", "select", [
    ...choices(10100, "Development", "Staging", "Production"),
    { id: "10103", name: "Old data centre", isDisabled: true },
  ]),
  custom(10041, "QA owner", "user", "userpicker"),
  custom(10042, "Found on", "date", "datepicker"),
  custom(10043, "Build", "text", "textfield"),
  custom(10044, "Steps to reproduce", "paragraph", "textarea"),
  custom(10045, "Customers affected", "number", "float"),
  custom(10046, "First seen", "datetime", "datetime"),
  custom(10047, "Browsers", "options", "multiselect", choices(10110, "Chromium", "Firefox", "Safari", "Edge")),
  custom(10048, "Area", "cascade", "cascadingselect", [
    { id: "10120", name: "Checkout", children: choices(10121, "Basket", "Payment form", "Confirmation") },
    { id: "10130", name: "Back office", children: choices(10131, "Refunds", "Reports") },
    { id: "10140", name: "Elsewhere" },
  ]),
  custom(10049, "Regression", "option", "radiobuttons", choices(10150, "Yes", "No")),
  custom(10050, "Platforms", "options", "multicheckboxes", choices(10160, "Web", "iOS", "Android")),
  custom(10051, "Reviewers", "users", "multiuserpicker"),
  custom(10052, "Log address", "url", "url"),
  custom(10053, "Topics", "labels", "labels"),
  // A field of a type that nobody but its plugin knows.
  custom(10054, "Mood", "plugin", "com.example.moods:mood-picker"),
  ...Array.from({ length: questions }, (_, i) =>
    custom(11_000 + i, `Question ${String(i + 1).padStart(3, "0")}`, "text", "textfield"),
  ),
];
