import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/member";
import { newId } from "@/lib/db/ids";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { readJobsFilter } from "./inputs";
import { countJobs, listJobFunctions, listJobs } from "./list-jobs";
import { canaries, makeJobs, storeJobs } from "./test-jobs";

const all = ["good", "bad", "retrying", "sleeping", "waiting"] as const;
const creationId = newId();
let ada: Actor;
let eve: Actor;
let jobs: Record<(typeof all)[number], string>;

/** An id as it was made at that moment. */
const idAt = (ms: number) => {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
};
const idsOf = async (given: Record<string, string>, actor = ada) =>
  (await listJobs(actor, readJobsFilter(given))).jobs.map(({ id }) => id);

beforeAll(async () => {
  [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
  jobs = await makeJobs(ada.workspaceId, all, { creationId });
  await makeJobs(eve.workspaceId, ["good", "bad"], { creationId });
  await makeJobs(null, ["bad"], { creationId });
});

describe("the list of jobs", () => {
  it("[K3] tells what is done, failed, between two attempts and waiting apart", async () => {
    const states = new Map((await listJobs(ada, {})).jobs.map(({ id, state }) => [id, state]));
    expect(all.map((name) => states.get(jobs[name]))).toEqual([
      "completed",
      "failed",
      "retrying",
      "waiting",
      "waiting",
    ]);
    expect(await countJobs(ada, {})).toEqual({ completed: 1, failed: 1, retrying: 1, waiting: 2 });
    expect(await countJobs(ada, readJobsFilter({ functionId: "faultline-bad" }))).toEqual({ failed: 1 });
  });

  it("[K3] says when a job goes on, how often it was tried and what was wrong", async () => {
    const [retrying] = (await listJobs(ada, { state: "retrying" })).jobs;
    expect(retrying).toMatchObject({ attempts: 1, error: { message: "The tracker asks to wait." }, pausedAt: null });
    const inAnHour = Date.now() + 3_600_000;
    expect(Math.abs((retrying?.dueAt?.getTime() ?? 0) - inAnHour)).toBeLessThan(60_000);
  });

  it("[K3] narrows by state, function, and the id of a job or of what it works for", async () => {
    expect(await idsOf({ state: "failed" })).toEqual([jobs.bad]);
    expect(new Set(await idsOf({ state: "waiting" }))).toEqual(new Set([jobs.sleeping, jobs.waiting]));
    expect(await idsOf({ functionId: "faultline-good" })).toEqual([jobs.good]);
    expect(await idsOf({ q: jobs.sleeping })).toEqual([jobs.sleeping]);
    expect((await idsOf({ q: creationId.toUpperCase() })).sort()).toEqual(Object.values(jobs).sort());
    expect(await idsOf({ q: newId() })).toEqual([]);
    // Neither a word of the event's text nor the workspace itself is something to search by.
    expect(await idsOf({ q: canaries.event })).toEqual([]);
    expect(await idsOf({ q: ada.workspaceId })).toEqual([]);
  });

  it("[K3] takes a filter that nobody could mean for none", async () => {
    const everything = await idsOf({});
    for (const [name, value] of Object.entries({ state: "bored", from: "yesterday", cursor: "1", functionId: "a\0" }))
      expect(await idsOf({ [name]: value }), name).toEqual(everything);
  });

  it("[K3] pages through a thousand once, the newest first, and takes whole days", async () => {
    const bob = await makeAdmin("Bob");
    const ids = Array.from({ length: 1000 }, (_, i) => idAt(Date.UTC(2026, 2, 1 + (i % 3), 0, 0, i)));
    await storeJobs(bob.workspaceId, { ids });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listJobs(bob, readJobsFilter(cursor ? { cursor } : {}));
      seen.push(...page.jobs.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen).size).toBe(1000);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(await countJobs(bob, readJobsFilter({ from: "2026-03-02", to: "2026-03-02" }))).toEqual({ completed: 333 });
    expect(await countJobs(bob, readJobsFilter({ from: "2026-03-03" }))).toEqual({ completed: 333 });
    expect(await countJobs(bob, readJobsFilter({ to: "2026-02-28" }))).toEqual({});
  });

  it("[A4] shows nothing of another workspace's jobs, nor of the installation's own", async () => {
    expect(await listJobFunctions(eve)).toEqual([
      { id: "faultline-bad", pausedAt: null },
      { id: "faultline-good", pausedAt: null },
    ]);
    expect(await countJobs(eve, {})).toEqual({ completed: 1, failed: 1 });
    expect(await idsOf({ q: jobs.bad }, eve)).toEqual([]);
    expect(await idsOf({ q: creationId }, eve)).toHaveLength(2);
    expect(await idsOf({}, await makeAdmin("Zoe"))).toEqual([]);
  });

  it("[A4] answers no data of an event, no step's input or output and no credential", async () => {
    const answer = JSON.stringify(await listJobs(ada, {}));
    for (const canary of Object.values(canaries)) expect(answer).not.toContain(canary);
    expect(answer).toContain("[redacted]");
  });
});
