import { z } from "zod";
import type { Actor } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import type { Settings } from "@/lib/trackers/tracker";

/** What every verb may know of an integration; the shared connection without its secret. */
export const integrationSelect = {
  id: true,
  workspaceId: true,
  provider: true,
  name: true,
  baseUrl: true,
  authType: true,
  settings: true,
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

/** What the tracker's adapter had found out when it was connected. */
export const settingsOf = ({ settings }: { settings: unknown }): Settings => settingsShape.parse(settings);
const settingsShape = z.record(z.string(), z.string());

export type FoundIntegration = Awaited<ReturnType<typeof getIntegration>>;
