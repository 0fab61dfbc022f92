import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

/** A bulk creation of the member's project; throws not_found. */
export async function getBulk(member: Member, bulkId: string, db: Pick<Tx, "bulkCreation"> = prisma) {
  const { workspaceId, projectId } = member;
  const bulk = isId(bulkId) ? await db.bulkCreation.findFirst({ where: { id: bulkId, workspaceId, projectId } }) : null;
  if (!bulk) throw notFound("bulk creation");
  return bulk;
}
