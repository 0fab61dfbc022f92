import type { Tx } from "@/lib/db/client";

/**
 * Bulk work of the integration was called back, and with it those who stood in line: unless others stand there still,
 * whoever comes next need not wait behind nobody.
 */
export async function clearBulkLine(
  tx: Pick<Tx, "$executeRaw">,
  { workspaceId, integrationId }: { workspaceId: string; integrationId: string },
): Promise<void> {
  await tx.$executeRaw`
    update "RateBudget" b set "bulkLineEndsAt" = null from "Connection" c
    where c.id = b."connectionId" and c."integrationId" = ${integrationId}::uuid
      and c."workspaceId" = ${workspaceId}::uuid and b."bulkLineEndsAt" is not null
      and not exists (
        select from "IssueCreation" i where i."integrationId" = c."integrationId"
          and i."workspaceId" = c."workspaceId" and i."bulkId" is not null and i.state in ('queued', 'held'))`;
}
