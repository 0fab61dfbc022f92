const capMs = 24 * 3_600_000;

/**
 * When a call that was refused for its rate may be tried again. `Retry-After` comes as seconds or as a date, `resetAt`
 * (epoch seconds) from trackers that announce the end of their window. Dates are read against the answer's own clock,
 * so that a skew between the machines neither hastens nor delays us. What is absent or absurd falls back; nothing
 * makes us wait longer than a day.
 */
export function retryAtOf(
  headers: Headers,
  { resetHeader, fallbackMs = 60_000 }: { resetHeader?: string; fallbackMs?: number } = {},
): Date {
  const now = Date.now();
  const theirNow = Date.parse(headers.get("date") ?? "") || now;
  const retryAfter = headers.get("retry-after")?.trim() ?? "";
  const reset = resetHeader ? Number(headers.get(resetHeader)?.trim() || Number.NaN) : Number.NaN;

  const candidates = [
    /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1000 : Number.NaN,
    /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - theirNow : Number.NaN,
    reset * 1000 - theirNow,
  ];
  const waitMs = candidates.find((ms) => Number.isFinite(ms) && ms >= 0) ?? fallbackMs;
  // A second more: both sides round, and asking too early costs another refusal.
  return new Date(now + Math.min(waitMs + 1_000, capMs));
}
