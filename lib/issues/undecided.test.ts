import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import type { Marker } from "@/lib/trackers/tracker";
import { decideCreation } from "./decide-creation";
import { listIssues } from "./list-issues";
import { retryCreation } from "./retry-creation";
import { showCreation } from "./show-creation";
import { type FreshScene, makeFreshScene, passTime, readCreation, start, work, workUntil } from "./test-scene";

const { marker } = trackerOf("github");
const own = { ...marker };
/** The real adapter with another tracker's way of finding issues again: the data is all that differs. */
const become = (other: Partial<Marker>) => Object.assign(marker, other);
afterEach(() => {
  become({ ...own });
  Reflect.deleteProperty(marker, "remove");
});

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const post = { method: "POST", path: "/issues$" };

/** Lets a call's reply be lost, and its looks find nothing until `marker` says that they would. */
async function loseIt(lagSeconds: number) {
  sandbox.faults.add({ ...post, mode: "drop-reply" });
  sandbox.lag.set({ listSeconds: lagSeconds });
  const id = await start(scene);
  await workUntil(id, "unknown");
  return id;
}

const pass = async (ms: number) => {
  sandbox.lag.passTime(ms);
  await passTime(ms);
  await work();
};

describe("a tracker that lists new issues late", () => {
  it("[G3] 60 s within its stated delay of 120 s: it is found, and the page says by when", async () => {
    become({ indexDelayMs: 120_000 });
    const id = await loseIt(60);
    const { creation } = await showCreation(scene.member, id);
    const waitMs = Date.parse(creation.knownBy ?? "") - Date.now();
    expect(waitMs).toBeGreaterThan(120_000);
    expect(waitMs).toBeLessThan(133_000);
    await pass(30_000);
    expect((await readCreation(id)).state).toBe("unknown");
    await pass(61_000);
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] a call that did nothing is repeated when the delay has passed, and not before", async () => {
    become({ indexDelayMs: 120_000 });
    sandbox.faults.add({ ...post, mode: "reset" });
    const id = await start(scene);
    await workUntil(id, "unknown");
    await pass(100_000);
    expect(scene.posts()).toHaveLength(1);
    await pass(40_000);
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
  });
});

describe("a tracker whose looks prove nothing", () => {
  beforeEach(() => become({ indexDelayMs: 120_000, provesAbsence: false }));

  const undecided = async () => {
    const id = await loseIt(3_600);
    await pass(140_000);
    expect(await readCreation(id)).toMatchObject({ state: "unknown", retryAt: null });
    expect((await showCreation(scene.member, id)).creation).toMatchObject({
      isUndecided: true,
      error: { message: expect.stringContaining("acme/checkout") },
    });
    return id;
  };

  it("[G3] leaves it to a person, who looks again: found by then, it is taken", async () => {
    const id = await undecided();
    await retryCreation(scene.member, id);
    await work();
    expect(await readCreation(id)).toMatchObject({ state: "unknown", retryAt: null });
    sandbox.lag.clear();
    await retryCreation(scene.member, id);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] who names the issue that is there: it is linked, under that person's name", async () => {
    const id = await undecided();
    const [made] = (await sandbox.issues("acme/checkout")).slice(-1);
    expect(await decideCreation(scene.owner, id, { found: true, ref: `#${made?.number}` })).toMatchObject({
      state: "created",
    });
    const [issue] = await listIssues(scene.member, { resultId: scene.results[0].resultId });
    expect(issue?.key).toBe(`acme/checkout#${made?.number}`);
    const entries = await prisma.auditEntry.findMany({
      where: { action: "creation.decided" },
      orderBy: { id: "desc" },
    });
    expect(entries[0]).toMatchObject({ actorId: scene.owner.userId, subjectId: expect.any(String) });
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] who says that it is not there: created after one more look; had it come up meanwhile, it is taken", async () => {
    const first = await undecided();
    sandbox.lag.clear();
    await decideCreation(scene.member, first, { found: false });
    await work();
    expect((await readCreation(first)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);

    sandbox.faults.add({ ...post, mode: "reset" });
    const second = await start(scene, { resultIds: [scene.results[1].resultId] });
    await workUntil(second, "unknown");
    await pass(140_000);
    await decideCreation(scene.member, second, { found: false });
    await work();
    expect(await readCreation(second)).toMatchObject({ state: "created", absentSince: null });
    expect(await scene.createdCount()).toBe(2);
  });

  it("[G3] two people decide at once: one of them does", async () => {
    const id = await undecided();
    sandbox.lag.clear();
    const decided = await Promise.allSettled(
      [scene.member, scene.owner].map((who) => decideCreation(who, id, { found: false })),
    );
    expect(decided.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] one says that it is there and another, meanwhile, that it is not: the first word counts", async () => {
    const id = await undecided();
    sandbox.lag.clear();
    sandbox.faults.add({ method: "GET", path: "/issues/1$", mode: "delay", delayMs: 400 });
    const found = decideCreation(scene.member, id, { found: true, ref: "#1" });
    await new Promise((done) => setTimeout(done, 100));
    await decideCreation(scene.owner, id, { found: false });
    await expect(found).rejects.toMatchObject({ kind: "conflict" });
    expect((await readCreation(id)).state).toBe("queued");
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] while a job still looks there is nothing to decide", async () => {
    const id = await loseIt(3_600);
    await expect(decideCreation(scene.member, id, { found: false })).rejects.toMatchObject({ kind: "conflict" });
    await expect(decideCreation(scene.member, id, { found: true, ref: "#1" })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("a marker that people would see", () => {
  it("[G3] is taken away when the issue is known; where that fails, it is said beside the issue", async () => {
    const removed: unknown[] = [];
    become({ remove: async (_, issue, text) => void removed.push({ ...issue, text }) });
    const id = await start(scene);
    await work();
    const { externalProjectId, externalProjectKey } = await readCreation(id);
    const { external } = await prisma.issue.findFirstOrThrow({
      where: { creations: { some: { id } } },
      select: { external: true },
    });
    expect(removed).toEqual([
      {
        project: { remoteId: externalProjectId, key: externalProjectKey },
        ref: external?.ref,
        text: id,
      },
    ]);

    become({ remove: () => Promise.reject(new Error("no")) });
    const other = await start(scene, { resultIds: [scene.results[1].resultId] });
    await work();
    expect((await showCreation(scene.member, other)).creation).toMatchObject({
      state: "created",
      warnings: [{ kind: "marker_left" }],
    });
  });
});
