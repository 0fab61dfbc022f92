import { beforeEach, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { inngest } from "@/inngest/client";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { abandonBulk } from "@/inngest/functions/abandon-bulk";
import { bulkCreate } from "@/inngest/functions/bulk-create";
import { pool, prisma } from "@/lib/db/client";
import { sweepBulks } from "./sweep";
import { makeNight, workOff } from "./test-night";

let night: Awaited<ReturnType<typeof makeNight>>;
beforeEach(async () => {
  night = await makeNight(sandbox, [{ error: "gateway", count: 2 }]);
});

it("[G6] [G3] a job that was ended says so on what still waits, and its creations go on", async () => {
  const bulkId = await night.start();
  const data = {
    run_id: "1",
    function_id: bulkCreate.id(inngest.id),
    error: {},
    event: { data: { bulkId, ...night.admin } },
  };
  await prisma.outbox.create({ data: { name: "inngest/function.cancelled", data } });
  await prisma.outbox.deleteMany({ where: { name: "issue/bulk.requested" } });
  await runUntilIdle([abandonBulk]);
  const { bulk, items } = await night.show(bulkId);
  expect(bulk).toMatchObject({ isOver: true, counts: { failed: 2 } });
  expect(items[0]?.error?.message).toContain("Its job was cancelled.");
});

it("[G6] one that nobody works on is found after half an hour, once", async () => {
  const bulkId = await night.start();
  await prisma.outbox.deleteMany({ where: { name: "issue/bulk.requested" } });
  expect(await sweepBulks()).toEqual({ overdue: 0 });
  await pool.query(`update "BulkItem" set "updatedAt" = now() - interval '31 min' where "bulkId" = $1`, [bulkId]);
  expect(await sweepBulks()).toEqual({ overdue: 1 });
  expect(await sweepBulks()).toEqual({ overdue: 0 });
  await workOff();
  expect((await night.show(bulkId)).bulk).toMatchObject({ isOver: true, counts: { created: 2 } });
});
