/** What a repetition may do about an error of a kind. */
type Retry = "never" | "later" | "after_look";

/**
 * The one table of error kinds: HTTP status, whether a job may repeat, and the title that people see.
 * `after_look` means that something may have happened: look before repeating.
 */
export const errorKinds = {
  invalid_input: { status: 422, retry: "never", title: "The input is not valid" },
  malformed_request: { status: 400, retry: "never", title: "The request could not be read" },
  unauthenticated: { status: 401, retry: "never", title: "Sign in first" },
  origin_refused: { status: 403, retry: "never", title: "The request came from another site" },
  forbidden: { status: 403, retry: "never", title: "You are not allowed to do this" },
  not_found: { status: 404, retry: "never", title: "Not found" },
  conflict: { status: 409, retry: "never", title: "It has changed in the meantime" },
  too_large: { status: 413, retry: "never", title: "Too large" },
  unsupported_media: { status: 415, retry: "never", title: "This kind of content is not accepted" },
  rate_limited: { status: 429, retry: "later", title: "Too many requests" },
  internal: { status: 500, retry: "later", title: "Something went wrong on our side" },
  not_supported: { status: 501, retry: "never", title: "Not supported" },
  unavailable: { status: 503, retry: "later", title: "Not available right now" },
  misconfigured: { status: 500, retry: "never", title: "The installation is not configured correctly" },
  secret_unreadable: { status: 500, retry: "never", title: "A stored secret cannot be opened" },
  write_outside_job: { status: 500, retry: "never", title: "A tracker was about to be written to outside of a job" },
  egress_refused: { status: 422, retry: "never", title: "This address may not be called" },
  integration_disabled: { status: 409, retry: "never", title: "The integration is disabled" },
  not_connected: { status: 409, retry: "never", title: "No credential can be used" },
  tracker_unreachable: { status: 503, retry: "later", title: "The tracker cannot be reached" },
  tracker_refused: { status: 422, retry: "never", title: "The tracker refused" },
  tracker_text_too_long: { status: 422, retry: "never", title: "The text is too long for the tracker" },
  tracker_unauthorized: { status: 422, retry: "never", title: "The tracker did not accept the credential" },
  tracker_forbidden: { status: 422, retry: "never", title: "The credential lacks a permission in the tracker" },
  tracker_not_found: { status: 422, retry: "never", title: "The tracker does not know it" },
  tracker_rate_limited: { status: 503, retry: "later", title: "The tracker asks us to wait" },
  tracker_unreadable: { status: 502, retry: "after_look", title: "The tracker's answer could not be read" },
  tracker_failed: { status: 502, retry: "after_look", title: "The tracker failed" },
  timed_out: { status: 504, retry: "after_look", title: "No answer in time" },
} as const satisfies Record<string, { status: number; retry: Retry; title: string }>;

export type ErrorKind = keyof typeof errorKinds;

/** Messages by the name of the input field that they belong to. */
export type FieldErrors = Record<string, string>;

type Details = { cause?: unknown; fields?: FieldErrors; retryAt?: Date };

/** The only error that lib throws on purpose. `message` is for people, `cause` for logs. */
export class AppError extends Error {
  readonly fields: FieldErrors | undefined;
  readonly retryAt: Date | undefined;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    { cause, fields, retryAt }: Details = {},
  ) {
    super(message, { cause });
    this.name = "AppError";
    this.fields = fields;
    this.retryAt = retryAt;
  }
}

/** True for an error of the given kind. */
export const isKind = (error: unknown, kind: ErrorKind): error is AppError =>
  error instanceof AppError && error.kind === kind;

export const notFound = (noun: string) => new AppError("not_found", `There is no such ${noun}, or you cannot see it.`);
