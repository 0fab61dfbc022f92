// What trackers tell, in our vocabulary.

/** A place that issues live in. The id never changes, the key may. */
export interface ProjectRef {
  readonly remoteId: string;
  readonly key: string;
}

export interface RemoteProject extends ProjectRef {
  readonly name: string;
  readonly url: string;
  readonly isPublic: boolean;
  readonly isArchived: boolean;
  readonly hasIssues: boolean;
  readonly canWrite: boolean;
}

export type StateCategory = "open" | "in_progress" | "done";

/** A remote issue in our vocabulary. `remoteId` is immutable; `key` and `url` are attributes that may change. */
export interface RemoteIssue {
  readonly remoteId: string;
  /** What people call it: acme/checkout#12, PAY-12, 12. */
  readonly key: string;
  /** What the tracker's API calls it within its project: "12", "PAY-12". */
  readonly ref: string;
  readonly url: string;
  readonly title: string;
  /** The tracker's own word for its state. */
  readonly state: string;
  readonly category: StateCategory;
  /** The tracker's own words; null where it knows none. */
  readonly type: string | null;
  readonly priority: string | null;
  readonly labels: readonly string[];
  readonly assignee: RemoteUser | null;
  readonly author: RemoteUser | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly projectRemoteId: string;
  readonly projectKey: string;
}

/** An account of the tracker. */
export interface RemoteUser {
  readonly remoteId: string;
  /** What people see: a display name, else the login. */
  readonly name: string;
  readonly login?: string | null;
  /** Null or absent where the tracker hides it. */
  readonly email?: string | null;
  /** False: switched off, so that it can be given nothing. */
  readonly isActive?: boolean;
}

/** `projectKey` is null when the text named only the issue: the caller knows which project is meant. */
export interface IssueRef {
  readonly projectKey: string | null;
  readonly ref: string;
}

export interface IssueAddress {
  readonly project: ProjectRef;
  readonly ref: string;
}

/** `next` is opaque: hand it back to get the following page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What Test Connection shows. */
export interface Probe {
  /** Null where there are no accounts. */
  readonly account: (RemoteUser & { readonly displayName: string; readonly url: string }) | null;
  /** Null when the tracker does not tell (fine-grained tokens). */
  readonly scopesFound: readonly string[] | null;
  readonly scopesMissing: readonly Scope[];
  readonly rateLimit: RateLimit | null;
  readonly apiVersion: string | null;
  /** Theirs minus ours; null when the answer carried no date. */
  readonly clockSkewMs: number | null;
}

/** A permission that we ask for, and what stops working without it. */
export interface Scope {
  readonly name: string;
  readonly neededFor: string;
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
}

/** A way from a state into another; `fields` is what its screen asks for. */
export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: { readonly name: string; readonly category: StateCategory };
  readonly fields: readonly Field[];
}

/** A state that issues of a type can have. */
export interface RemoteState {
  readonly name: string;
  readonly category: StateCategory;
}

export interface RemoteComment {
  readonly remoteId: string;
  readonly author: RemoteUser | null;
  /** In the tracker's `bodyFormat`: JSON text for ADF. */
  readonly body: string;
  readonly url: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Confidential or internal: never copied where others can read it. */
  readonly isInternal: boolean;
}

/** A file that a tracker keeps. */
export interface RemoteFile {
  readonly remoteId: string;
  readonly name: string;
  /** Where a person, or our download, gets it. */
  readonly url: string;
  /** What shows it in a text, where the tracker has files that stand by themselves: `![log](/uploads/…)`. */
  readonly inText?: string;
}

export interface RemoteWebhook {
  readonly remoteId: string;
  readonly url: string;
  readonly isActive: boolean;
  /** When it ends unless it is renewed. */
  readonly expiresAt: Date | null;
}

/** What can be created in a project. */
export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Lives only under another issue. */
  readonly isSubtask: boolean;
}

/** The tracker's own form for one type in one project, in the tracker's order; title and text are not among the fields. */
export interface IssueForm {
  readonly fields: readonly Field[];
  /** The tracker's id of the field that holds the text; null: this type has none on its form. */
  readonly textField: string | null;
  /** Whether labels can be set when it is created, and whether others than those that exist. */
  readonly labels: "none" | "listed" | "free";
}

/** How a field is typed in. `unsupported`: shown by name, and where required the reason why it has to be filed there. */
export type FieldKind =
  | "text"
  | "paragraph"
  | "number"
  | "date"
  | "datetime"
  | "checkbox"
  | "url"
  | "select"
  | "multi_select"
  | "cascade"
  | "user"
  | "users"
  | "issue"
  | "unsupported";

/** What a field is known as to us, whatever the tracker calls it. */
export type FieldRole =
  | "assignee"
  | "reporter"
  | "priority"
  | "severity"
  | "components"
  | "versions"
  | "fix_versions"
  | "milestone"
  | "sprint"
  | "parent"
  | "due_date"
  | "confidential"
  | "area"
  | "iteration";

export interface Field {
  /** Stable: customfield_10010, Microsoft.VSTS.Common.Priority, milestone. Never its name. */
  readonly id: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly role: FieldRole | null;
  readonly isRequired: boolean;
  /** What the tracker fills in itself where nothing is sent. */
  readonly default: FieldValue | null;
  readonly help: string | null;
  /** What can be chosen; null where there is nothing to choose, or too much: then it is searched at the tracker. */
  readonly options: readonly FieldOption[] | null;
  /** Choices come from `searchOptions`. */
  readonly isSearched: boolean;
  /** The adapter's own note on how a value is sent; nobody else reads it. */
  readonly wire: string | null;
}

export interface FieldOption extends Choice {
  /** Tells namesakes apart: an e-mail, a login, a path. */
  readonly detail?: string | null;
  readonly children?: readonly Choice[];
}

/** One thing that was chosen: the id is sent, the name is shown. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/**
 * By kind: text, paragraph, url: the text; date: "2026-11-20"; datetime: ISO with zone; number; checkbox: boolean;
 * select, user, issue: a choice; multi_select, users: choices; cascade: the parent and, where there is one, the child.
 */
export type FieldValue = string | number | boolean | Choice | readonly Choice[] | Cascade;

export interface Cascade {
  readonly parent: Choice;
  readonly child: Choice | null;
}

/** A field with its value, as much of it as sending needs. */
export interface SetField extends Pick<Field, "id" | "name" | "kind" | "role" | "wire"> {
  /** Null empties it. */
  readonly value: FieldValue | null;
}
