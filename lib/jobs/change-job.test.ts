import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { cancelJob, retryJob, runJobNow } from "./change-job";
import { getJob } from "./get-job";
import { makeJobs, runJobs, world } from "./test-jobs";

let ada: Actor;
beforeEach(async () => {
  ada = await makeAdmin();
  world.hasMended = false;
});

const auditOf = async ({ workspaceId }: Actor) =>
  prisma.auditEntry.findMany({
    where: { workspaceId, subjectType: "job" },
    select: { action: true, subjectId: true, before: true, after: true },
  });

describe("a job is started once more", () => {
  it("[K3] for the same events and from its beginning, when it has failed", async () => {
    const { bad } = await makeJobs(ada.workspaceId, ["bad"]);
    const { jobId } = await retryJob(ada, bad);
    await expect(retryJob(ada, bad)).rejects.toMatchObject({ kind: "conflict" });
    world.hasMended = true;
    await runJobs();
    const [old, now] = [await getJob(ada, bad), await getJob(ada, jobId)];
    expect(now).toMatchObject({ state: "completed", relatives: [{ id: bad, kind: "repeats" }] });
    expect(now.events).toEqual(old.events);
    expect(old).toMatchObject({ state: "failed", relatives: [{ id: jobId, kind: "repeated_by" }] });
    expect(await auditOf(ada)).toEqual([
      {
        ...{ action: "job.retried", subjectId: bad, after: { jobId } },
        before: { function: "faultline-bad", state: "failed" },
      },
    ]);
  });

  it("[K3] once, when two people ask at the same time", async () => {
    const { bad } = await makeJobs(ada.workspaceId, ["bad"]);
    const asked = await Promise.allSettled([retryJob(ada, bad), retryJob(ada, bad), retryJob(ada, bad)]);
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await prisma.executorRun.count({ where: { rerunOf: bad } })).toBe(1);
  });

  it("[K3] not when its events have been forgotten", async () => {
    const { bad } = await makeJobs(ada.workspaceId, ["bad"]);
    const { eventIds } = await prisma.executorRun.findUniqueOrThrow({ where: { id: bad } });
    await prisma.executorEvent.deleteMany({ where: { id: { in: eventIds } } });
    await expect(retryJob(ada, bad)).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringMatching(/events/),
    });
    expect((await getJob(ada, bad)).events).toEqual([]);
  });

  it("[K3] not while it runs, nor when it has succeeded", async () => {
    const { good, sleeping } = await makeJobs(ada.workspaceId, ["good", "sleeping"]);
    for (const id of [good, sleeping]) await expect(retryJob(ada, id)).rejects.toMatchObject({ kind: "conflict" });
    expect(await auditOf(ada)).toEqual([]);
  });
});

describe("a job is cancelled", () => {
  it("[K3] once, and nothing of it is called any more", async () => {
    const { sleeping, waiting, retrying } = await makeJobs(ada.workspaceId, ["sleeping", "waiting", "retrying"]);
    for (const id of [sleeping, waiting, retrying]) {
      await cancelJob(ada, id);
      expect(await getJob(ada, id)).toMatchObject({ state: "cancelled", can: { retry: true, cancel: false } });
      await expect(cancelJob(ada, id)).rejects.toMatchObject({ kind: "conflict" });
    }
    expect(await prisma.executorJob.count({ where: { runId: { in: [sleeping, waiting, retrying] } } })).toBe(0);
    expect((await auditOf(ada)).map(({ action, subjectId }) => [action, subjectId])).toEqual(
      [sleeping, waiting, retrying].map((id) => ["job.cancelled", id]),
    );
  });
});

describe("a job that waits for its next attempt", () => {
  it("[K3] is tried at once when somebody asks", async () => {
    const { retrying } = await makeJobs(ada.workspaceId, ["retrying"]);
    world.hasMended = true;
    await runJobs();
    expect(await getJob(ada, retrying)).toMatchObject({ state: "retrying" });
    await runJobNow(ada, retrying);
    await runJobs();
    expect(await getJob(ada, retrying)).toMatchObject({ state: "completed" });
    await expect(runJobNow(ada, retrying)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[K3] is not one that sleeps or waits for an event", async () => {
    const { sleeping, waiting } = await makeJobs(ada.workspaceId, ["sleeping", "waiting"]);
    for (const id of [sleeping, waiting]) await expect(runJobNow(ada, id)).rejects.toMatchObject({ kind: "conflict" });
  });
});

it("[A4] changes nothing of another workspace's jobs, nor of the installation's own", async () => {
  const eve = await makeAdmin("Eve");
  const names = ["bad", "retrying"] as const;
  const [foreign, system] = [await makeJobs(ada.workspaceId, names), await makeJobs(null, names)];
  const before = await prisma.executorRun.findMany({ orderBy: { id: "asc" } });
  const jobs = await prisma.executorJob.findMany({ orderBy: { id: "asc" } });
  for (const id of [foreign.bad, foreign.retrying, system.bad, system.retrying, newId(), "no-such-id"])
    for (const change of [retryJob, cancelJob, runJobNow])
      await expect(change(eve, id)).rejects.toMatchObject({ kind: "not_found" });
  expect(await prisma.executorRun.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  expect(await prisma.executorJob.findMany({ orderBy: { id: "asc" } })).toEqual(jobs);
  expect(await auditOf(eve)).toEqual([]);
});
