import type { Actor } from "@/lib/auth/member";
import { readStoredCredential } from "@/lib/connections/stored-credential";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import { showAuthorities } from "./certificates";
import { readReport } from "./connection-report";
import { type FoundIntegration, getIntegration, integrationSelect } from "./find-integration";
import { publicValuesOf } from "./read-credential";

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

/** One integration with the projects that use it and the way to it; never a secret. */
export async function showIntegration(admin: Actor, id: string) {
  const found = await getIntegration(admin, id);
  const { workspaceId } = admin;
  const way = await prisma.integration.findFirstOrThrow({
    where: { id: found.id, workspaceId },
    select: { caCertificate: true, tlsFingerprint: true, proxyHost: true },
  });
  const ownConnections = await prisma.connection.count({
    where: { workspaceId, integrationId: found.id, userId: { not: null }, status: "active" },
  });
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
  return {
    ...face(found),
    ...way,
    certificates: showAuthorities(way.caCertificate),
    credential: await publicCredential(found),
    /** People who sign in for themselves. */
    ownConnections,
    projects: assignments,
  };
}

/** What may be seen again of the stored credential: an e-mail address, the name of a header. */
async function publicCredential({ provider, authType, shared, workspaceId }: FoundIntegration) {
  const form = trackerOf(provider).auth.find(({ id }) => id === authType);
  if (!form || !shared || form.fields.every(({ isSecret }) => isSecret)) return {};
  const stored = await readStoredCredential({ id: shared.id, workspaceId }, authType);
  return stored ? publicValuesOf(form, stored.values) : {};
}

export type IntegrationListed = Awaited<ReturnType<typeof listIntegrations>>[number];
export type IntegrationShown = Awaited<ReturnType<typeof showIntegration>>;

const face = ({ workspaceId: _, settings: __, lastTest, shared, ...integration }: FoundIntegration) => ({
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
