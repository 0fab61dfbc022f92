import type { Tracker } from "@/lib/trackers/tracker";

/** How long the creating call may take. */
export const callDeadlineMs = 20_000;

/** How long after it was announced (`lastSentAt`) the creating call may still begin. */
export const claimHoldsMs = 5_000;

/** After a crash nobody knows when the call ended, so that a look has to outwait it: counted from its announcement. */
export const callEndsWithinMs = claimHoldsMs + callDeadlineMs;

const second = 1_000;
const day = 24 * 60 * 60 * second;

/**
 * Long past everything that a healthy job does between two changes of its creation; a full queue may take longer, and
 * then a second run is skipped (singleton), and a look before the call costs little.
 */
export const overdueMs = 120_000;

/** Nobody has worked on it when somebody should have: what was done since may have been lost with a restored backup. */
export const isOverdue = ({ retryAt, updatedAt }: { retryAt: Date | null; updatedAt: Date }, now: Date): boolean =>
  (retryAt ?? updatedAt).getTime() < now.getTime() - overdueMs;

type Sent = { state: string; lastSentAt: Date | null };

/** How long after a call's end a look that finds nothing proves nothing: it may still take effect, and be listed late. */
export const settleMsOf = ({ settleMs, marker }: Pick<Tracker, "settleMs" | "marker">): number =>
  settleMs + marker.indexDelayMs;

/**
 * From when on a look that finds nothing proves that nothing was created. `lastSentAt` is the call's end where it was
 * seen; a creation that is still `sending` was left by a process that died, at a time that only the deadlines bound.
 */
export function settlesAt({ state, lastSentAt }: Sent, settleMs: number): Date {
  const mayRunMs = state === "sending" ? callEndsWithinMs : 0;
  return new Date((lastSentAt?.getTime() ?? 0) + mayRunMs + settleMs);
}

/** Looks are close together at first, where most are found, and the last one is due when the call has settled. */
export function nextLookAt(sent: Sent, settleMs: number, now: Date): Date {
  const sinceMs = now.getTime() - (sent.lastSentAt?.getTime() ?? 0);
  const soon = now.getTime() + clamp(sinceMs, second, 300 * second);
  const settled = settlesAt(sent, settleMs).getTime();
  return new Date(settled > now.getTime() ? Math.min(soon, settled) : soon);
}

// How often we come back as soon as a tracker likes; then less and less often, or a job of one that never stops asking
// for a second's patience would grow for ever.
const promptTimes = 10;
const leastWaitMs = (attempt: number) => Math.min(second * 2 ** Math.max(0, attempt - promptTimes), 600 * second);

/** When to try again after a refusal that passes: what the tracker says, within a day, else longer each time. */
export function nextTryAt(asked: Date | undefined, attempt: number, now: Date): Date {
  const backoffMs = Math.min(15 * second * 2 ** attempt, 3600 * second);
  const waitMs = asked ? clamp(asked.getTime() - now.getTime(), leastWaitMs(attempt), day) : backoffMs;
  return new Date(now.getTime() + waitMs);
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
