import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import type { Job } from "@/lib/jobs/shapes";
import { JobRow, JobsHead } from "./job-row";

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const job: Job = {
  ...{ id: newId(), functionId: "faultline-create-issue", state: "completed", attempts: 1, subjects: [] },
  ...{ createdAt: at("10:00:00"), startedAt: at("10:05:00"), endedAt: at("10:05:02.500") },
  ...{ dueAt: null, pausedAt: null, error: null },
};

/** The row as it is read out. */
const row = (changes: Partial<Job> = {}) =>
  renderToStaticMarkup(JobRow({ job: { ...job, ...changes }, readAt: at("10:06:30") }))
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

it("[K3] a row tells the function, the state, the attempts, when it started and how long it took", () => {
  expect(row()).toBe("Completed create-issue 1 attempt started 2026-11-20 10:05 UTC took 2.5 s");
});

it.each([
  [
    "has not started",
    { state: "queued", startedAt: null, endedAt: null, attempts: 0 },
    "0 attempts queued 2026-11-20 10:00 UTC",
  ],
  ["never will", { state: "cancelled", startedAt: null, attempts: 0 }, "queued 2026-11-20 10:00 UTC never started"],
  ["runs", { state: "running", endedAt: null }, "started 2026-11-20 10:05 UTC for 1 min 30 s"],
  [
    "is tried again",
    { state: "retrying", endedAt: null, attempts: 3, dueAt: at("10:09:00"), error: { name: "Error", message: "503" } },
    "3 attempts started 2026-11-20 10:05 UTC for 1 min 30 s goes on 2026-11-20 10:09 UTC · 503",
  ],
  ["has failed", { state: "failed", error: { name: "Error", message: "No use." } }, "took 2.5 s No use."],
] satisfies [string, Partial<Job>, string][])("[K3] a job that %s says so", (_, changes, expected) => {
  expect(row(changes)).toMatch(new RegExp(`${expected.replace(/[.+]/g, "\\$&")}$`));
});

it("[K3] the columns have names", () => {
  const names = renderToStaticMarkup(JobsHead()).match(/(?<=<span[^>]*>)[^<]+/g);
  expect(names).toEqual(["State", "Function", "Attempts", "Started", "Duration"]);
});
