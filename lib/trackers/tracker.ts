import type { Fetch } from "@/lib/http/transport";
import type { BodyFormat } from "@/lib/richtext/render-body";
import type { Limits } from "./limits";
import type {
  Choice,
  FieldOption,
  IssueAddress,
  IssueForm,
  IssueRef,
  IssueType,
  Page,
  Probe,
  ProjectRef,
  RemoteComment,
  RemoteFile,
  RemoteIssue,
  RemoteProject,
  RemoteState,
  RemoteUser,
  RemoteWebhook,
  Scope,
  SetField,
  Transition,
} from "./shapes";
import type { WebhookProof } from "./webhook";

export type * from "./shapes";

/**
 * What Faultline knows of an issue tracker. Data for what is alike, short methods for what is not; a tracker that
 * cannot do something leaves the method out, and the pages follow from what is there.
 */
export interface Tracker {
  readonly label: string;
  /** What this tracker calls the place that issues live in: "repository", "project". */
  readonly projectNoun: string;
  readonly auth: readonly AuthForm[];
  readonly location: LocationField;
  /** What an issue's text is written in; lib/richtext writes it. */
  readonly bodyFormat: BodyFormat;
  readonly limits: Limits;
  readonly rate: RateRules;
  /**
   * How long after a creating call began it may still take effect on the tracker's side although we lost the answer.
   * Until then a look-up that finds nothing proves nothing.
   */
  readonly settleMs: number;
  readonly marker: Marker;
  /** How its webhooks are checked and read. */
  readonly webhook?: WebhookProof;
  /** Where the tracker says how webhooks are set up in it. */
  readonly webhookGuide?: string;

  /** The address that is stored, for what an admin typed (a site, a host or the API itself); throws `invalid_input` with a field error. */
  baseUrlOf(text: string): string;
  /** An issue key or URL that a person pasted; null when it is neither, or belongs to another site. */
  parseIssueRef(text: string, baseUrl: string): IssueRef | null;
  /** Where a person sees the issue. */
  issueUrl(baseUrl: string, issue: { projectKey: string; ref: string }): string;
  /** The tracker's own "new issue" page, filled in: what a person can fall back on. */
  newIssueUrl?(baseUrl: string, input: NewIssueInput): PrefilledUrl;
  /** What has to be found out once, when the integration is connected, and is kept with it: a cloud id, a version. */
  discover?(site: Site): Promise<Settings>;

  /** Makes no call; heavy client libraries are loaded by the first one. */
  open(site: Site): OpenTracker;
}

/**
 * A tracker with an address and a credential: the calls. Every failure is an `OutboundError` that says what became of it.
 * Methods are flat, so that what wraps one wraps all of them.
 */
export interface OpenTracker {
  probe(): Promise<Probe>;

  listProjects(input: { query?: string; cursor?: string | null }): Promise<Page<RemoteProject>>;
  /** By key ("owner/name") or immutable id; throws `tracker_not_found`. */
  getProject(ref: { key: string } | { remoteId: string }): Promise<RemoteProject>;
  /** What can be created there; absent: there is but one kind of issue. */
  listTypes?(input: { project: ProjectRef }): Promise<readonly IssueType[]>;
  /** `typeId` is null where there are no types. */
  getForm?(input: { project: ProjectRef; typeId: string | null }): Promise<IssueForm>;
  /** Choices of a searched field, by what is typed. */
  searchOptions?(input: OptionQuery): Promise<Page<FieldOption>>;
  /** Labels that exist, by what is typed. */
  listLabels?(input: { project: ProjectRef; query?: string; cursor?: string | null }): Promise<Page<string>>;
  /** Accounts that can be seen in the project, with the e-mail where it is shown; all pages together are complete. */
  listUsers?(input: { project: ProjectRef; query?: string; cursor?: string | null }): Promise<Page<RemoteUser>>;
  listStates?(input: { project: ProjectRef; typeId: string | null }): Promise<readonly RemoteState[]>;

