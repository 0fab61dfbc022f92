import type { Project } from "./state";

// The official processes, as far as issues are filed with them: https://learn.microsoft.com/azure/devops/boards/work-items/guidance/choose-process

export type FieldDefinition = {
  ref: string;
  name: string;
  type: string;
  readOnly?: boolean;
  isIdentity?: boolean;
  allowed?: readonly string[];
  default?: string | number;
};
export type TypeDefinition = {
  name: string;
  ref: string;
  description: string;
  color: string;
  states: readonly (readonly [name: string, category: string])[];
  /** Beyond the system's own, in the order of the form. */
  fields: readonly string[];
  required?: readonly string[];
  /** What a state asks for. */
  requiredIn?: Readonly<Record<string, readonly string[]>>;
  /** From where to where; anywhere by default. */
  transitions?: Readonly<Record<string, readonly string[]>>;
  isHidden?: boolean;
  isDisabled?: boolean;
};

const field = (ref: string, name: string, type: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  ...{ ref, name, type },
  ...more,
});
const system = (ref: string, name: string, type: string, more: Partial<FieldDefinition> = {}) =>
  field(`System.${ref}`, name, type, more);
const common = (ref: string, name: string, type: string, more: Partial<FieldDefinition> = {}) =>
  field(`Microsoft.VSTS.Common.${ref}`, name, type, more);

const fixed = { readOnly: true };
export const fields: readonly FieldDefinition[] = [
  system("Id", "ID", "integer", fixed),
  system("Rev", "Rev", "integer", fixed),
  system("Title", "Title", "string"),
  system("WorkItemType", "Work Item Type", "string", fixed),
  system("State", "State", "string"),
  system("Reason", "Reason", "string"),
  system("AssignedTo", "Assigned To", "string", { isIdentity: true }),
  system("AreaPath", "Area Path", "treePath"),
  system("IterationPath", "Iteration Path", "treePath"),
  system("TeamProject", "Team Project", "string", fixed),
  system("Tags", "Tags", "plainText"),
  system("Description", "Description", "html"),
  system("History", "History", "history"),
  system("CreatedBy", "Created By", "string", { ...fixed, isIdentity: true }),
  system("CreatedDate", "Created Date", "dateTime", fixed),
  system("ChangedBy", "Changed By", "string", { ...fixed, isIdentity: true }),
  system("ChangedDate", "Changed Date", "dateTime", fixed),
  system("CommentCount", "Comment Count", "integer", fixed),
  system("BoardColumn", "Board Column", "string", fixed),
  common("Priority", "Priority", "integer", { allowed: ["1", "2", "3", "4"], default: 2 }),
  common("Severity", "Severity", "string", {
    allowed: ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"],
    default: "3 - Medium",
  }),
  common("ValueArea", "Value Area", "string", { allowed: ["Architectural", "Business"], default: "Business" }),
  common("AcceptanceCriteria", "Acceptance Criteria", "html"),
  common("Activity", "Activity", "string", {
    allowed: ["Deployment", "Design", "Development", "Documentation", "Requirements", "Testing"],
  }),
  common("StackRank", "Stack Rank", "double"),
  common("ClosedDate", "Closed Date", "dateTime"),
  common("ClosedBy", "Closed By", "string", { isIdentity: true }),
  common("Risk", "Risk", "string", { allowed: ["1 - High", "2 - Medium", "3 - Low"] }),
  common("Triage", "Triage", "string", {
    allowed: ["Info Received", "More Info", "Pending", "Triaged"],
    default: "Pending",
  }),
  field("Microsoft.VSTS.CMMI.RootCause", "Root Cause", "string", {
    allowed: ["Coding Error", "Communication Error", "Design Error", "Specification Error", "Unknown"],
  }),
  field("Microsoft.VSTS.CMMI.Blocked", "Blocked", "string", { allowed: ["No", "Yes"] }),
  field("Microsoft.VSTS.TCM.ReproSteps", "Repro Steps", "html"),
  field("Microsoft.VSTS.TCM.SystemInfo", "System Info", "html"),
  field("Microsoft.VSTS.Build.FoundIn", "Found In", "string"),
  field("Microsoft.VSTS.Scheduling.DueDate", "Due Date", "dateTime"),
  field("Microsoft.VSTS.Scheduling.StoryPoints", "Story Points", "double"),
  field("Microsoft.VSTS.Scheduling.Effort", "Effort", "double"),
  field("Microsoft.VSTS.Scheduling.Size", "Size", "double"),
  field("Microsoft.VSTS.Scheduling.RemainingWork", "Remaining Work", "double"),
  // What acme has added to its Agile process.
  field("Custom.Environment", "Environment", "string", { allowed: ["Production", "Staging", "Development"] }),
  field("Custom.Reviewer", "Reviewer", "string", { isIdentity: true }),
  field("Custom.NeededBy", "Needed By", "dateTime"),
  field("Custom.SeenByCustomer", "Seen By Customer", "boolean"),
];

