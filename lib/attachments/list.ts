import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { mayDelete } from "./delete";
import type { filesInput } from "./inputs";
import { missingPaths, namedPaths } from "./named-paths";
import type { AttachmentsPage } from "./shapes";
import { viewOf, viewSelect } from "./view";

/** A page of a result's files, oldest first, and what the report names and nobody has sent. */
export async function listResultFiles(
  member: Member,
  resultId: string,
  { cursor, limit }: z.output<typeof filesInput>,
): Promise<AttachmentsPage> {
  const { workspaceId, projectId } = member;
  const result = isId(resultId)
    ? await prisma.testResult.findFirst({
        where: { id: resultId, workspaceId, projectId },
        select: { output: true },
      })
    : null;
  if (!result) throw notFound("result");

  const where = { workspaceId, projectId, resultId, state: "stored" } as const;
  const named = namedPaths(result.output ?? "");
  const [rows, total, sent] = await Promise.all([
    prisma.attachment.findMany({
      where: { ...where, ...(cursor && { id: { gt: cursor } }) },
      orderBy: { id: "asc" },
      take: limit + 1,
      select: { ...viewSelect, resultId: true, creationId: true, uploadedById: true },
    }),
    prisma.attachment.count({ where }),
    named.length > 0 ? prisma.attachment.findMany({ where, select: { path: true } }) : [],
  ]);
  const attachments = rows.slice(0, limit).map(({ resultId, creationId, uploadedById, ...row }) => ({
    ...viewOf(row),
    canDelete: mayDelete(member, { resultId, creationId, uploadedById }),
  }));
  const last = attachments.at(-1);
  return {
    attachments,
    next: rows.length > limit && last ? last.id : null,
    total,
    missing: missingPaths(
      named,
      sent.map(({ path }) => path),
    ),
  };
}