  getIssue(address: IssueAddress): Promise<RemoteIssue>;
  /** By key, title or text, newest first; only in these projects. The query is data: nothing in it is syntax. */
  searchIssues?(input: {
    projects: readonly ProjectRef[];
    query: string;
    cursor?: string | null;
  }): Promise<Page<RemoteIssue>>;
  /** Oldest change first; complete. */
  listChanged?(input: { project: ProjectRef; since: Date; cursor?: string | null }): Promise<Page<RemoteIssue>>;
  /** One creating call, never repeated here; throws `tracker_text_too_long` where the tracker wants a shorter text. */
  createIssue?(input: CreateIssueInput): Promise<CreatedIssue>;
  /** The issue that carries the marker, or null; complete for issues changed since `since`. */
  findByMarker?(input: { project: ProjectRef; marker: string; since: Date }): Promise<RemoteIssue | null>;

  /** Sends only what is named; labels are added and removed one by one, never replaced. */
  updateIssue?(address: IssueAddress, change: IssueChange): Promise<RemoteIssue>;
  /** The issue's text as the tracker has it now, in `bodyFormat`. */
  getText?(address: IssueAddress): Promise<string>;
  listTransitions?(address: IssueAddress): Promise<readonly Transition[]>;
  /** Throws `tracker_refused` with the fields that it asks for. */
  transition?(address: IssueAddress, input: { id: string; fields: readonly SetField[] }): Promise<RemoteIssue>;

  /** Written by people; the tracker's own notes are left out. */
  listComments?(address: IssueAddress, input: { since?: Date; cursor?: string | null }): Promise<Page<RemoteComment>>;
  addComment?(address: IssueAddress, input: { body: string; marker: string }): Promise<RemoteComment>;
  editComment?(address: IssueAddress, input: { remoteId: string; body: string }): Promise<RemoteComment>;
  deleteComment?(address: IssueAddress, input: { remoteId: string }): Promise<void>;

  /** Puts a file beside the issue. */
  attachFile?(address: IssueAddress, file: OutgoingFile): Promise<RemoteFile>;
  /** Keeps a file in the project, before there is an issue; its `inText` shows it. */
  uploadFile?(project: ProjectRef, file: OutgoingFile): Promise<RemoteFile>;
  /** Our page as a link beside the issue; the same `id` again changes it. Absent: the link stands in the text. */
  linkBack?(address: IssueAddress, link: { id: string; url: string; title: string }): Promise<void>;

  listBoards?(input: { project: ProjectRef; query?: string; cursor?: string | null }): Promise<Page<Choice>>;
  /** The single-select fields of a board, with their options. */
  getBoardFields?(input: { boardId: string }): Promise<readonly BoardField[]>;
  /** Puts the issue on the board, once, and sets single-selects: by ids. */
  placeOnBoard?(
    address: IssueAddress,
    input: { boardId: string; values: Readonly<Record<string, string>> },
  ): Promise<void>;
  /** Adds a single-select that is not there yet. Options of one that exists are never written. */
  createBoardField?(input: { boardId: string; name: string; options: readonly string[] }): Promise<BoardField>;

  registerWebhook?(input: { project: ProjectRef; url: string; secret: string }): Promise<RemoteWebhook>;
  listWebhooks?(input: { project: ProjectRef }): Promise<readonly RemoteWebhook[]>;
  renewWebhook?(input: { project: ProjectRef; remoteId: string }): Promise<RemoteWebhook>;
  removeWebhook?(input: { project: ProjectRef; remoteId: string }): Promise<void>;
}

/** Where and as whom. `fetch` is the transport's: trackers have no other way out. */
export interface Site {
  readonly baseUrl: string;
  readonly credential: Credential;
  /** What `discover` found. */
  readonly settings: Settings;
  readonly fetch: Fetch;
}

export type Settings = Readonly<Record<string, string>>;

