import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { parseDoc } from "@/lib/richtext/doc";
import { standingOf } from "@/lib/triage/standing";
import type { caseResultsInput } from "./case-inputs";
import type { Case, HistoryRow } from "./case-shapes";

/** One case of the member's project, as people wrote it. */
export async function getCase({ workspaceId, projectId }: Member, caseId: string): Promise<Case> {
  const found = isId(caseId)
    ? await prisma.testCase.findFirst({ where: { id: caseId, workspaceId, projectId } })
    : null;
  if (!found) throw notFound("test case");
  const { id, identity, suite, className, name, owner, component, tags, version } = found;
  return {
    ...{ id, identity, suite, className, name, owner, component, tags, version },
    ...standingOf(found, new Date()),
    steps: found.steps === null ? null : parseDoc(found.steps),
    expected: found.expected === null ? null : parseDoc(found.expected),
    createdAt: found.createdAt.toISOString(),
    updatedAt: found.updatedAt.toISOString(),
  };
}

/** Throws not_found unless the case is of the member's project. */
export async function checkCase({ workspaceId, projectId }: Member, caseId: string): Promise<void> {
  const where = { id: caseId, workspaceId, projectId };
  if (!isId(caseId) || !(await prisma.testCase.count({ where }))) throw notFound("test case");
}

const select = {
  id: true,
  status: true,
  message: true,
  durationMs: true,
  environment: true,
  createdAt: true,
  run: { select: { id: true, number: true, branch: true, commit: true } },
} as const;

/** A page of the case's results, newest first. Keyset: the last page costs what the first one costs. */
export async function listCaseResults(
  member: Member,
  caseId: string,
  { cursor, limit }: z.output<typeof caseResultsInput>,
): Promise<{ results: HistoryRow[]; next: string | null }> {
  await checkCase(member, caseId);
  const { workspaceId, projectId } = member;
  const rows = await prisma.testResult.findMany({
    where: {
      ...{ caseId, workspaceId, projectId },
      ...(cursor && {
        createdAt: { lte: cursor.at },
        OR: [{ createdAt: { lt: cursor.at } }, { id: { lt: cursor.id } }],
      }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    results: rows.slice(0, limit).map(toHistoryRow),
    next: last ? `${last.createdAt.getTime()}_${last.id}` : null,
  };
}

/** One of its results as the history tells it. */
export async function getHistoryRow({ workspaceId, projectId }: Member, resultId: string): Promise<HistoryRow | null> {
  const row = await prisma.testResult.findFirst({ where: { id: resultId, workspaceId, projectId }, select });
  return row && toHistoryRow(row);
}

type Row = {
  id: string;
  message: string | null;
  createdAt: Date;
  run: { id: string; number: number; branch: string | null; commit: string | null };
} & Pick<HistoryRow, "status" | "durationMs" | "environment">;

const toHistoryRow = ({ id, run, message, createdAt, ...rest }: Row): HistoryRow => ({
  ...rest,
  resultId: id,
  runId: run.id,
  runNumber: run.number,
  branch: run.branch,
  commit: run.commit,
  message: message?.slice(0, 1000) ?? null,
  createdAt: createdAt.toISOString(),
});
