import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { lowestIdAt } from "@/lib/db/ids";
import { type CallsFilter, callPeriods } from "./calls-filter";
import { getIntegration } from "./find-integration";

const pageSize = 50;

export type CallPage = Awaited<ReturnType<typeof listCalls>>;

/** The integration's outbound calls, newest first. */
export async function listCalls(admin: Actor, integrationId: string, filter: CallsFilter = {}) {
  await getIntegration(admin, integrationId);
  const { outcome, status, period, cursor } = filter;
  // Ids grow with time, so that the period and the page are one range of the index.
  const since = period && lowestIdAt(new Date(Date.now() - callPeriods[period]));
  const rows = await prisma.outboundCall.findMany({
    where: {
      workspaceId: admin.workspaceId,
      integrationId,
      id: { ...(cursor && { lt: cursor }), ...(since && { gte: since }) },
      ...(outcome && { outcome }),
      ...(status && { status: rangeOf(status) }),
    },
    orderBy: { id: "desc" },
    take: pageSize + 1,
    omit: { workspaceId: true, integrationId: true },
  });
  const calls = rows.slice(0, pageSize);
  return { calls, next: rows.length > pageSize ? (calls.at(-1)?.id ?? null) : null };
}

function rangeOf(status: NonNullable<CallsFilter["status"]>): Prisma.OutboundCallWhereInput["status"] {
  if (status === "none") return null;
  const from = Number(status[0]) * 100;
  return { gte: from, lt: from + 100 };
}
