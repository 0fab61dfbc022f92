import { z } from "zod";
import { AppError, type ErrorKind } from "@/lib/errors";
import type { Probe } from "@/lib/trackers/tracker";

/** What Test Connection found: kept on the integration, answered by the API, drawn by the report card. */
export const connectionReport = z.object({
  isOk: z.boolean(),
  checkedAt: z.string(),
  host: z.string(),
  account: z.object({ login: z.string(), displayName: z.string(), url: z.string() }).nullable(),
  /** null: the tracker does not tell. */
  scopesFound: z.array(z.string()).nullable(),
  scopesMissing: z.array(z.object({ name: z.string(), neededFor: z.string() })),
  rateLimit: z.object({ limit: z.number(), remaining: z.number(), resetAt: z.string() }).nullable(),
  apiVersion: z.string().nullable(),
  /** Theirs minus ours. */
  clockSkewMs: z.number().nullable(),
  /** `retryAt`: before that the tracker is not asked again. */
  failure: z.object({ kind: z.string(), message: z.string(), retryAt: z.string().optional() }).nullable(),
  /** What to do, in the order of urgency. */
  advice: z.array(z.string()),
});
export type ConnectionReport = z.infer<typeof connectionReport>;

const skewToleratedMs = 60_000;

// A failure that a person can mend has a sentence here; the others speak for themselves.
const adviceFor: Partial<Record<ErrorKind, string>> = {
  egress_refused: "Check the address. If this tracker is yours, ask whoever runs Faultline to allow it.",
  tracker_unreachable:
    "Check the address, and that this server can reach it through your firewall or proxy. A certificate of your own is entered under “Own certificate or proxy”.",
  tracker_unauthorized:
    "Check that the credential was copied whole, has not expired and has not been revoked; or make a new token.",
  tracker_forbidden: "Give it the permissions listed beside the field. An organization may have to approve it first.",
  tracker_not_found: "Check the address: what answers there is not the API of this tracker.",
  tracker_unreadable: "Check the address: it should be that of the API, not of the web pages.",
  tracker_rate_limited: "Wait until the limit is reset, then test again.",
  tracker_failed: "The tracker has a problem of its own. Test again in a few minutes.",
  timed_out: "Check that this server can reach the address, and test again.",
};

/** The report of a probe that came back. */
export function reportOf(probe: Probe, host: string, now = new Date()): ConnectionReport {
  const { account, rateLimit, scopesMissing, clockSkewMs } = probe;
  const advice = scopesMissing.map(
    ({ name, neededFor }) =>
      `The permission “${name}” is missing. Give it to the credential: it is needed for ${neededFor}.`,
  );
  if (rateLimit && rateLimit.remaining < rateLimit.limit / 10)
    advice.push("Most of the rate limit is used up. Other tools may share this account; a separate one would help.");
  if (clockSkewMs !== null && Math.abs(clockSkewMs) > skewToleratedMs)
    advice.push("The clocks differ by more than a minute. Check the time of this server.");

  return {
    isOk: true,
    checkedAt: now.toISOString(),
    host,
    account: account && { login: account.login ?? account.name, displayName: account.displayName, url: account.url },
    scopesFound: probe.scopesFound && [...probe.scopesFound],
    scopesMissing: scopesMissing.map(({ name, neededFor }) => ({ name, neededFor })),
    rateLimit: rateLimit && { ...rateLimit, resetAt: rateLimit.resetAt.toISOString() },
    apiVersion: probe.apiVersion,
    clockSkewMs,
    failure: null,
    advice,
  };
}

/** The report of a probe that failed; an error that is not about the connection is thrown on. */
export function failureReport(error: unknown, host: string, now = new Date()): ConnectionReport {
  const advice = error instanceof AppError ? adviceFor[error.kind] : undefined;
  if (!(error instanceof AppError) || advice === undefined) throw error;
  return {
    isOk: false,
    checkedAt: now.toISOString(),
    host,
    account: null,
    scopesFound: null,
    scopesMissing: [],
    rateLimit: null,
    apiVersion: null,
    clockSkewMs: null,
    failure: {
      kind: error.kind,
      message: error.message,
      ...(error.retryAt && { retryAt: error.retryAt.toISOString() }),
    },
    advice: [advice],
  };
}

/** What is stored on an integration, read back; an older shape counts as never tested. */
export const readReport = (stored: unknown): ConnectionReport | null => connectionReport.safeParse(stored).data ?? null;
