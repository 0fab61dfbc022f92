import { expect, it, vi } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { makeExecutor } from "@/inngest/embedded/start";
import { createIssue } from "@/inngest/functions/create-issue";
import { pool } from "@/lib/db/client";
import { makeFreshScene, passTime, readCreation, start } from "./test-scene";

it("[K4] [G3] a tracker that asks for patience more often than a job may repeat loses nothing", async () => {
  const scene = await makeFreshScene(sandbox);
  const times = 25; // the job has 20 repetitions
  sandbox.faults.add({
    method: "POST",
    path: "/issues$",
    mode: "status",
    status: 429,
    headers: { "retry-after": "600" },
    times,
  });
  const id = await start(scene);
  const executor = makeExecutor({ functions: [createIssue] });
  await executor.start();
  try {
    for (let asked = 1; asked <= times; asked++) {
      await vi.waitFor(
        async () => {
          expect(scene.posts()).toHaveLength(asked);
          expect(await readCreation(id)).toMatchObject({ state: "held", errorKind: "tracker_rate_limited" });
        },
        { timeout: 10_000, interval: 20 },
      );
      await vi.waitUntil(() => executor.isIdle, { timeout: 10_000 });
      await passTime(602_000);
      await pool.query(`update "RateBudget" set "nextWriteAt" = null, "lineEndsAt" = null`);
      await pool.query("select pg_notify('executor', 'time has passed')");
    }
    await vi.waitFor(async () => expect(await readCreation(id)).toMatchObject({ state: "created" }), {
      timeout: 10_000,
    });
  } finally {
    await executor.stop(2_000);
  }
  expect(await scene.createdCount()).toBe(1);
}, 120_000);
