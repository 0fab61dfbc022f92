import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { getIntegration } from "./find-integration";

/** Lets a project create and link issues through an integration; the project's first one becomes its primary one. */
export async function assignIntegration(member: Member, integrationId: string): Promise<{ id: string }> {
  return transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const integration = await getIntegration(member, integrationId, tx);
    if (integration.status !== "active")
      throw new AppError("integration_disabled", `${integration.name} is disabled. An administrator can enable it.`);

    const { projectId, workspaceId } = member;
    const present = await tx.projectIntegration.findMany({
      where: { projectId, workspaceId },
      select: { integrationId: true, isPrimary: true },
    });
    if (present.some((one) => one.integrationId === integration.id))
      throw new AppError("conflict", `${integration.name} is assigned to this project already.`);

    const id = newId();
    const isPrimary = !present.some((one) => one.isPrimary);
    await tx.projectIntegration.create({
      data: { id, workspaceId, projectId, integrationId: integration.id, isPrimary },
      select: { id: true },
    });
    await audit(tx, member, "assignment.created", {
      subjectType: "assignment",
      subjectId: id,
      projectId,
      after: { integrationId: integration.id, name: integration.name, isPrimary },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: integration.id });
    return { id };
  });
}
