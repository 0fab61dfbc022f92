import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { judgedResults } from "./flaky";

/** One result of a case, with what is needed to tell whether two of them ran the same code. */
export type Execution = {
  caseId: string;
  resultId: string;
  runId: string;
  runNumber: number;
  branch: string | null;
  commit: string | null;
  environment: string;
  status: ResultStatus;
  createdAt: Date;
};

/** How far back is looked, of each case: what is said of it costs the same however long its history is. */
export const latestExecutions = 250;

/** The latest results of each of the cases, newest first. */
export async function listExecutions(
  { workspaceId, projectId }: Member,
  caseIds: readonly string[],
): Promise<Map<string, Execution[]>> {
  const rows = await prisma.$queryRaw<Execution[]>`
    select l."caseId", l.id as "resultId", l."runId", run.number as "runNumber", run.branch, run.commit,
      l.environment, l.status::text as status, l."createdAt"
    from unnest(${[...caseIds]}::uuid[]) as asked(id)
    cross join lateral (
      select r.id, r."caseId", r."runId", r.environment, r.status, r."createdAt" from "TestResult" r
      where r."caseId" = asked.id and r."workspaceId" = ${workspaceId}::uuid and r."projectId" = ${projectId}::uuid
      order by r."createdAt" desc, r.id desc limit ${latestExecutions}) l
    join "TestRun" run on run.id = l."runId"
    order by l."createdAt" desc, l.id desc`;
  return grouped(caseIds, rows);
}

/**
 * Of the latest results of each of the cases those that a list says something of, newest first: the last, the last
 * failure, and where any of them was odd, those that its flaky score is made of. A case that always passes has one.
 */
export async function listTellingExecutions(
  { workspaceId, projectId }: Member,
  caseIds: readonly string[],
): Promise<Map<string, Execution[]>> {
  const rows = await prisma.$queryRaw<Execution[]>`
    select l."caseId", l.id as "resultId", l."runId", run.number as "runNumber", run.branch, run.commit,
      l.environment, l.status::text as status, l."createdAt"
    from unnest(${[...caseIds]}::uuid[]) as asked(id)
    cross join lateral (
      select r.*, bool_or(r.rank <= 2) over () as "isOdd",
        row_number() over (order by r."createdAt" desc, r.id desc) as place,
        row_number() over (
          partition by r.environment, r.rank in (0, 1, 2, 6) order by r."createdAt" desc, r.id desc) as "placeOfVerdict",
        row_number() over (partition by r.rank <= 2 order by r."createdAt" desc, r.id desc) as "placeOfFailure"
      from (
        select id, "caseId", "runId", environment, status, rank, "createdAt" from "TestResult"
        where "caseId" = asked.id and "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid
        order by "createdAt" desc, id desc limit ${latestExecutions}) r) l
    join "TestRun" run on run.id = l."runId"
    where l.place = 1 or (l."isOdd" and (
      (l.rank in (0, 1, 2, 6) and l."placeOfVerdict" <= ${judgedResults}) or (l.rank <= 2 and l."placeOfFailure" = 1)))
    order by l."createdAt" desc, l.id desc`;
  return grouped(caseIds, rows);
}

function grouped(caseIds: readonly string[], rows: readonly Execution[]): Map<string, Execution[]> {
  const byCase = new Map<string, Execution[]>(caseIds.map((id) => [id, []]));
  for (const row of rows) byCase.get(row.caseId)?.push(row);
  return byCase;
}
