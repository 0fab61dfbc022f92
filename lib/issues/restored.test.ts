import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool, prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { countAsking } from "./count-asking";
import { sweepCreations } from "./creation/sweep";
import { decideCreation } from "./decide-creation";
import { retryCreation } from "./retry-creation";
import { type FreshScene, makeFreshScene, readCreation, start, work, workUntil } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

describe("a restored backup", () => {
  /** As a backup has it that was made before the call: its job and its issue are not known. */
  async function restore(id: string, change: { state: "queued" } | { state: "held"; retryAt: Date }) {
    await prisma.$executeRaw`truncate executor.job, executor.run, executor.step, executor.event, executor.once, "Outbox" cascade`;
    const before = { sentAt: null, lastSentAt: null, attempts: 0, issueId: null, retryAt: null, ...change };
    await prisma.issueCreation.update({ where: { id }, data: before });
    await prisma.issueCreationSource.updateMany({ where: { creationId: id }, data: { finished: false } });
    await prisma.issueLink.deleteMany({});
    await prisma.issue.deleteMany({});
    await pool.query(
      `update "IssueCreation" set "updatedAt" = "updatedAt" - interval '150 s', "retryAt" = "retryAt" - interval '150 s'
       where id = $1`,
      [id],
    );
  }

  it.each([{ state: "queued" }, { state: "held", retryAt: new Date() }] as const)(
    "[G3] that has the creation $state: the issue that was made since is found",
    async (change) => {
      const id = await start(scene);
      await work();
      await restore(id, change);
      expect(await sweepCreations()).toEqual({ overdue: 1, mended: 0 });
      await work();
      expect(await readCreation(id)).toMatchObject({ state: "created", issueId: expect.any(String) });
      expect(scene.posts()).toHaveLength(1);
      expect(await scene.createdCount()).toBe(1);
    },
  );

  it("[G3] and where no call was made since, one look is enough", async () => {
    const id = await start(scene);
    await restore(id, { state: "queued" });
    await sweepCreations();
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
  });
});

describe("who asks again and again", () => {
  it("[G3] [K4] is counted like who asks for the first time: each asking takes a place in the others' line", async () => {
    sandbox.faults.add({
      ...{ method: "POST", path: "/issues$", mode: "status", status: 429, body: {} },
      headers: { "retry-after": "60" },
    });
    const id = await start(scene);
    await workUntil(id, "held");
    for (let asked = 1; asked < env().FAULTLINE_LIMIT_CREATE; asked++) await countAsking(scene.member);
    await expect(retryCreation(scene.member, id)).rejects.toMatchObject({ kind: "rate_limited" });
    await expect(decideCreation(scene.member, id, { found: false })).rejects.toMatchObject({ kind: "rate_limited" });
    expect((await readCreation(id)).state).toBe("held");
  });
});
