import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";

/** What a file belongs to and goes with; nothing yet: it is deleted after a day. */
export type Owner = { resultId: string } | { draftId: string } | Record<string, never>;

const most = { result: 10_000, draft: 200 };

/** The owner, which is of the member's project (a draft: the member's own) and has room; throws not_found, or conflict. */
export async function checkOwner(tx: Tx, member: Member, owner: Owner): Promise<void> {
  const { workspaceId, projectId, userId } = member;
  if ("resultId" in owner) {
    const where = { id: owner.resultId, workspaceId, projectId };
    if (!isId(owner.resultId) || !(await tx.testResult.count({ where }))) throw notFound("result");
    if ((await tx.attachment.count({ where: { resultId: owner.resultId } })) >= most.result)
      throw full("result", most.result);
  }
  if ("draftId" in owner) {
    const where = { id: owner.draftId, workspaceId, projectId, userId };
    if (!isId(owner.draftId) || !(await tx.draft.count({ where }))) throw notFound("draft");
    if ((await tx.attachment.count({ where: { draftId: owner.draftId } })) >= most.draft)
      throw full("draft", most.draft);
  }
}

const full = (noun: string, count: number) =>
  new AppError(
    "conflict",
    `This ${noun} has ${count.toLocaleString("en")} files, which is the most. Delete some first.`,
  );

/** Who a file may be visible to. */
export type Viewer = Pick<Member, "workspaceId" | "projectId" | "userId">;

/** The files of a project that the member may see: what is in a draft, or nobody's yet, is its uploader's alone. */
export const visibleTo = ({ workspaceId, projectId, userId }: Viewer) =>
  ({
    workspaceId,
    projectId,
    state: "stored",
    OR: [{ resultId: { not: null } }, { creationId: { not: null } }, { uploadedById: userId }],
  }) satisfies Prisma.AttachmentWhereInput;

/**
 * Hands the member's own files over to the creation whose text shows them, from a draft or from nobody, so that they
 * stay when the draft goes. What belongs to a result stays with the result.
 */
export async function giveToCreation(
  tx: Tx,
  member: Member,
  ids: readonly string[],
  creationId: string,
): Promise<void> {
  const { workspaceId, projectId, userId } = member;
  await tx.attachment.updateMany({
    where: {
      id: { in: ids.filter(isId) },
      ...{ workspaceId, projectId, uploadedById: userId, state: "stored", resultId: null, creationId: null },
    },
    data: { creationId, draftId: null },
  });
}
