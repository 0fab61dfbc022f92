import { theirNowOf } from "@/lib/http/retry-after";

/** Theirs minus ours; null where the answer carries no date. */
export function clockSkewMsOf(headers: Headers, nowMs: number): number | null {
  const theirs = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(theirs) ? null : theirs - nowMs;
}

// What two clocks may differ by besides.
const marginMs = 10 * 60_000;

/** A moment of ours by the clock of whoever answered, with a margin. Had our clock been ahead and been put back, from now. */
export function inTheirTime(moment: Date, headers: Headers): Date {
  const theirNow = theirNowOf(headers);
  const theirs = moment.getTime() + Math.min(0, theirNow - Date.now());
  return new Date(Math.min(theirs, theirNow) - marginMs);
}
