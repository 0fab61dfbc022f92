import type { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { TestRunModel } from "@/lib/db/generated/models";
import { isId } from "@/lib/db/ids";
import { asPattern } from "@/lib/db/like";
import { notFound } from "@/lib/errors";
import { getProject } from "@/lib/projects/list";
import type { runsInput } from "./inputs";
import type { Run, RunRow } from "./shapes";

const toRun = (row: TestRunModel): Run => {
  const { id, number, ciRunId, branch, commit, buildUrl, environment, attempt, durationMs, createdAt } = row;
  const { passed, failed, error, skipped, flaky, blocked, retest } = row;
  return {
    ...{ id, number, ciRunId, branch, commit, buildUrl, environment, attempt },
    totals: { passed, failed, error, skipped, flaky, blocked, retest },
    durationMs: Number(durationMs),
    createdAt: createdAt.toISOString(),
  };
};

/** The runs of the member's project that match, newest first, each with its problems. */
export async function listRuns(
  member: Member,
  { cursor, limit, branch, environment, commit }: z.output<typeof runsInput>,
): Promise<{ runs: RunRow[]; next: string | null }> {
  const { workspaceId, projectId } = member;
  const rows = await prisma.testRun.findMany({
    where: {
      ...{ workspaceId, projectId },
      ...(cursor !== undefined && { number: { lt: cursor } }),
      ...(branch && { branch }),
      ...(environment && { environment }),
      ...(commit && { commit: { startsWith: asPattern(commit), mode: "insensitive" } }),
    },
    orderBy: { number: "desc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const problems = await countProblems(member, shown);
  const runs = shown.map((row) => ({ ...toRun(row), ...(problems.get(row.id) ?? { problems: 0, newProblems: 0 }) }));
  return { runs, next: rows.length > limit ? String(runs.at(-1)?.number) : null };
}

/** How many failure groups the runs have with a failure in them, and how many of those were first seen there. */
async function countProblems({ workspaceId }: Member, runs: readonly { id: string }[]) {
  const rows = await prisma.$queryRaw<{ runId: string; problems: number; newProblems: number }[]>`
    select r."runId", count(distinct f."groupId")::int as problems,
      (count(distinct f."groupId") filter (where g."firstRunId" = r."runId"))::int as "newProblems"
    from "RunFingerprint" r
    join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.hash
    join "FailureGroup" g on g.id = f."groupId"
    where r."runId" = any(${runs.map(({ id }) => id)}::uuid[]) and r."workspaceId" = ${workspaceId}::uuid
      and r.failures > 0
    group by r."runId"`;
  return new Map(rows.map(({ runId, ...counts }) => [runId, counts]));
}

/** One run of the member's project. */
export async function getRun({ workspaceId, projectId }: Member, runId: string): Promise<Run> {
  const row = isId(runId) ? await prisma.testRun.findFirst({ where: { id: runId, workspaceId, projectId } }) : null;
  if (!row) throw notFound("run");
  return toRun(row);
}

/** The latest run of the member's project. */
export async function findLatestRun({ workspaceId, projectId }: Member): Promise<Run | null> {
  const row = await prisma.testRun.findFirst({ where: { workspaceId, projectId }, orderBy: { number: "desc" } });
  return row && toRun(row);
}

/** What a run is compared with unless somebody says otherwise: the run before of its branch, else of the default one. */
export async function findRunBefore(member: Member, { number, branch }: Run): Promise<Run | null> {
  const { workspaceId, projectId } = member;
  const { defaultBranch } = await getProject(member);
  for (const name of new Set([branch, defaultBranch])) {
    const row = await prisma.testRun.findFirst({
      where: { workspaceId, projectId, branch: name, number: { lt: number } },
      orderBy: { number: "desc" },
    });
    if (row) return toRun(row);
  }
  return null;
}

const looksAt = 1_000;

/** What the runs can be narrowed to: the branches and environments of the latest 1,000, the default branch first. */
export async function listRunFacets(member: Member): Promise<{ branches: string[]; environments: string[] }> {
  const { workspaceId, projectId } = member;
  const [{ defaultBranch }, runs] = await Promise.all([
    getProject(member),
    prisma.testRun.findMany({
      where: { workspaceId, projectId },
      orderBy: { number: "desc" },
      take: looksAt,
      select: { branch: true, environment: true },
    }),
  ]);
  const names = (values: (string | null)[]) => [...new Set(values.flatMap((value) => value || []))].sort();
  const branches = names(runs.map(({ branch }) => branch));
  return {
    branches: [
      ...branches.filter((name) => name === defaultBranch),
      ...branches.filter((name) => name !== defaultBranch),
    ],
    environments: names(runs.map(({ environment }) => environment)),
  };
}
