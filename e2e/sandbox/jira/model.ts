// What the sandbox's Jira keeps. Everything is plain data, so that a snapshot is a copy.

/** Who a person or a machine is. Cloud knows it by account id, Data Center by name and key. */
export type Account = {
  accountId: string;
  key: string;
  name: string;
  displayName: string;
  email: string;
  /** Cloud hides an address unless its owner shows it. */
  showsEmail: boolean;
  isActive: boolean;
  /** Dates in JQL are read in it, and dates in answers are written in it. */
  timeZone: string;
  groups: string[];
};

export type Role = "admin" | "member" | "viewer";

export type Project = {
  id: string;
  key: string;
  name: string;
  description: string;
  /** By account id; who is not here does not see the project. */
  roles: Record<string, Role>;
  typeIds: string[];
  components: Named[];
  versions: (Named & { isReleased: boolean; isArchived: boolean })[];
  lastIssue: number;
};

export type Named = { id: string; name: string };

export type IssueType = Named & { description: string; isSubtask: boolean; level: number };

export type FieldKind =
  | "project"
  | "issuetype"
  | "summary"
  | "text"
  | "paragraph"
  | "number"
  | "date"
  | "datetime"
  | "url"
  | "option"
  | "options"
  | "cascade"
  | "user"
  | "users"
  | "labels"
  | "priority"
  | "resolution"
  | "components"
  | "versions"
  | "sprint"
  | "parent"
  | "plugin";

export type Option = Named & { children?: Named[]; isDisabled?: boolean };

export type FieldDef = {
  id: string;
  name: string;
  kind: FieldKind;
  /** The plugin's name of a custom field's type; null for Jira's own fields. */
  custom: string | null;
  options: Option[];
};

export type ScreenField = { fieldId: string; isRequired: boolean };

export type Status = Named & { category: "undefined" | "new" | "indeterminate" | "done" };

export type TransitionDef = {
  id: string;
  name: string;
  /** Status ids; null: from any. */
  from: string[] | null;
  to: string;
  screen: ScreenField[];
};

export type Workflow = { initial: string; transitions: TransitionDef[] };

export type Comment = {
  id: string;
  authorId: string;
  body: unknown;
  createdMs: number;
  updatedMs: number;
  properties: { key: string; value: unknown }[];
  visibility: { type: "group" | "role"; value: string } | null;
};

export type StoredFile = {
  id: string;
  name: string;
  mediaType: string;
  authorId: string;
  createdMs: number;
  bytes: Uint8Array;
};

export type RemoteLink = {
  id: number;
  globalId: string | null;
  application: unknown;
  relationship: string | null;
  object: { url: string; title: string } & Record<string, unknown>;
};

export type ChangeItem = { field: string; fieldId: string; from: string | null; to: string | null } & {
  fromText: string | null;
  toText: string | null;
};

export type Issue = {
  id: string;
  key: string;
  /** Keys that it had before it was moved. */
  oldKeys: string[];
  projectId: string;
  typeId: string;
  statusId: string;
  creatorId: string;
  createdMs: number;
  updatedMs: number;
  resolvedMs: number | null;
  /** By field id: ids of what was chosen, else the value as it is sent. */
  values: Record<string, unknown>;
  comments: Comment[];
  files: StoredFile[];
  links: RemoteLink[];
  properties: Record<string, unknown>;
  history: { id: string; authorId: string; atMs: number; items: ChangeItem[] }[];
};

export type Hook = {
  id: number;
  /** Registered by an app, ends after 30 days; or by an administrator, for good. */
  kind: "dynamic" | "admin";
  name: string;
  url: string;
  secret: string | null;
  events: string[];
  jql: string;
  enabled: boolean;
  ownerId: string;
  expiresMs: number | null;
};

export type State = {
  accounts: Account[];
  projects: Project[];
  types: IssueType[];
  fields: FieldDef[];
  /** By project id and type id. */
  screens: Record<string, Record<string, ScreenField[]>>;
  statuses: Status[];
  /** By project id and type id. */
  workflows: Record<string, Record<string, Workflow>>;
  priorities: Named[];
  resolutions: Named[];
  sprints: (Named & { state: "active" | "future" | "closed"; projectId: string })[];
  issues: Issue[];
  hooks: Hook[];
  failedDeliveries: { id: string; body: string; url: string; failureMs: number }[];
  /** Ids are drawn from one counter each, as a database does. */
  next: { issue: number; other: number };
};
