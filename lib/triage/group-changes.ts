import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { GroupChangeView } from "./shapes";

const most = 50;

/** The latest merges and splits that touched the group, newest first. */
export async function listGroupChanges(
  { workspaceId, projectId }: Member,
  groupId: string,
): Promise<GroupChangeView[]> {
  const rows = await prisma.groupChange.findMany({
    where: { workspaceId, projectId, groupIds: { has: groupId } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    select: { id: true, kind: true, groupIds: true, actorId: true, createdAt: true, undoneAt: true },
  });
  const actors = await prisma.user.findMany({
    where: { id: { in: [...new Set(rows.map(({ actorId }) => actorId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  return rows.map(({ id, kind, groupIds, actorId, createdAt, undoneAt }) => ({
    ...{ id, groupIds, kind: kindOf(kind) },
    actorName: names.get(actorId) ?? "a former member",
    createdAt: createdAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
  }));
}

const kindOf = (kind: string): GroupChangeView["kind"] => (kind === "split" || kind === "refine" ? kind : "merge");
