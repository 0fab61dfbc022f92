import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import type { IntegrationStatus } from "@/lib/db/generated/enums";
import { announce } from "@/lib/events/announce";
import { getIntegration } from "./find-integration";

/** Nothing is sent to the tracker any more; issues, links and settings stay. */
export const disableIntegration = (admin: Actor, id: string) =>
  setStatus(admin, id, "disabled", "integration.disabled");

/** Takes a disabled integration back into use. */
export const enableIntegration = (admin: Actor, id: string) => setStatus(admin, id, "active", "integration.enabled");

async function setStatus(admin: Actor, id: string, status: IntegrationStatus, action: string): Promise<void> {
  await transaction(async (tx) => {
    const before = await getIntegration(admin, id, tx);
    if (before.status === status) return;
    await tx.integration.update({ where: { id: before.id }, data: { status }, select: { id: true } });
    await audit(tx, admin, action, {
      subjectType: "integration",
      subjectId: before.id,
      before: { status: before.status },
      after: { status },
    });
    await announce(tx, { workspaceId: admin.workspaceId, projectId: null, topic: "integration", id: before.id });
  });
}
