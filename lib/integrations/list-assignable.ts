import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";

/** The workspace's integrations that are in use and that the project does not have yet. */
export async function listAssignable(member: Member) {
  const rows = await prisma.integration.findMany({
    where: {
      workspaceId: member.workspaceId,
      status: "active",
      assignments: { none: { projectId: member.projectId } },
    },
    orderBy: { name: "asc" },
    select: { id: true, name: true, provider: true, baseUrl: true },
  });
  return rows.map((row) => ({ ...row, providerLabel: trackerOf(row.provider).label }));
}

export type Assignable = Awaited<ReturnType<typeof listAssignable>>[number];