/** On every type, in the order of the form where they are on it. */
export const systemFields = fields.filter(({ ref }) => ref.startsWith("System.")).map(({ ref }) => ref);
export const onEveryForm = [
  ...["System.Title", "System.AssignedTo", "System.State", "System.Reason", "System.AreaPath", "System.IterationPath"],
];

const [priority, severity] = ["Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Severity"];
const [steps, info, foundIn] = [
  "Microsoft.VSTS.TCM.ReproSteps",
  "Microsoft.VSTS.TCM.SystemInfo",
  "Microsoft.VSTS.Build.FoundIn",
];
const text = "System.Description";
const due = "Microsoft.VSTS.Scheduling.DueDate";
const left = "Microsoft.VSTS.Scheduling.RemainingWork";
const closed = [
  "Microsoft.VSTS.Common.ClosedDate",
  "Microsoft.VSTS.Common.ClosedBy",
  "Microsoft.VSTS.Common.StackRank",
];
const custom = ["Custom.Environment", "Custom.Reviewer", "Custom.NeededBy", "Custom.SeenByCustomer"];

const type = (
  name: string,
  color: string,
  states: TypeDefinition["states"],
  ofType: readonly string[],
  more: Partial<TypeDefinition> = {},
): TypeDefinition => ({
  name,
  ref: `Microsoft.VSTS.WorkItemTypes.${name.replaceAll(" ", "")}`,
  description: `${name}: tracks one piece of work.`,
  color,
  states,
  fields: [...ofType, ...closed],
  ...more,
});
const hidden = (name: string) =>
  type(
    name,
    "FF9D00",
    [
      ["Requested", "Proposed"],
      ["Closed", "Completed"],
    ],
    [text],
    { isHidden: true },
  );

const agileStory = [
  ["New", "Proposed"],
  ["Active", "InProgress"],
  ["Resolved", "InProgress"],
  ["Closed", "Completed"],
  ["Removed", "Removed"],
] as const;
const agileBug = [
  ["New", "Proposed"],
  ["Active", "InProgress"],
  ["Resolved", "Resolved"],
  ["Closed", "Completed"],
] as const;
const scrumBacklog = [
  ["New", "Proposed"],
  ["Approved", "Proposed"],
  ["Committed", "InProgress"],
  ["Done", "Completed"],
  ["Removed", "Removed"],
] as const;
const scrumFeature = [
  ["New", "Proposed"],
  ["In Progress", "InProgress"],
  ["Done", "Completed"],
  ["Removed", "Removed"],
] as const;
const scrumTask = [
  ["To Do", "Proposed"],
  ["In Progress", "InProgress"],
  ["Done", "Completed"],
  ["Removed", "Removed"],
] as const;
const cmmi = [
  ["Proposed", "Proposed"],
  ["Active", "InProgress"],
  ["Resolved", "Resolved"],
  ["Closed", "Completed"],
] as const;
const basic = [
  ["To Do", "Proposed"],
  ["Doing", "InProgress"],
  ["Done", "Completed"],
] as const;