/** What was typed into an auth form: its id and the values of its fields. */
export interface Credential {
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One way to authenticate, drawn by the page from this data. */
export interface AuthForm {
  readonly id: string;
  readonly label: string;
  readonly fields: readonly AuthField[];
  /** Where a person finds the values. */
  readonly help: { readonly text: string; readonly url: string };
  readonly scopes: readonly Scope[];
}

export interface AuthField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isSecret: boolean;
  /** May stay empty. */
  readonly isOptional?: boolean;
}

/**
 * What is known of looking for an issue by the marker that its creating call set. Where the marker stands (in the text,
 * a property, a tag) is the adapter's business: `createIssue` sets it, `findByMarker` finds it.
 */
export interface Marker {
  /** How long the tracker may take to list a new issue in `findByMarker`, after the call has taken effect. */
  readonly indexDelayMs: number;
  /** Whether a look that finds nothing after all delays proves that nothing is there. Otherwise a person decides. */
  readonly provesAbsence: boolean;
  /** Takes the marker away from an issue that is safely known, where people would see it. */
  remove?(tracker: OpenTracker, issue: { project: ProjectRef; ref: string }, marker: string): Promise<void>;
}

export interface LocationField {
  readonly label: string;
  readonly placeholder: string;
  readonly help: string;
  /** Filled in when the form opens. */
  readonly default: string;
  /** An issue whose address is shown while this is typed, where the address is a pattern. */
  readonly exampleRef?: string;
}

/** How the tracker limits calls and says so. */
export interface RateRules {
  /** What announces the budget; `reset` is in epoch seconds or an ISO date. `bucket`: several budgets of one credential. */
  readonly headers: {
    readonly limit: string;
    readonly remaining: string;
    readonly reset: string;
    readonly bucket: string | null;
  };
  /** The budget that a call will be counted in, by its path; the answer may name another. */
  bucketOf(path: string): string;
  /** Whether this answer refuses the call for its rate, so that nothing may be sent until the limit is over. */
  isLimited(answer: RateAnswer): boolean;
  /** How long to wait at least where the answer does not say. */
  readonly waitMs: number;
  /** Set where the tracker asks for one write at a time with one credential; the pause is between an answer and the next. */
  readonly serialWrites: { readonly pauseMs: number } | null;
}

export interface RateAnswer {
  readonly status: number;
  readonly headers: Headers;
  text(): string;
}

/** An address that fills in a form; servers take no address of any length, so that the text may have had to be cut. */
export interface PrefilledUrl {
  readonly url: string;
  readonly isCut: boolean;
}

export interface NewIssueInput {
  readonly project: ProjectRef;
  readonly typeId: string | null;
  readonly title: string;
  readonly body: string;
  readonly labels?: readonly string[];
}

export interface OptionQuery {
  readonly project: ProjectRef;
  readonly typeId: string | null;
  readonly field: Pick<SetField, "id" | "kind" | "role" | "wire">;
  readonly query: string;
  readonly cursor?: string | null;
}

export interface CreateIssueInput {
  readonly project: ProjectRef;
  readonly title: string;
  /** In the tracker's `bodyFormat`; where the marker stands in the text, it is in it. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly marker: string;
  /** Null: the tracker's usual one, or it has none. */
  readonly typeId: string | null;
  /** As the form said; null: as the adapter thinks best. */
  readonly textField: string | null;
  readonly fields: readonly SetField[];
}

export interface CreatedIssue {
  readonly issue: RemoteIssue;
  /** What the answer does not show of itself: a renamed repository. */
  readonly warnings: readonly CreateWarning[];
}

export interface CreateWarning {
  readonly kind: "project_renamed" | "fields_dropped";
  readonly message: string;
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  /** The account's id; null unassigns. */
  readonly assignee?: string | null;
  readonly fields?: readonly SetField[];
}

/** A file on its way out. Its bytes are read once for each call, and never held as a whole. */
export interface OutgoingFile {
  readonly name: string;
  readonly mediaType: string;
  readonly blob: Blob;
}

export interface BoardField {
  readonly id: string;
  readonly name: string;
  readonly options: readonly Choice[];
  /** Where a person edits its options. */
  readonly url: string;
}
