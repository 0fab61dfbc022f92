import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { cancelRun } from "@/inngest/embedded/control";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { abandonCreation } from "@/inngest/functions/abandon-creation";
import { createIssue } from "@/inngest/functions/create-issue";
import { storeShared } from "@/lib/connections/store-shared";
import { pool, prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { giveUpCreation } from "./creation/give-up";
import { sendCreation } from "./creation/send";
import { sweepCreations } from "./creation/sweep";
import { dismissCreation } from "./dismiss-creation";
import { retryCreation } from "./retry-creation";
import { type FreshScene, makeFreshScene, passTime, readCreation, start, work, workUntil } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const post = { method: "POST", path: "/issues$" };
const limited = (seconds: number) =>
  sandbox.faults.add({ ...post, mode: "status", status: 429, headers: { "retry-after": String(seconds) }, body: {} });
const jobOf = async (id: string) => ({ runId: "run", attempt: 0, turnId: (await readCreation(id)).turnId });
const forget = () =>
  prisma.$executeRaw`truncate executor.job, executor.run, executor.step, executor.event, executor.once, "Outbox" cascade`;
/** As if it had last changed so long ago. */
const age = (id: string, ms: number) =>
  pool.query(
    `update "IssueCreation" set "updatedAt" = "updatedAt" - $2 * interval '1 ms',
       "retryAt" = "retryAt" - $2 * interval '1 ms', "lastSentAt" = "lastSentAt" - $2 * interval '1 ms' where id = $1`,
    [id, ms],
  );

describe("one turn, one job", () => {
  it("[G3] who asks again while a job still sleeps takes its place: the sleeping one stops when it wakes", async () => {
    limited(60);
    const id = await start(scene);
    await workUntil(id, "held");
    const before = await jobOf(id);
    await prisma.rateBudget.deleteMany({});
    await retryCreation(scene.member, id);
    expect(await sendCreation(id, before)).toEqual({ state: "queued" });
    expect(await giveUpCreation(id, before.turnId, "")).toEqual({ state: "queued" });
    await work();
    expect((await readCreation(id)).state).toBe("created");
    await passTime(61_000);
    await work();
    expect(await scene.createdCount()).toBe(1);
    // The one that was refused, and the one that made it; none by the job of the earlier turn.
    expect(scene.posts()).toHaveLength(2);
  });

  it("[G3] asked again while a job is deciding: one of the two sends", async () => {
    sandbox.faults.add({ ...post, mode: "drop-reply" });
    const id = await start(scene);
    const job = await jobOf(id);
    await sendCreation(id, job).catch(() => {});
    await giveUpCreation(id, id, "");
    // The look of the earlier turn and the retry race; whichever wins, the lost issue is found.
    await Promise.allSettled([sendCreation(id, job), retryCreation(scene.member, id)]);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] asked again twice under one key, by a caller that lost the answer: one turn, the same answer", async () => {
    limited(60);
    const id = await start(scene);
    await workUntil(id, "held");
    const turnId = newId();
    const answer = await retryCreation(scene.member, id, turnId);
    expect(answer).toEqual({ outcome: "started", creation: { id, state: "queued" } });
    expect(await retryCreation(scene.member, id, turnId)).toEqual(answer);
    expect((await readCreation(id)).turnId).toBe(turnId);
    await expect(retryCreation(scene.member, id)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[G3] what a look finds counts, also when a person has let go of it meanwhile", async () => {
    sandbox.faults.add({ ...post, mode: "drop-reply" });
    const id = await start(scene);
    const job = await jobOf(id);
    await sendCreation(id, job).catch(() => {});
    // The look is under way, slow, when the person dismisses.
    sandbox.faults.add({ method: "GET", path: "/issues", mode: "delay", delayMs: 400 });
    const look = sendCreation(id, job);
    await giveUpCreation(id, id, "");
    expect(await dismissCreation(scene.member, id)).toMatchObject({ state: "failed" });
    expect(await look).toEqual({ state: "created" });
    expect(await readCreation(id)).toMatchObject({ state: "created", issueId: expect.any(String) });
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] dismissed while the tracker is creating it: it is there, and counts", async () => {
    sandbox.faults.add({ ...post, mode: "delay", delayMs: 400 });
    const id = await start(scene);
    const call = sendCreation(id, await jobOf(id));
    await expect.poll(async () => (await readCreation(id)).state).toBe("sending");
    await expect(dismissCreation(scene.member, id)).rejects.toMatchObject({ kind: "conflict" });
    await prisma.issueCreation.update({ where: { id }, data: { state: "failed" } });
    expect(await call).toEqual({ state: "created" });
    expect((await readCreation(id)).state).toBe("created");
  });
});

