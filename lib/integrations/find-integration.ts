import type { Actor } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

/** What every verb may know of an integration; the shared connection without its secret. */
export const integrationSelect = {
  id: true,
  workspaceId: true,
  provider: true,
  name: true,
  baseUrl: true,
  authType: true,
  status: true,
  lastTest: true,
  lastTestAt: true,
  createdAt: true,
  updatedAt: true,
  connections: {
    where: { userId: null },
    select: { id: true, status: true, login: true, displayName: true, scopes: true, lastUsedAt: true, updatedAt: true },
  },
} as const;

/** The integration of the actor's workspace; throws not_found for any other. */
export async function getIntegration(
  actor: Pick<Actor, "workspaceId">,
  id: string,
  db: Pick<Tx, "integration"> = prisma,
) {
  const found = isId(id)
    ? await db.integration.findFirst({ where: { id, workspaceId: actor.workspaceId }, select: integrationSelect })
    : null;
  if (!found) throw notFound("integration");
  const { connections, ...integration } = found;
  return { ...integration, shared: connections[0] ?? null };
}

export type FoundIntegration = Awaited<ReturnType<typeof getIntegration>>;
