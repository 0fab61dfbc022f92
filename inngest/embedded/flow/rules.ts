import type { Window } from "./windows";

/**
 * The rules of flow control without a database: what is remembered of a key and an event that comes, and what follows.
 * Times are milliseconds.
 */

type Rate = { limit: number; period: number };

/** Whether one more may start in this period, which begins with the first that did. */
export function rate(
  before: Window | null,
  nowMs: number,
  { limit, period }: Rate,
): { isAllowed: boolean; after: Window } {
  const current =
    before && before.dueAtMs > nowMs ? before : { eventIds: [], count: 0, opensAtMs: nowMs, dueAtMs: nowMs + period };
  if (current.count >= limit) return { isAllowed: false, after: current };
  return { isAllowed: true, after: { ...current, count: current.count + 1 } };
}

/**
 * When one more may start: `burst` of them at once, then each a fair share of the period after the one before. This is
 * the generic cell rate algorithm; its "theoretical arrival time" is when the window means nothing any more.
 */
export function throttle(
  before: Window | null,
  nowMs: number,
  { limit, period, burst = 1 }: Rate & { burst?: number },
): { startAtMs: number; after: Window } {
  const shareMs = period / limit;
  const arrivalMs = Math.max(before?.dueAtMs ?? nowMs, nowMs);
  return {
    startAtMs: Math.max(nowMs, arrivalMs - shareMs * (burst - 1)),
    after: { eventIds: [], count: 0, opensAtMs: before?.opensAtMs ?? nowMs, dueAtMs: arrivalMs + shareMs },
  };
}

/**
 * Waits until nothing has come for `period`, at most `timeout` after the first event; the last event is what runs.
 * Ids of events ascend with the time of their sending, so that one which arrives late never replaces a later one.
 */
export function debounce(
  before: Window | null,
  nowMs: number,
  eventId: string,
  { period, timeout = Number.POSITIVE_INFINITY }: { period: number; timeout?: number },
): Window {
  const [known] = before?.eventIds ?? [];
  if (before && known !== undefined && known > eventId) return before;
  const opensAtMs = before?.opensAtMs ?? nowMs;
  return { eventIds: [eventId], count: 0, opensAtMs, dueAtMs: Math.min(nowMs + period, opensAtMs + timeout) };
}

/** Collects events until there are `maxSize` of them or `timeout` has passed since the first. */
export function batch(
  before: Window | null,
  nowMs: number,
  eventId: string,
  { maxSize, timeout }: { maxSize: number; timeout: number },
): { full: string[] | null; after: Window | null } {
  const current = before ?? { eventIds: [], count: 0, opensAtMs: nowMs, dueAtMs: nowMs + timeout };
  const eventIds = [...current.eventIds, eventId];
  if (eventIds.length >= maxSize) return { full: eventIds, after: null };
  return { full: null, after: { ...current, eventIds } };
}