it("[G3] a look that finds nothing counts the latest end that a lost call may have had, and says so", async () => {
  const id = await start(scene);
  const sentAt = new Date(Date.now() - 10_000);
  const lost = { state: "sending", sentAt, lastSentAt: sentAt, attempts: 1 } as const;
  await prisma.issueCreation.update({ where: { id }, data: lost });
  await sendCreation(id, await jobOf(id)).catch(() => {});
  const endedAt = new Date(sentAt.getTime() + 25_000);
  expect(await readCreation(id)).toMatchObject({ state: "unknown", lastSentAt: endedAt });
});

describe("a process that wakes after another one has sent", () => {
  const isSending = (id: string) => expect.poll(async () => (await readCreation(id)).state).toBe("sending");
  /** As another process leaves it that took this one for dead, looked, found nothing, and is sending now. */
  const sendElsewhere = (id: string) => {
    const now = new Date();
    const data = { state: "sending", attempts: { increment: 1 }, sentAt: now, lastSentAt: now, retryAt: null } as const;
    return prisma.issueCreation.update({ where: { id }, data });
  };

  it.each([
    ["a refusal", 422],
    ["a failure that leaves everything open", 503],
    ["a rate limit", 429],
  ])("[G3] with %s to its own call changes nothing of the newer call", async (_, status) => {
    sandbox.faults.add({ ...post, mode: "status", status, body: { message: "no" }, delayMs: 600 });
    const id = await start(scene);
    const own = sendCreation(id, await jobOf(id));
    await isSending(id);
    const newer = await sendElsewhere(id);
    expect(await own).toEqual({ state: "sending" });
    expect(await readCreation(id)).toEqual(newer);
  });

  it.each([
    ["that failed", { status: 502 }],
    ["that found nothing", { status: 200, body: [] }],
  ])("[G3] with a look %s changes nothing of it either", async (_, answer) => {
    sandbox.faults.add({ ...post, mode: "reset" });
    const id = await start(scene);
    const job = await jobOf(id);
    await sendCreation(id, job).catch(() => {});
    sandbox.faults.add({ method: "GET", path: "/issues", mode: "status", ...answer, delayMs: 600 });
    const look = sendCreation(id, job);
    await expect.poll(() => sandbox.calls().filter(({ fault, method }) => fault && method === "GET")).toHaveLength(1);
    const newer = await sendElsewhere(id);
    expect(await look).toEqual({ state: "sending" });
    expect(await readCreation(id)).toEqual(newer);
  });
});

