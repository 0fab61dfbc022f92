import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import type { Case } from "./shapes";

const shownResults = 50;

/** One case of the member's project with its latest results. */
export async function getCase({ workspaceId, projectId }: Member, caseId: string): Promise<Case> {
  const found = isId(caseId)
    ? await prisma.testCase.findFirst({ where: { id: caseId, workspaceId, projectId } })
    : null;
  if (!found) throw notFound("test case");
  const results = await prisma.testResult.findMany({
    where: { caseId, workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: shownResults,
    select: {
      id: true,
      status: true,
      message: true,
      durationMs: true,
      environment: true,
      createdAt: true,
      run: { select: { id: true, number: true, branch: true } },
    },
  });
  const { id, identity, suite, className, name, createdAt } = found;
  return {
    ...{ id, identity, suite, className, name },
    createdAt: createdAt.toISOString(),
    history: results.map(({ id: resultId, run, message, createdAt: at, ...rest }) => ({
      ...rest,
      resultId,
      runId: run.id,
      runNumber: run.number,
      branch: run.branch,
      message: message?.slice(0, 1000) ?? null,
      createdAt: at.toISOString(),
    })),
  };
}
