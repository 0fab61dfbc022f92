import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";

/** Whether all trackers of the project are such that issues can be linked from them and not filed in them. */
export async function isLinkedOnly({ workspaceId, projectId }: Member): Promise<boolean> {
  const assignments = await prisma.projectIntegration.findMany({
    where: { workspaceId, projectId, active: true, integration: { status: "active" } },
    select: { integration: { select: { provider: true } } },
  });
  return (
    assignments.length > 0 &&
    assignments.every(({ integration }) => !offersOf(trackerOf(integration.provider)).createIssue)
  );
}