describe("a job that ends badly", () => {
  const both = [createIssue, abandonCreation];
  // Who listens for the end of a run is known from the first sync on.
  beforeAll(() => runUntilIdle(both));

  it("[G3] cancelled before anything was sent: it failed, and can be tried again", async () => {
    limited(60);
    const id = await start(scene);
    await workUntil(id, "held");
    const [run] = await prisma.executorRun.findMany({ where: { functionId: "faultline-create-issue" } });
    expect(await transaction((tx) => cancelRun(tx, run?.id ?? ""))).toBe(true);
    await runUntilIdle(both);
    expect(await readCreation(id)).toMatchObject({
      state: "failed",
      errorMessage: expect.stringContaining("cancelled"),
    });
  });

  it("[G3] cancelled after a call whose end nobody knows: a person decides", async () => {
    sandbox.faults.add({ ...post, mode: "drop-reply" });
    sandbox.faults.add({ method: "GET", path: "/issues", mode: "status", status: 502, times: 9 });
    const id = await start(scene);
    await workUntil(id, "unknown");
    const [run] = await prisma.executorRun.findMany({ where: { functionId: "faultline-create-issue" } });
    await transaction((tx) => cancelRun(tx, run?.id ?? ""));
    await runUntilIdle(both);
    expect(await readCreation(id)).toMatchObject({ state: "unknown", retryAt: null });
  });

  it("[G3] what a later turn has taken over is not ended by the end of an earlier one", async () => {
    limited(60);
    const id = await start(scene);
    await workUntil(id, "held");
    const [run] = await prisma.executorRun.findMany({ where: { functionId: "faultline-create-issue" } });
    await retryCreation(scene.member, id);
    await transaction((tx) => cancelRun(tx, run?.id ?? ""));
    await runUntilIdle([abandonCreation]);
    expect((await readCreation(id)).state).toBe("queued");
  });
});

describe("the sweep", () => {
  it("[G3] asks again for a creation whose event was lost, once, and it is created", async () => {
    const id = await start(scene);
    await forget();
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 0 });
    await age(id, 121_000);
    expect(await sweepCreations()).toEqual({ overdue: 1, mended: 0 });
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 0 });
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] and for one whose process died between call and reply, or that waited for a time: it is found", async () => {
    sandbox.faults.add({ ...post, mode: "drop-reply" });
    const id = await start(scene);
    await sendCreation(id, await jobOf(id)).catch(() => {});
    for (const state of ["sending", "unknown"] as const) {
      await forget();
      await prisma.issueCreation.update({ where: { id }, data: { state, sweptAt: null, retryAt: new Date() } });
      await age(id, 150_000);
      expect(await sweepCreations(), state).toEqual({ overdue: 1, mended: 0 });
    }
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] but not before the call of a process that died has certainly ended, and two minutes more", async () => {
    const id = await start(scene);
    await forget();
    await prisma.issueCreation.update({ where: { id }, data: { state: "sending", lastSentAt: new Date() } });
    await age(id, 142_000);
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 0 });
    await age(id, 4_000);
    expect(await sweepCreations()).toEqual({ overdue: 1, mended: 0 });
  });

  it("[G3] is harmless while a job works on it: the second run is skipped", async () => {
    limited(300);
    const id = await start(scene);
    await workUntil(id, "held");
    await age(id, 600_000);
    expect(await sweepCreations()).toEqual({ overdue: 1, mended: 0 });
    await work();
    expect(await prisma.executorRun.count({ where: { functionId: "faultline-create-issue" } })).toBe(1);
  });

  it("[G3] leaves alone what waits for a person", async () => {
    const id = await start(scene);
    for (const state of ["unknown", "held", "failed"] as const) {
      await prisma.issueCreation.update({
        where: { id },
        data: { state, retryAt: null, errorKind: "tracker_refused" },
      });
      await age(id, 600_000);
      expect(await sweepCreations(), state).toEqual({ overdue: 0, mended: 0 });
    }
  });

  it("[F4] [G11] hands on what waited for a new token, when one has been entered and not before", async () => {
    sandbox.faults.add({ ...post, mode: "status", status: 401, body: { message: "Bad credentials" } });
    const id = await start(scene);
    await work();
    expect((await readCreation(id)).state).toBe("held");
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 0 });
    const { workspaceId } = scene.admin;
    const account = { remoteId: "1", name: "qa-bot", displayName: "QA bot", url: "" };
    const probe = { account, scopesFound: [], scopesMissing: [], rateLimit: null, apiVersion: null, clockSkewMs: null };
    await transaction((tx) =>
      storeShared(
        tx,
        { workspaceId, integrationId: scene.integrationId },
        { type: "pat", values: { token: sandbox.github.token } },
        probe,
      ),
    );
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 1 });
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
  });
});
