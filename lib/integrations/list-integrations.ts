import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import { readReport } from "./connection-report";
import { type FoundIntegration, getIntegration, integrationSelect } from "./find-integration";

/** All integrations of the workspace, by name; none of their secrets. */
export async function listIntegrations(admin: Actor) {
  const rows = await prisma.integration.findMany({
    where: { workspaceId: admin.workspaceId },
    orderBy: { name: "asc" },
    select: { ...integrationSelect, _count: { select: { assignments: true } } },
  });
  return rows.map(({ connections, _count, ...row }) => ({
    ...face({ ...row, shared: connections[0] ?? null }),
    projects: _count.assignments,
  }));
}

/** One integration with the projects that use it; never the secret. */
export async function showIntegration(admin: Actor, id: string) {
  const found = await getIntegration(admin, id);
  const assignments = await prisma.projectIntegration.findMany({
    where: { workspaceId: admin.workspaceId, integrationId: found.id },
    orderBy: { project: { name: "asc" } },
    select: {
      id: true,
      isPrimary: true,
      active: true,
      project: { select: { id: true, name: true } },
      externalProjects: { orderBy: { key: "asc" }, select: { id: true, key: true, url: true, isDefault: true } },
    },
  });
  return { ...face(found), projects: assignments };
}

export type IntegrationListed = Awaited<ReturnType<typeof listIntegrations>>[number];
export type IntegrationShown = Awaited<ReturnType<typeof showIntegration>>;

const face = ({ workspaceId: _, lastTest, shared, ...integration }: FoundIntegration) => ({
  ...integration,
  providerLabel: trackerOf(integration.provider).label,
  lastTest: readReport(lastTest),
  account: shared && {
    login: shared.login,
    displayName: shared.displayName,
    status: shared.status,
    scopes: shared.scopes,
    lastUsedAt: shared.lastUsedAt,
    /** When the credential was last stored or checked; its age reminds people to renew it. */
    updatedAt: shared.updatedAt,
  },
});
