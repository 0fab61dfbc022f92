import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import { getIntegration } from "../find-integration";

export type BudgetShown = Awaited<ReturnType<typeof showBudget>>;

/** What each credential of an integration may still ask of the tracker, and what waits for that; for its page. */
export async function showBudget(admin: Actor, integrationId: string, now = new Date()) {
  const { workspaceId } = admin;
  const { provider } = await getIntegration(admin, integrationId);
  const [connections, waiting] = await Promise.all([
    prisma.connection.findMany({
      where: { workspaceId, integrationId },
      orderBy: { id: "asc" },
      select: {
        id: true,
        login: true,
        userId: true,
        budget: { include: { windows: { orderBy: { bucket: "asc" } } } },
      },
    }),
    prisma.issueCreation.aggregate({
      where: { workspaceId, integrationId, errorKind: "tracker_rate_limited", retryAt: { not: null } },
      _count: true,
      _max: { retryAt: true },
    }),
  ]);
  return {
    trackerLabel: trackerOf(provider).label,
    waiting: { creations: waiting._count, until: ahead(waiting._max.retryAt, now) },
    credentials: connections.map(({ id, login, userId, budget }) => ({
      id,
      name: login ?? (userId ? "a person" : "the shared credential"),
      blockedUntil: ahead(budget?.blockedUntil, now),
      bulkUntil: ahead(budget?.bulkLineEndsAt, now),
      windows: (budget?.windows ?? []).map(({ bucket, limit, remaining, resetAt }) => {
        const ends = ahead(resetAt, now);
        // After its reset it is whole again, until the next call says otherwise.
        return { bucket, limit, remaining: ends ? remaining : limit, resetAt: ends };
      }),
    })),
  };
}

/** A moment that lies ahead, as pages get it; null when it is past. */
const ahead = (moment: Date | null | undefined, now: Date) => (moment && moment > now ? moment.toISOString() : null);
