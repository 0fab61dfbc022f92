import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import type { bulksInput } from "./inputs";
import type { BulkView } from "./shapes";
import { toBulkViews } from "./view";

/** The bulk creations of a run or of the project, newest first. */
export async function listBulks(
  member: Member,
  { runId, limit, cursor }: z.output<typeof bulksInput>,
): Promise<{ bulks: BulkView[]; next: string | null }> {
  const { workspaceId, projectId } = member;
  if ([runId, cursor].some((id) => id !== undefined && !isId(id))) return { bulks: [], next: null };
  const rows = await prisma.bulkCreation.findMany({
    where: { workspaceId, projectId, ...(runId && { runId }), ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return { bulks: await toBulkViews(member, shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
