import { AppError, type ErrorKind } from "@/lib/errors";

/**
 * What became of a call. *Refused*: nothing happened, it may be repeated. *Accepted*: it happened. *Unknown*: it may
 * have happened; look before repeating.
 */
export type Outcome = "refused" | "accepted" | "unknown";

/** The outcome that a status alone tells; an accepted answer may still turn out unreadable, which makes it unknown. */
export function outcomeOfStatus(status: number): Outcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status >= 300 && status < 500 && status !== 408) return "refused";
  return "unknown";
}

type Details = {
  outcome: Exclude<Outcome, "accepted">;
  cause?: unknown;
  fields?: Record<string, string>;
  retryAt?: Date;
  status?: number;
};

/** A failed call to the outside, by the wire or by the other side's answer: it always says what became of the call. */
export class OutboundError extends AppError {
  readonly outcome: Exclude<Outcome, "accepted">;
  /** The other side's status, where it answered. */
  readonly status: number | undefined;

  constructor(kind: ErrorKind, message: string, { outcome, status, ...details }: Details) {
    super(kind, message, details);
    this.name = "OutboundError";
    this.outcome = outcome;
    this.status = status;
  }
}

/** What an error tells about the call that it ended; anything that we did not foresee counts as unknown. */
export const outcomeOf = (error: unknown): Exclude<Outcome, "accepted"> =>
  error instanceof OutboundError ? error.outcome : "unknown";