export const processes: Record<Project["process"], readonly TypeDefinition[]> = {
  Basic: [
    type("Epic", "E06C00", basic, [text, priority]),
    type("Issue", "B4009E", basic, [text, priority, "Microsoft.VSTS.Scheduling.Effort"]),
    type("Task", "A4880A", basic, [text, priority, "Microsoft.VSTS.Common.Activity", left]),
    hidden("Code Review Request"),
  ],
  Agile: [
    type(
      "Bug",
      "CC293D",
      agileBug,
      [steps, info, text, priority, severity, ...custom, foundIn, left, "Microsoft.VSTS.Common.ValueArea"],
      {
        required: ["Custom.Environment"],
        transitions: {
          "": ["New"],
          New: ["Active", "Resolved", "Closed"],
          Active: ["New", "Resolved", "Closed"],
          Resolved: ["Active", "Closed"],
          Closed: ["Active", "Resolved"],
        },
      },
    ),
    type("Epic", "E06C00", agileStory, [text, priority, "Microsoft.VSTS.Common.ValueArea"]),
    type("Feature", "773B93", agileStory, [text, priority, "Microsoft.VSTS.Common.ValueArea"]),
    type(
      "Issue",
      "B4009E",
      [
        ["Active", "InProgress"],
        ["Closed", "Completed"],
      ],
      [text, priority, due],
    ),
    type(
      "Task",
      "F2CB1D",
      [
        ["New", "Proposed"],
        ["Active", "InProgress"],
        ["Closed", "Completed"],
        ["Removed", "Removed"],
      ],
      [text, priority, "Microsoft.VSTS.Common.Activity", left],
    ),
    type("User Story", "009CCC", agileStory, [
      text,
      "Microsoft.VSTS.Common.AcceptanceCriteria",
      priority,
      "Microsoft.VSTS.Scheduling.StoryPoints",
    ]),
    type("Old Request", "000000", agileStory, [text], { isDisabled: true }),
    hidden("Code Review Request"),
    hidden("Shared Parameter"),
  ],
  Scrum: [
    type("Bug", "CC293D", scrumBacklog, [
      steps,
      info,
      text,
      priority,
      severity,
      foundIn,
      "Microsoft.VSTS.Scheduling.Effort",
    ]),
    type("Product Backlog Item", "009CCC", scrumBacklog, [
      text,
      "Microsoft.VSTS.Common.AcceptanceCriteria",
      priority,
      "Microsoft.VSTS.Scheduling.Effort",
    ]),
    type("Feature", "773B93", scrumFeature, [text, priority]),
    type("Epic", "E06C00", scrumFeature, [text, priority]),
    type("Task", "F2CB1D", scrumTask, [text, priority, "Microsoft.VSTS.Common.Activity", left]),
    type(
      "Impediment",
      "B4009E",
      [
        ["Open", "Proposed"],
        ["Closed", "Completed"],
      ],
      [text, priority],
    ),
    hidden("Code Review Request"),
  ],
  CMMI: [
    type(
      "Bug",
      "CC293D",
      cmmi,
      [
        steps,
        info,
        text,
        priority,
        severity,
        "Microsoft.VSTS.Common.Triage",
        "Microsoft.VSTS.CMMI.Blocked",
        "Microsoft.VSTS.CMMI.RootCause",
        foundIn,
      ],
      {
        requiredIn: { Resolved: ["Microsoft.VSTS.CMMI.RootCause"] },
      },
    ),
    type("Requirement", "009CCC", cmmi, [
      text,
      priority,
      "Microsoft.VSTS.Common.Triage",
      "Microsoft.VSTS.Scheduling.Size",
    ]),
    type("Change Request", "B4009E", cmmi, [text, priority]),
    type(
      "Risk",
      "B4009E",
      [
        ["Proposed", "Proposed"],
        ["Active", "InProgress"],
        ["Closed", "Completed"],
      ],
      [text, priority, severity],
    ),
    type("Feature", "773B93", cmmi, [text, priority]),
    type("Epic", "E06C00", cmmi, [text, priority]),
    type("Task", "F2CB1D", cmmi, [text, priority, left]),
    hidden("Code Review Request"),
  ],
};

/** The categories that the API tells; which type a bug or a requirement is differs. */
export function categoriesOf(process: Project["process"]) {
  const types = processes[process].map(({ name }) => name);
  const pick = (...names: string[]) => types.filter((name) => names.includes(name));
  return [
    { referenceName: "Microsoft.BugCategory", name: "Bug Category", types: pick("Bug") },
    {
      referenceName: "Microsoft.RequirementCategory",
      name: "Requirement Category",
      types: process === "Basic" ? pick("Issue") : pick("User Story", "Product Backlog Item", "Requirement"),
    },
    { referenceName: "Microsoft.TaskCategory", name: "Task Category", types: pick("Task") },
    { referenceName: "Microsoft.EpicCategory", name: "Epic Category", types: pick("Epic") },
    {
      referenceName: "Microsoft.HiddenCategory",
      name: "Hidden Types Category",
      types: processes[process].filter(({ isHidden }) => isHidden).map(({ name }) => name),
    },
  ].filter(({ types: some }) => some.length > 0);
}
