import type { IssueType, Project, Role, ScreenField, State, Status, TransitionDef, Workflow } from "../model";
import { ids, questionIds } from "./fields";

export const types: IssueType[] = [
  { id: "10001", name: "Story", description: "What somebody wants to be able to do.", isSubtask: false, level: 0 },
  { id: "10002", name: "Task", description: "Something that has to be done.", isSubtask: false, level: 0 },
  { id: "10003", name: "Sub-task", description: "A part of something larger.", isSubtask: true, level: -1 },
  { id: "10004", name: "Bug", description: "Something does not work.", isSubtask: false, level: 0 },
  { id: "10000", name: "Epic", description: "A large piece of work.", isSubtask: false, level: 1 },
  { id: "10010", name: "Questionnaire", description: "Three hundred questions.", isSubtask: false, level: 0 },
];
const idOf = (name: string) => types.find((type) => type.name === name)?.id ?? "";

export const statuses: Status[] = [
  { id: "10201", name: "To Do", category: "new" },
  { id: "10202", name: "In Progress", category: "indeterminate" },
  { id: "10203", name: "In Review", category: "indeterminate" },
  { id: "10204", name: "Done", category: "done" },
  { id: "10205", name: "Resolved", category: "done" },
  // Jira has statuses without a category.
  { id: "10206", name: "Parked", category: "undefined" },
];

const step = (id: string, name: string, from: string[] | null, to: string, screen: ScreenField[] = []) =>
  ({ id, name, from, to, screen }) satisfies TransitionDef;
const required = (fieldId: string): ScreenField => ({ fieldId, isRequired: true });
const optional = (fieldId: string): ScreenField => ({ fieldId, isRequired: false });

/** From anywhere to anywhere. */
const free: Workflow = {
  initial: "10201",
  transitions: [
    step("11", "To Do", null, "10201"),
    step("21", "In Progress", null, "10202"),
    step("31", "Done", null, "10204"),
    step("41", "Park", ["10201", "10202"], "10206"),
  ],
};
/** Closing asks for a resolution. */
const bugs: Workflow = {
  initial: "10201",
  transitions: [
    step("4", "Start progress", ["10201"], "10202"),
    step("5", "Resolve issue", ["10201", "10202", "10203"], "10205", [required("resolution"), optional("fixVersions")]),
    step("7", "Ask for review", ["10202"], "10203"),
    step("3", "Reopen issue", ["10205"], "10201"),
  ],
};
/** No direct way from new to done. */
const strict: Workflow = {
  initial: "10201",
  transitions: [
    step("51", "Take", ["10201"], "10202"),
    step("61", "Finish", ["10202"], "10204"),
    step("71", "Take up again", ["10204"], "10202"),
  ],
};

const head = [required("summary"), required("issuetype"), required("project")];
// Required and filled in by Jira itself, as on real create screens.
const reporter = required("reporter");
const usual = [
  ...head,
  optional("description"),
  optional("priority"),
  optional("labels"),
  optional("assignee"),
  reporter,
];
const planning = ["components", "fixVersions", "duedate", ids.sprint, "parent"].map(optional);
const bugExtras = [
  ...[ids.environmentFound, ids.qaOwner, ids.foundOn].map(required),
  optional("versions"),
  optional("environment"),
  ...Array.from({ length: 12 }, (_, i) => optional(`customfield_${10_043 + i}`)),
];

const extraTypes = ["Bug", "Task"].map(idOf);

export function seedProjects(state: State, extra: number, questions: number): void {
  const by = (name: string) => state.accounts.find((account) => account.name === name)?.accountId ?? "";
  const everyone = state.accounts.filter(({ name }) => name !== "visitor" && name !== "auditor");
  const roles = (bot: Role, others: Role): Record<string, Role> => ({
    ...Object.fromEntries(everyone.map(({ accountId }) => [accountId, others])),
    [by("site-admin")]: "admin",
    [by("qa-bot")]: bot,
    [by("auditor")]: "viewer",
  });
  const [both, readOnly, others] = [roles("member", "member"), roles("viewer", "viewer"), roles("member", "viewer")];
  const add = (project: Omit<Project, "lastIssue">, screenOf: (type: string) => ScreenField[], flow: Workflow) => {
    state.projects.push({ ...project, lastIssue: 0 });
    const screens: Record<string, ScreenField[]> = {};
    const workflows: Record<string, Workflow> = {};
    for (const id of project.typeIds) {
      screens[id] = screenOf(types.find((type) => type.id === id)?.name ?? "");
      workflows[id] = id === idOf("Bug") ? bugs : flow;
    }
    state.screens[project.id] = screens;
    state.workflows[project.id] = workflows;
  };

  add(
    {
      ...{ id: "10000", key: "PAY", name: "Payments", description: "Card and invoice payments, refunds." },
      roles: both,
      typeIds: ["Bug", "Task", "Story", "Epic", "Sub-task"].map(idOf),
      components: ["Card form", "Invoices", "Refunds"].map((name, i) => ({ id: String(10_300 + i), name })),
      versions: ["2026.10", "2026.11", "2026.12"].map((name, i) => ({
        ...{ id: String(10_400 + i), name },
        ...{ isReleased: i === 0, isArchived: false },
      })),
    },
    (type) => {
      if (type === "Bug") return [...usual, ...planning, ...bugExtras];
      if (type === "Sub-task") return [required("parent"), ...usual];
      return [...usual, ...planning];
    },
    free,
  );
  add(
    {
      ...{ id: "10001", key: "OPS", name: "Operations desk", description: "Servers and certificates." },
      roles: both,
      typeIds: [idOf("Task"), idOf("Questionnaire")],
      ...{ components: [], versions: [] },
    },
    (type) =>
      type === "Task"
        ? [...head, optional("priority"), optional("assignee"), reporter]
        : [...head, ...questionIds(questions).map(optional)],
    strict,
  );
  add(
    {
      ...{ id: "10002", key: "ARC", name: "Archive", description: "The shop before the rewrite. Can only be read." },
      roles: readOnly,
      typeIds: [idOf("Task"), idOf("Bug")],
      ...{ components: [], versions: [] },
    },
    () => usual,
    free,
  );
  add(
    {
      ...{ id: "10003", key: "SEC", name: "Security", description: "Seen by administrators only." },
      roles: { [by("site-admin")]: "admin" },
      typeIds: [idOf("Task")],
      ...{ components: [], versions: [] },
    },
    () => usual,
    free,
  );
  for (let i = 0; i < extra; i++) {
    const number = String(i + 1).padStart(4, "0");
    add(
      {
        ...{ id: String(20_000 + i), key: `P${number}`, name: `Product ${number}`, description: "" },
        roles: others,
        ...{ typeIds: extraTypes, components: [], versions: [] },
      },
      () => usual,
      free,
    );
  }
}
