import type { Fetch } from "@/lib/http/transport";
import type { BodyFormat } from "@/lib/richtext/render-body";
import type { Limits } from "./limits";

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

  /** The API's address for what an admin typed (a site, a host or the API itself); throws `invalid_input` with a field error. */
  baseUrlOf(text: string): string;
  /** An issue key or URL that a person pasted; null when it is neither, or belongs to another site. */
  parseIssueRef(text: string, baseUrl: string): IssueRef | null;
  /** The tracker's own "new issue" page, filled in: what a person can fall back on. */
  newIssueUrl(
    baseUrl: string,
    input: { projectKey: string; title: string; body: string; labels?: readonly string[] },
  ): PrefilledUrl;

  open(site: Site): OpenTracker;
}

/** A tracker with an address and a token: the calls. Every failure is an `OutboundError` that says what became of it. */
export interface OpenTracker {
  probe(): Promise<Probe>;
  listProjects(input: { query?: string; cursor?: string | null }): Promise<Page<RemoteProject>>;
  /** By key ("owner/name") or immutable id; throws `tracker_not_found`. */
  getProject(ref: { key: string } | { remoteId: string }): Promise<RemoteProject>;
  getIssue(address: IssueAddress): Promise<RemoteIssue>;
  /** One POST, never repeated here; throws `tracker_text_too_long` where the tracker wants a shorter text. */
  createIssue(input: CreateIssueInput): Promise<CreatedIssue>;
  /** The issue that carries the marker, or null; complete for issues changed since `since`. */
  findByMarker(input: { project: ProjectRef; marker: string; since: Date }): Promise<RemoteIssue | null>;
}

/** Where and as whom. `fetch` is the transport's: trackers have no other way out. */
export interface Site {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch: Fetch;
}

/** One way to authenticate, drawn by the page from this data. */
export interface AuthForm {
  readonly id: "pat";
  readonly label: string;
  readonly fields: readonly AuthField[];
  /** Where a person finds the value. */
  readonly help: { readonly text: string; readonly url: string };
  readonly scopes: readonly Scope[];
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
  remove?(tracker: OpenTracker, issue: { project: ProjectRef; remoteId: string }, marker: string): Promise<void>;
}

export interface AuthField {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isSecret: boolean;
}

export interface LocationField {
  readonly label: string;
  readonly placeholder: string;
  readonly help: string;
  /** Filled in when the form opens. */
  readonly default: string;
}

/** A permission that we ask for, and what stops working without it. */
export interface Scope {
  readonly name: string;
  readonly neededFor: string;
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
  readonly key: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** The tracker's own word for its state. */
  readonly state: string;
  readonly category: StateCategory;
  readonly labels: readonly string[];
  readonly assignee: RemoteUser | null;
  readonly author: RemoteUser | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly projectRemoteId: string;
  readonly projectKey: string;
}

export interface RemoteUser {
  readonly remoteId: string;
  readonly name: string;
}

/** `projectKey` is null when the text named only a number: the caller knows which project is meant. */
export interface IssueRef {
  readonly projectKey: string | null;
  readonly number: number;
}

export interface IssueAddress {
  readonly project: ProjectRef;
  readonly number: number;
}

export interface CreateIssueInput {
  readonly project: ProjectRef;
  readonly title: string;
  /** In the tracker's `bodyFormat`; where the marker stands in the text, it is in it. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly marker: string;
}

export interface CreatedIssue {
  readonly issue: RemoteIssue;
  /** What the answer does not show of itself: a renamed repository. */
  readonly warnings: readonly CreateWarning[];
}

export interface CreateWarning {
  readonly kind: "project_renamed";
  readonly message: string;
}

/** What Test Connection shows. */
export interface Probe {
  readonly account: RemoteUser & { readonly displayName: string; readonly url: string };
  /** Null when the tracker does not tell (fine-grained tokens). */
  readonly scopesFound: readonly string[] | null;
  readonly scopesMissing: readonly Scope[];
  readonly rateLimit: RateLimit | null;
  readonly apiVersion: string | null;
  /** Theirs minus ours; null when the answer carried no date. */
  readonly clockSkewMs: number | null;
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
}

/** `next` is opaque: hand it back to get the following page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
