import { describe, expect, it } from "vitest";
import { readSchedule } from "./schedule";

const ticksOf = (cron: string, from: string, count = 3) => {
  const schedule = readSchedule(cron);
  const ticks: string[] = [];
  for (let at = new Date(from); ticks.length < count; ) {
    at = schedule.next(at) ?? new Date(Number.NaN);
    ticks.push(at.toISOString().slice(0, 16));
  }
  return ticks;
};

describe("readSchedule", () => {
  it.each([
    ["*/20 * * * *", "2026-11-20T10:05", ["2026-11-20T10:20", "2026-11-20T10:40", "2026-11-20T11:00"]],
    ["30 9 * * 1-5", "2026-11-20T10:00", ["2026-11-23T09:30", "2026-11-24T09:30", "2026-11-25T09:30"]],
    ["0 12 1 * 1", "2026-11-20T00:00", ["2026-11-23T12:00", "2026-11-30T12:00", "2026-12-01T12:00"]],
    ["@daily", "2026-11-20T10:00", ["2026-11-21T00:00", "2026-11-22T00:00", "2026-11-23T00:00"]],
    ["@hourly", "2026-11-20T10:00", ["2026-11-20T11:00", "2026-11-20T12:00", "2026-11-20T13:00"]],
    ["TZ=Europe/Berlin 0 7 * * *", "2026-11-20T00:00", ["2026-11-20T06:00", "2026-11-21T06:00", "2026-11-22T06:00"]],
    ["TZ=Asia/Kolkata @daily", "2026-11-20T00:00", ["2026-11-20T18:30", "2026-11-21T18:30", "2026-11-22T18:30"]],
  ])("[K8] reads %s", (cron, from, expected) => {
    expect(ticksOf(cron, `${from}:00Z`)).toEqual(expected);
  });

  it("[K8] comes right after the gap for a time of day that does not exist", () => {
    // In Berlin 02:00 to 03:00 of 29 March 2026 is left out; 03:00 there is 01:00 UTC.
    expect(ticksOf("TZ=Europe/Berlin 30 2 * * *", "2026-03-28T12:00:00Z", 2)).toEqual([
      "2026-03-29T01:00",
      "2026-03-30T00:30",
    ]);
    expect(ticksOf("TZ=Europe/Berlin */30 * * * *", "2026-03-29T00:10:00Z")).toEqual([
      "2026-03-29T00:30",
      "2026-03-29T01:00",
      "2026-03-29T01:30",
    ]);
  });

  it("[K8] comes once for a time of day that exists twice, and goes on through the hour with steps", () => {
    // In Berlin 02:00 to 03:00 of 25 October 2026 comes twice: from 00:00 and from 01:00 UTC.
    expect(ticksOf("TZ=Europe/Berlin 30 2 * * *", "2026-10-24T12:00:00Z", 2)).toEqual([
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
    expect(ticksOf("TZ=Europe/Berlin */30 * * * *", "2026-10-25T00:10:00Z", 4)).toEqual([
      "2026-10-25T00:30",
      "2026-10-25T01:00",
      "2026-10-25T01:30",
      "2026-10-25T02:00",
    ]);
  });

  it.each([
    ["2026-11-20T10:00:00.000Z", "2026-11-20T10:00"],
    ["2026-11-20T10:00:00.001Z", "2026-11-20T10:00"],
    ["2026-11-20T09:59:59.999Z", "2026-11-20T09:59"],
  ])("[K8] knows the latest tick at %s", (at, expected) => {
    expect(readSchedule("* * * * *").latest(new Date(at))?.toISOString().slice(0, 16)).toBe(expected);
  });

  it.each([
    "",
    "* * * *",
    "* * * * * *",
    "61 * * * *",
    "@reboot",
    "@every 5m",
    "2026-11-20T00:00:00Z",
    "TZ=Mars/Base 0 0 * * *",
  ])("[K8] refuses %j", (cron) => {
    expect(() => readSchedule(cron)).toThrow();
  });
});
