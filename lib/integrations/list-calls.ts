import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { getIntegration } from "./find-integration";

const pageSize = 50;

export type CallPage = Awaited<ReturnType<typeof listCalls>>;

/** The integration's outbound calls, newest first. The cursor is the last id seen: ids grow with time. */
export async function listCalls(admin: Actor, integrationId: string, cursor: string | null) {
  await getIntegration(admin, integrationId);
  const rows = await prisma.outboundCall.findMany({
    where: { workspaceId: admin.workspaceId, integrationId, ...(isId(cursor) && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: pageSize + 1,
    omit: { workspaceId: true, integrationId: true },
  });
  const calls = rows.slice(0, pageSize);
  return { calls, next: rows.length > pageSize ? (calls.at(-1)?.id ?? null) : null };
}
