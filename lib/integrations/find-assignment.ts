import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

const assignmentSelect = {
  id: true,
  projectId: true,
  integrationId: true,
  isPrimary: true,
  active: true,
  defaultLabels: true,
  addProductLabel: true,
  createdAt: true,
  integration: { select: { name: true, provider: true, status: true } },
} as const;

/** The assignment in the member's project; throws not_found for any other. */
export async function getAssignment(member: Member, id: string, db: Pick<Tx, "projectIntegration"> = prisma) {
  const where = { id, projectId: member.projectId, workspaceId: member.workspaceId };
  const found = isId(id) ? await db.projectIntegration.findFirst({ where, select: assignmentSelect }) : null;
  if (!found) throw notFound("integration");
  return found;
}
