import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { TestRunModel } from "@/lib/db/generated/models";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import type { runsInput } from "./inputs";
import type { Run } from "./shapes";

const toRun = (row: TestRunModel): Run => {
  const { id, number, ciRunId, branch, commit, buildUrl, environment, durationMs, createdAt } = row;
  const { passed, failed, error, skipped, flaky, blocked, retest } = row;
  return {
    ...{ id, number, ciRunId, branch, commit, buildUrl, environment },
    totals: { passed, failed, error, skipped, flaky, blocked, retest },
    durationMs: Number(durationMs),
    createdAt: createdAt.toISOString(),
  };
};

/** The runs of the member's project, newest first. */
export async function listRuns(
  { workspaceId, projectId }: Member,
  { cursor, limit }: z.output<typeof runsInput>,
): Promise<{ runs: Run[]; next: string | null }> {
  const rows = await prisma.testRun.findMany({
    where: { workspaceId, projectId, ...(cursor !== undefined && { number: { lt: cursor } }) },
    orderBy: { number: "desc" },
    take: limit + 1,
  });
  const runs = rows.slice(0, limit).map(toRun);
  return { runs, next: rows.length > limit ? String(runs.at(-1)?.number) : null };
}

/** One run of the member's project. */
export async function getRun({ workspaceId, projectId }: Member, runId: string): Promise<Run> {
  const row = isId(runId) ? await prisma.testRun.findFirst({ where: { id: runId, workspaceId, projectId } }) : null;
  if (!row) throw notFound("run");
  return toRun(row);
}
