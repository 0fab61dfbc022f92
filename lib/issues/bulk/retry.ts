import { bulkRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { countAsking } from "../count-asking";
import { getBulk } from "./find";

/**
 * Asks once more for what failed, and for nothing else: items that were refused are asked for anew, creations that failed
 * go on as they are.
 */
export async function retryBulk(member: Member, bulkId: string): Promise<{ retried: number }> {
  await countAsking(member);
  return transaction(async (tx) => {
    const { id, workspaceId, projectId } = await getBulk(member, bulkId, tx);
    await tx.$queryRaw`select 1 from "BulkCreation" where id = ${id}::uuid for no key update`;
    // One that had joined another's creation asks for its own.
    const retried = await tx.$executeRaw`
      update "BulkItem" i set state = 'waiting', "errorKind" = null, message = null, "updatedAt" = now(),
        "creationId" = case when i."creationId" = i.id then i.id end
      where i."bulkId" = ${id}::uuid and (i.state = 'refused' or i.state in ('asked', 'joined') and exists (
        select from "IssueCreation" c where c.id = i."creationId" and c.state = 'failed'
          and (c."dismissedAt" is null or i.state = 'joined')))`;
    if (retried === 0) throw new AppError("conflict", "Nothing of it has failed that could be tried again.");
    await tx.bulkCreation.update({
      where: { id },
      data: { askedAt: null, cancelledAt: null, cancelledById: null },
      select: { id: true },
    });
    await send(tx, bulkRequested.create({ workspaceId, bulkId: id }));
    await audit(tx, member, "bulk.retried", { subjectType: "bulk", subjectId: id, projectId, after: { retried } });
    await announce(tx, { workspaceId, projectId, topic: "bulk", id });
    return { retried };
  });
}
