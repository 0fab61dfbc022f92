import type { ErrorKind, FieldErrors } from "@/lib/errors";
import { OutboundError, outcomeOfStatus } from "@/lib/http/outcome";
import { retryAtOf } from "@/lib/http/retry-after";
import type { RateAnswer, RateRules } from "./tracker";

export type Fail = (
  kind: ErrorKind,
  ours: string,
  more?: { retryAt?: Date; fields?: FieldErrors | undefined },
) => OutboundError;

/** Makes the error of an answer outside of 2xx: our words, then the tracker's own, which hold no secret any more. */
export const failWith =
  (label: string, status: number, said: string | null): Fail =>
  (kind, ours, { retryAt, fields } = {}) =>
    new OutboundError(kind, said ? `${ours} ${label} says: “${said}”.` : ours, {
      // A status alone leaves no doubt below 500 except for 408; who is not let in has done nothing, whatever the status.
      outcome: outcomeOfStatus(status) === "refused" || notLetIn.has(kind) ? "refused" : "unknown",
      status,
      ...(retryAt && { retryAt }),
      ...(fields && { fields }),
    });

const notLetIn = new Set<ErrorKind>(["tracker_unauthorized", "tracker_rate_limited"]);

/** What fails alike at every tracker: too many calls, no answer in time, a failure of its own. Null for all else. */
export function usualFailure(label: string, fail: Fail, rate: RateRules, answer: RateAnswer): OutboundError | null {
  const { status, headers } = answer;
  if (rate.isLimited(answer)) {
    const resetHeader = headers.get(rate.headers.remaining) === "0" ? rate.headers.reset : undefined;
    const retryAt = retryAtOf(headers, { resetHeader, fallbackMs: rate.waitMs });
    return fail("tracker_rate_limited", `${label} asks us to wait.`, { retryAt });
  }
  if (status === 408) return fail("timed_out", `${label} gave up waiting.`);
  if (status < 500) return null;
  const retryAt = headers.has("retry-after") ? { retryAt: retryAtOf(headers) } : {};
  return fail("tracker_failed", `${label} failed (${status}).`, retryAt);
}
