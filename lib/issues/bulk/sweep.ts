import { bulkRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { transaction } from "@/lib/db/client";

// A job that works on one gives a sign of life at least every ten minutes.
const overdueMinutes = 30;
const most = 100;

/**
 * Asks again for bulk creations that nobody works on: an event was lost, a backup restored, a run forgotten. The mark on
 * the items keeps the next sweep from asking once more.
 */
export const sweepBulks = (): Promise<{ overdue: number }> =>
  transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; workspaceId: string }[]>`
      select b.id, b."workspaceId" from "BulkCreation" b
      where b."askedAt" is null and (select max(i."updatedAt") from "BulkItem" i where i."bulkId" = b.id)
        < now() - ${overdueMinutes} * interval '1 min'
      order by b.id limit ${most} for update of b skip locked`;
    const bulkId = { in: rows.map(({ id }) => id) };
    await tx.bulkItem.updateMany({ where: { bulkId, state: "waiting" }, data: { updatedAt: new Date() } });
    await send(tx, ...rows.map(({ id, workspaceId }) => bulkRequested.create({ workspaceId, bulkId: id })));
    return { overdue: rows.length };
  });
