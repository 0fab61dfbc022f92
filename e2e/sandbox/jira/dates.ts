const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a time zone is from UTC at a moment, in minutes. */
export function offsetMinutes(ms: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
  formats.set(timeZone, format);
  const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A moment as Jira writes it: 2026-11-20T19:00:00.000+0100, in the zone of whoever asks. */
export function jiraTime(ms: number, timeZone: string): string {
  const minutes = offsetMinutes(ms, timeZone);
  const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
}

const absolute = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/;
const relative = /^([+-]?)((?:\d+[yMwdhm]? ?)+)$/;
const unitMs: Record<string, number> = {
  y: 365 * 86_400_000,
  M: 30 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  "": 60_000,
};

/** A date as JQL has it: absolute in the account's time zone, or relative to now; null when it is neither. */
export function jqlTime(text: string, timeZone: string, nowMs: number): number | null {
  const [, year, month, day, hour = "0", minute = "0"] = absolute.exec(text) ?? [];
  if (year) {
    const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    const [m, d, h, min] = [Number(month), Number(day), Number(hour), Number(minute)];
    if (m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || min > 59) return null;
    return utc - offsetMinutes(utc - offsetMinutes(utc, timeZone) * 60_000, timeZone) * 60_000;
  }
  const [, sign, amounts] = relative.exec(text) ?? [];
  if (!amounts) return null;
  const parts = [...amounts.matchAll(/(\d+)([yMwdhm]?)/g)];
  const total = parts.reduce((sum, [, n, unit = ""]) => sum + Number(n) * (unitMs[unit] ?? 0), 0);
  return nowMs + (sign === "-" ? -total : total);
}
