const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const DAY_MS = UNITS_MS.d;

/** A duration as functions write it (1d2h30m, 500ms) in milliseconds; null when it is none. */
export function durationMs(text: string): number | null {
  if (!/^(\d+(ms|[smhdw]))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS]; // the pattern admits no other unit
  }
  return total;
}

/** How long to sleep: the SDK names it as 1d2h30m or as a date. Throws on anything else. */
export function sleepMs(name: string, nowMs = Date.now()): number {
  const ms = durationMs(name);
  if (ms !== null) return ms;
  const at = Date.parse(name);
  // The SDK writes a sleep of no time as an empty name.
  if (name === "") return 0;
  if (Number.isNaN(at)) throw new Error(`"${name}" is neither a duration nor a date.`);
  return Math.max(0, at - nowMs);
}

/** The first delay of Inngest's own table: 15 s, 30 s, 1 m, 2 m, 5 m, 10 m, 20 m, 40 m, 1 h, 2 h. */
export const RETRY_BASE_MS = 15_000;
const FACTORS = [1, 2, 4, 8, 20, 40, 80, 160, 240, 480] as const;

/** How long to wait after the given attempt (the first is 0); jitter keeps what failed together apart. */
export function backoffMs(attempt: number, baseMs = RETRY_BASE_MS, random = Math.random): number {
  const factor = FACTORS[Math.min(attempt, FACTORS.length - 1)] ?? 1;
  return Math.round(baseMs * factor + random() * 2 * baseMs);
}

/** A Retry-After header in seconds or as a date, between now and a day; null when it cannot be read. */
export function retryAfterMs(header: string | null, nowMs = Date.now()): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  if (Number.isNaN(waitMs)) return null;
  return Math.min(Math.max(0, waitMs), DAY_MS);
}
