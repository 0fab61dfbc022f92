import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { mayDelete } from "./delete";
import { visibleTo } from "./owner";
import type { ListedAttachment } from "./shapes";
import { viewOf, viewSelect } from "./view";

const select = { ...viewSelect, sha256: true, resultId: true, creationId: true, uploadedById: true } as const;

/** A file that the member may see; throws not_found. */
export async function getAttachment(member: Member, id: string) {
  const found = isId(id) ? await prisma.attachment.findFirst({ where: { ...visibleTo(member), id }, select }) : null;
  if (!found) throw notFound("file");
  return found;
}

export type StoredAttachment = Awaited<ReturnType<typeof getAttachment>>;

/** A file for its own page, with the result that it belongs to. */
export async function showAttachment(
  member: Member,
  id: string,
): Promise<{ file: ListedAttachment; result: { runId: string; resultId: string; name: string } | null }> {
  const { sha256: _, resultId, creationId, uploadedById, ...row } = await getAttachment(member, id);
  const { workspaceId, projectId } = member;
  const result = resultId
    ? await prisma.testResult.findFirst({
        where: { id: resultId, workspaceId, projectId },
        select: { id: true, runId: true, testCase: { select: { name: true } } },
      })
    : null;
  return {
    file: { ...viewOf(row), canDelete: mayDelete(member, { resultId, creationId, uploadedById }) },
    result: result && { runId: result.runId, resultId: result.id, name: result.testCase.name },
  };
}
