import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { clearBulkLine } from "@/lib/integrations/budget/clear-bulk-line";
import { getBulk } from "./find";
import { letGo } from "./let-go";

/**
 * Stops a bulk creation: what was not asked for stays undone, and what was asked for is let go of while no call has left
 * for it. What is under way comes to its end, because the tracker may have it already.
 */
export function cancelBulk(member: Member, bulkId: string): Promise<{ cancelled: number }> {
  return transaction(async (tx) => {
    const bulk = await getBulk(member, bulkId, tx);
    const { workspaceId, projectId } = bulk;
    // Whoever asks for an item looks at this row before it writes down what came of it.
    await tx.$queryRaw`select 1 from "BulkCreation" where id = ${bulk.id}::uuid for no key update`;
    const waiting = await cancelWaiting(tx, bulk.id);
    const cancelled = waiting + (await letGo(tx, bulk));
    const again = await tx.bulkCreation.findUniqueOrThrow({ where: { id: bulk.id }, select: { cancelledAt: true } });
    if (cancelled === 0 && !again.cancelledAt)
      throw new AppError("conflict", "Nothing of it can be cancelled any more: all of it is done or under way.");
    const now = new Date();
    await tx.bulkCreation.updateMany({
      where: { id: bulk.id, cancelledAt: null },
      data: { cancelledAt: now, cancelledById: member.userId, askedAt: bulk.askedAt ?? now },
    });
    await clearBulkLine(tx, bulk);
    await audit(tx, member, "bulk.cancelled", {
      subjectType: "bulk",
      subjectId: bulk.id,
      projectId,
      after: { cancelled },
    });
    await announce(tx, { workspaceId, projectId, topic: "bulk", id: bulk.id });
    return { cancelled };
  });
}

/**
 * One that a process has asked for and died before it said so is there: it goes the way of the others. One that failed
 * and waits to be tried again has failed once more.
 */
async function cancelWaiting(tx: Tx, bulkId: string): Promise<number> {
  const there = await tx.$queryRaw<{ hasFailed: boolean }[]>`
    update "BulkItem" i set state = 'asked', "creationId" = i.id, "updatedAt" = now() from "IssueCreation" c
    where i."bulkId" = ${bulkId}::uuid and i.state = 'waiting' and c.id = i.id and c."bulkId" = i."bulkId"
    returning c.state = 'failed' as "hasFailed"`;
  // What it has joined goes on for whoever asked for it, and may be cancelled by them from here on.
  const left = await tx.$executeRaw`
    update "BulkItem" i set state = 'cancelled', "creationId" = null, "updatedAt" = now() from "IssueCreation" c
    where i."bulkId" = ${bulkId}::uuid and i.state = 'joined' and c.id = i."creationId"
      and c.state in ('queued', 'held') and c."sentAt" is null`;
  const { count } = await tx.bulkItem.updateMany({
    where: { bulkId, state: "waiting" },
    data: { state: "cancelled" },
  });
  return count + left + there.filter(({ hasFailed }) => hasFailed).length;
}
