import { prisma } from "@/lib/db/client";
import type { Place } from "../place";

/** A rule looks back so far, whichever ends first: in its preview, and where it links what has matched in the past. */
export const past = { days: 90, results: 20_000 };

export type PastRun = { id: string; number: number; createdAt: Date; failures: number };

/** The newest runs in which something failed, before that number if one is given. */
export const pastRuns = ({ workspaceId, projectId }: Place, before: number | null, most: number) =>
  prisma.$queryRaw<PastRun[]>`
    select id, number, "createdAt", failed + error + flaky as failures from "TestRun"
    where "projectId" = ${projectId}::uuid and "workspaceId" = ${workspaceId}::uuid
      and (${before}::int is null or number < ${before}) and failed + error + flaky > 0
      and "createdAt" > now() - ${past.days} * interval '1 day'
    order by number desc limit ${most}`;
