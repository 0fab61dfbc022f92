import { Cron } from "croner";

/** The times of a cron trigger. */
export type Schedule = {
  /** The first tick after the given time; null when there is none. */
  next(after: Date): Date | null;
  /** The last tick that is not after the given time; null when there was none. */
  latest(at: Date): Date | null;
};

const SECOND_MS = 1000;

/**
 * Reads five fields or a name like `@daily`, with `TZ=Europe/Berlin ` before it if it is not UTC that they speak of.
 * Where clocks change, one time of day that does not exist comes right after the gap and one that exists twice comes
 * once; what repeats within the day (a list, range or step) goes on in real time. Throws an Error that says what is wrong.
 */
export function readSchedule(text: string): Schedule {
  const [, timezone = "UTC", pattern = ""] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/s.exec(text) ?? [];
  // The library reads dates and seconds too; an Inngest server does not.
  const isName = pattern.startsWith("@");
  if (!isName && pattern.trim().split(/\s+/).length !== 5) throw new Error("it does not have five fields");

  const cron = new Cron(pattern, { timezone, mode: "5-part", paused: true });
  const schedule: Schedule = {
    next: (after) => cron.nextRun(after),
    // The library looks at whole seconds and leaves out the one it starts from.
    latest: (at) => cron.previousRuns(1, new Date(at.getTime() + SECOND_MS))[0] ?? null,
  };
  if (schedule.next(new Date()) === null) throw new Error("that time never comes");
  return schedule;
}
