const capMs = 24 * 3_600_000;
// Both sides round, and asking too early costs another refusal.
const marginMs = 1_000;

/** Now by the clock of whoever answered; ours when the answer does not say. */
export const theirNowOf = (headers: Headers): number => Date.parse(headers.get("date") ?? "") || Date.now();

/**
 * How long an answer asks us to wait, null when it does not say or says something absurd. `Retry-After` comes as
 * seconds or as a date, the reset of a window as epoch seconds or an ISO date. Dates are read against the answer's own
 * clock, so that a skew between the machines neither hastens nor delays us. Nothing makes us wait longer than a day.
 */
export function waitMsOf(headers: Headers, resetHeader?: string): number | null {
  const theirNow = theirNowOf(headers);
  const retryAfter = headers.get("retry-after")?.trim() ?? "";
  const candidates = [
    /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1000 : Number.NaN,
    /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - theirNow : Number.NaN,
    resetHeader ? momentOf(headers.get(resetHeader)) - theirNow : Number.NaN,
  ];
  const waitMs = candidates.find((ms) => Number.isFinite(ms) && ms >= 0);
  return waitMs === undefined ? null : Math.min(waitMs + marginMs, capMs);
}

/** When a call that was refused for its rate may be tried again. */
export function retryAtOf(
  headers: Headers,
  { resetHeader, fallbackMs = 60_000 }: { resetHeader?: string | undefined; fallbackMs?: number } = {},
): Date {
  return new Date(Date.now() + (waitMsOf(headers, resetHeader) ?? Math.min(fallbackMs + marginMs, capMs)));
}

/** Epoch seconds or an ISO date, in milliseconds; NaN for anything else. */
export function momentOf(text: string | null): number {
  const given = text?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(given)
    ? Number(given) * 1000
    : /^\d{4}-\d\d-/.test(given)
      ? Date.parse(given)
      : Number.NaN;
}
