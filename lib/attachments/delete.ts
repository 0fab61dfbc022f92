import { audit } from "@/lib/audit/record";
import { can, type Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { log } from "@/lib/log";
import { visibleTo } from "./owner";
import { deleteDiscarded } from "./sweep";

type Owned = { creationId: string | null; resultId: string | null; uploadedById: string };

/** Its uploader may; a result's file the administrators of the project too; what an issue shows nobody. */
export const mayDelete = (member: Member, { creationId, resultId, uploadedById }: Owned): boolean =>
  creationId === null &&
  can(member, "issues.create") &&
  (uploadedById === member.userId || (resultId !== null && can(member, "project.manage")));

/** Deletes a file. Throws not_found, conflict when an issue shows it, forbidden when it is another's. */
export async function deleteAttachment(member: Member, id: string): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    const select = {
      id: true,
      name: true,
      sizeBytes: true,
      creationId: true,
      resultId: true,
      uploadedById: true,
    } as const;
    const file = isId(id) ? await tx.attachment.findFirst({ where: { ...visibleTo(member), id }, select }) : null;
    if (!file) throw notFound("file");
    if (file.creationId)
      throw new AppError("conflict", "An issue shows this file. It stays as long as the issue is linked here.");
    if (!mayDelete(member, file))
      throw new AppError("forbidden", "Only whoever added this file, or a project administrator, may delete it.");
    const { count } = await tx.attachment.deleteMany({ where: { id, creationId: null } });
    if (count === 0) throw notFound("file");
    await audit(tx, member, "attachment.deleted", {
      ...{ subjectType: "attachment", subjectId: id, projectId },
      before: { name: file.name, sizeBytes: file.sizeBytes },
    });
    await announce(tx, { workspaceId, projectId, topic: "attachment", id: file.resultId ?? id });
  });
  await deleteDiscarded([id]).catch((cause) => log.warn({ err: cause }, "a deleted file's content is the sweep's"));
}
