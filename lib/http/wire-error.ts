import { AppError } from "@/lib/errors";
import { WireFailure } from "./exchange";
import { OutboundError, outcomeOfStatus } from "./outcome";

const seconds = (ms: number) => `${Math.max(1, Math.round(ms / 1000))} s`;

/** What went wrong on the wire, in the words of a person and with what became of the call. */
export function wireError(error: unknown, url: URL, deadlineMs: number): OutboundError {
  if (error instanceof OutboundError) return error;
  const cause = error instanceof WireFailure ? (error.cause ?? error) : error;

  if (!(error instanceof WireFailure) || !error.isStarted) {
    // Refused by our own rules or by the rate budget, before anything was sent.
    if (cause instanceof AppError) {
      const { kind, message, fields, retryAt } = cause;
      return new OutboundError(kind, message, { outcome: "refused", cause, fields, retryAt });
    }
    const reason = isTimeout(error) ? `no connection within ${seconds(deadlineMs)}` : reasonOf(cause);
    return new OutboundError("tracker_unreachable", `${url.host} cannot be reached: ${reason}.`, {
      outcome: "refused",
      cause,
    });
  }

  // A status says what happened even when the rest of the answer is missing; a missing 2xx body says nothing.
  const { status } = error;
  const outcome = status !== undefined && outcomeOfStatus(status) === "refused" ? "refused" : "unknown";
  if (error.reason === "timeout") {
    return new OutboundError("timed_out", `${url.host} did not answer within ${seconds(deadlineMs)}.`, {
      outcome,
      status,
      cause,
    });
  }
  const what = error.reason === "too_large" ? "is too large" : "broke off";
  return new OutboundError("tracker_unreadable", `The answer of ${url.host} ${what}.`, { outcome, status, cause });
}

const isTimeout = (error: unknown) => error instanceof WireFailure && error.reason === "timeout";

const reasons: Record<string, string> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to its network",
  ETIMEDOUT: "no connection in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by an unknown authority",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  PIN_MISMATCH: "its certificate is not the one whose fingerprint is pinned",
  PIN_WITHOUT_TLS: "a certificate is pinned, but the address begins with http://",
  PROXY_UNREACHABLE: "its proxy cannot be reached",
  PROXY_AUTH: "its proxy does not accept the user name and password",
  PROXY_REFUSED: "its proxy refuses to connect to it",
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? (code ? `the connection failed (${code})` : "the connection failed");
}
