import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

const select = {
  id: true,
  projectId: true,
  runId: true,
  caseId: true,
  status: true,
  type: true,
  message: true,
  stack: true,
  attempt: true,
  environment: true,
  run: { select: { number: true, branch: true, commit: true, buildUrl: true } },
  testCase: { select: { suite: true, className: true, name: true } },
} as const;

/** A result of the member's project with what an issue tells of it; throws not_found. */
export async function getFailure(member: Member, resultId: string, db: Pick<Tx, "testResult"> = prisma) {
  const { workspaceId, projectId } = member;
  const result = isId(resultId)
    ? await db.testResult.findFirst({ where: { id: resultId, workspaceId, projectId }, select })
    : null;
  if (!result) throw notFound("result");
  return result;
}

const latest = 20;
const notPassed = new Set<ResultStatus>(["failed", "error", "flaky", "blocked", "retest"]);

/** How the case of a result has fared of late. */
export async function getHistory(
  { workspaceId, projectId }: Member,
  caseId: string,
): Promise<{ results: number; failures: number }> {
  const rows = await prisma.testResult.findMany({
    where: { workspaceId, projectId, caseId, status: { not: "skipped" } },
    orderBy: { createdAt: "desc" },
    take: latest,
    select: { status: true },
  });
  return { results: rows.length, failures: rows.filter(({ status }) => notPassed.has(status)).length };
}
