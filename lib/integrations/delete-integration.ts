import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { counted } from "./counted";
import { getIntegration } from "./find-integration";

/** What deleting an integration would take with it; the confirmation says these numbers. */
export async function countUses(
  admin: Actor,
  integrationId: string,
  db: Pick<Tx, "projectIntegration" | "externalIssue" | "issueCreation" | "draft"> = prisma,
) {
  const where = { workspaceId: admin.workspaceId, integrationId };
  const [projects, issues, creations, drafts] = await Promise.all([
    db.projectIntegration.count({ where }),
    db.externalIssue.count({ where }),
    db.issueCreation.count({ where }),
    db.draft.count({ where }),
  ]);
  return { projects, issues, creations, drafts };
}

/**
 * Deletes an integration that has never brought forth an issue, with its credential, its assignments and its drafts;
 * while projects use it, only once that was confirmed. One with issues can be disabled: their links lead through it.
 */
export async function deleteIntegration(
  admin: Actor,
  id: string,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<void> {
  await transaction(async (tx) => {
    const before = await getIntegration(admin, id, tx);
    // Held until the end, so that no issue and no assignment joins between the count and the deletion.
    await tx.$queryRaw`select 1 from "Integration" where "id" = ${id}::uuid for update`;
    const uses = await countUses(admin, id, tx);
    if (uses.issues + uses.creations > 0) {
      const what = uses.issues > 0 ? counted(uses.issues, "issue") : counted(uses.creations, "issue creation");
      throw new AppError(
        "conflict",
        `${what} came through ${before.name}, so it cannot be deleted. Disable it instead.`,
      );
    }
    if (uses.projects > 0 && !isConfirmed)
      throw new AppError(
        "conflict",
        `${before.name} is used by ${counted(uses.projects, "project")}. Confirm to delete it there as well.`,
      );

    await tx.draft.deleteMany({ where: { workspaceId: admin.workspaceId, integrationId: id } });
    await tx.integration.delete({ where: { id }, select: { id: true } });
    await audit(tx, admin, "integration.deleted", {
      subjectType: "integration",
      subjectId: id,
      before: { name: before.name, provider: before.provider, baseUrl: before.baseUrl, ...uses },
    });
    await announce(tx, { workspaceId: admin.workspaceId, projectId: null, topic: "integration", id });
  });
}
