import { beforeAll, describe, expect, it } from "vitest";
import { makeThings } from "@/e2e/access/things";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { getJob } from "./get-job";
import { canaries, makeJobs, storeJobs } from "./test-jobs";

const all = ["good", "bad", "retrying", "sleeping", "waiting"] as const;
let ada: Actor;
let eve: Actor;
let jobs: Record<(typeof all)[number], string>;

beforeAll(async () => {
  [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
  jobs = await makeJobs(ada.workspaceId, all);
});

describe("a job", () => {
  it("[K3] tells its steps in order, with their attempts and times", async () => {
    const { steps, ...job } = await getJob(ada, jobs.good);
    expect(job).toMatchObject({ state: "completed", eventName: "t/good", maxAttempts: 5, error: null, call: null });
    expect(steps).toMatchObject([
      { name: "first", op: "run", state: "completed", attempts: 1, error: null },
      { name: "tell", op: "send_event", state: "completed" },
    ]);
    const times = [job.createdAt, job.startedAt, ...steps.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])];
    for (const time of times) expect(time).toBeInstanceOf(Date);
  });

  it("[K3] says what failed, and when the next attempt of which step is made", async () => {
    const bad = await getJob(ada, jobs.bad);
    expect(bad).toMatchObject({ state: "failed", can: { retry: true, cancel: false, runNow: false } });
    expect(bad.error?.message).toMatch(/^No use\. Authorization: \[redacted\]/);
    const job = await getJob(ada, jobs.retrying);
    expect(job).toMatchObject({ state: "retrying", can: { retry: false, cancel: true, runNow: true } });
    expect(job.steps).toMatchObject([{ name: "before" }, { name: "again", state: "retrying", attempts: 1 }]);
    expect(job.steps[1]?.dueAt).toEqual(job.dueAt);
  });

  it("[K3] says until when it sleeps, and for which event it waits how long", async () => {
    const sleeping = await getJob(ada, jobs.sleeping);
    expect(sleeping).toMatchObject({ state: "waiting", can: { cancel: true, runNow: false } });
    expect(sleeping.steps).toMatchObject([{ name: "an hour", state: "sleeping", dueAt: sleeping.dueAt }]);
    const [wait] = (await getJob(ada, jobs.waiting)).steps;
    expect(wait).toMatchObject({ name: "a word", state: "waiting", waitsFor: "t/word" });
    expect(Math.abs((wait?.dueAt?.getTime() ?? 0) - (Date.now() + 7_200_000))).toBeLessThan(60_000);
  });

  it("[K3] says that its function is paused, and lets nothing seem due", async () => {
    const id = "faultline-retrying";
    await prisma.executorFunction.update({ where: { id }, data: { pausedAt: new Date() } });
    const job = await getJob(ada, jobs.retrying);
    expect(job).toMatchObject({ pausedAt: expect.any(Date), dueAt: null, can: { runNow: false, cancel: true } });
    expect(job.steps.every(({ dueAt }) => dueAt === null)).toBe(true);
    await prisma.executorFunction.update({ where: { id }, data: { pausedAt: null } });
  });

  it("[K3] each step tells the ids that it is about: its own, else what the job is for", async () => {
    const things = await makeThings(ada.workspaceId, ada.userId);
    const { creationId, projectId, runId } = things;
    const { good } = await makeJobs(ada.workspaceId, ["good"], { creationId, runId });
    const ids = async () =>
      (await getJob(ada, good)).steps.map(({ subjects }) => subjects.map(({ kind, id }) => [kind, id]));
    expect(await ids()).toEqual([[["creation", creationId]], []]);
    const where = { runId: good, name: "first" };
    await prisma.executorStep.updateMany({ where, data: { output: { projectId, note: canaries.output } } });
    const [first] = (await getJob(ada, good)).steps;
    expect(JSON.stringify(first)).not.toContain(canaries.output);
    expect(first?.subjects).toMatchObject([{ kind: "project", id: projectId, path: `/projects/${projectId}` }]);
  });

  it("[K3] leads to what its event speaks of, under the names that it has in the workspace", async () => {
    const things = await makeThings(ada.workspaceId, ada.userId);
    const { creationId, integrationId, projectId, runId, resultId } = things;
    const data = { creationId, integrationId, projectId, runId };
    await prisma.issueCreationSource.create({
      data: { workspaceId: ada.workspaceId, creationId, integrationId, resultId, finished: true },
    });
    const fileId = newId();
    const [event] = (await getJob(ada, await storeJobs(ada.workspaceId, { data: { ...data, fileId } }))).events;
    expect(event?.subjects).toEqual([
      {
        ...{ kind: "creation", id: creationId, name: "Pays twice" },
        path: `/projects/${projectId}/runs/${runId}?result=${resultId}`,
      },
      {
        kind: "integration",
        id: integrationId,
        name: `Tracker ${integrationId}`,
        path: `/admin/integrations/${integrationId}`,
      },
      { kind: "project", id: projectId, name: `Checkout ${projectId}`, path: `/projects/${projectId}` },
      { kind: "run", id: runId, name: "Run #1", path: `/projects/${projectId}/runs/${runId}` },
      { kind: "file", id: fileId, name: null, path: null },
    ]);
    // So does one that is told how such a job ended.
    const ended = { event: "inngest/function.failed", data: { event: { data }, run_id: newId() } };
    const [told] = (await getJob(ada, await storeJobs(ada.workspaceId, ended))).events;
    expect(told?.subjects).toHaveLength(4);
    // Another workspace's job that names the same ids learns no name by them.
    const [foreign] = (await getJob(eve, await storeJobs(eve.workspaceId, { data }))).events;
    for (const subject of foreign?.subjects ?? []) expect(subject).toMatchObject({ name: null, path: null });
    expect(foreign?.subjects).toHaveLength(4);
  });

  it("[A4] answers no data of an event, no step's input or output, no stack and no credential", async () => {
    for (const id of Object.values(jobs)) {
      const answer = JSON.stringify(await getJob(ada, id));
      for (const canary of Object.values(canaries)) expect(answer).not.toContain(canary);
      expect(answer).not.toMatch(/\.ts:\d+/);
    }
  });

  it("[A4] is not found for another workspace, and the installation's own for nobody", async () => {
    const { bad: own } = await makeJobs(null, ["bad"]);
    const attempts: [Actor, string][] = [
      [eve, jobs.good],
      [ada, own],
      [ada, newId()],
      [ada, "no-such-id"],
    ];
    for (const [actor, id] of attempts) await expect(getJob(actor, id)).rejects.toMatchObject({ kind: "not_found" });
  });
});
