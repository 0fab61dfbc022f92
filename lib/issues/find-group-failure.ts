import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { placesOf } from "@/lib/triage/group-spread";
import { getGroupId, groupsOf } from "./groups";

// Enough to see where it happens; the rest is counted, and one click away.
const mostTests = 20;

export type AffectedTest = { resultId: string; suite: string; className: string; name: string; environment: string };

/** What a failure group brings to the form, beside the failure that stands for it: as it is in the run of that failure. */
export type GroupFailure = {
  id: string;
  firstRun: { id: string; number: number } | null;
  /** In the run: results that failed or are in error, and those that passed on a rerun. */
  failures: number;
  flaky: number;
  cases: number;
  suites: number;
  environments: string[];
  /** The first of them, and how many there are not among these. */
  tests: AffectedTest[];
  more: number;
  /** In all runs of the project. */
  runs: number;
  failuresInAll: number;
};

type Sample = { id: string; runId: string };

/** The group of a failed result with its counts; refused when the result is of another. */
export async function getGroupFailure(member: Member, groupId: string, sample: Sample): Promise<GroupFailure> {
  const id = await getGroupId(member, groupId);
  if ((await groupsOf(prisma, member, [sample.id])).get(sample.id) !== id) {
    const message = "This result is not of that failure group any more. Open the run again.";
    throw new AppError("invalid_input", message, { fields: { groupId: message } });
  }
  const run = await prisma.testRun.findUniqueOrThrow({
    where: { id: sample.runId },
    select: { id: true, number: true, branch: true },
  });
  const [counts, places, tests, firstRun] = await Promise.all([
    countsOf(member, id, run.id),
    placesOf(member, run, [id]),
    testsOf(member, id, run.id),
    firstRunOf(member, id),
  ]);
  const { environments, ...rest } = counts;
  return {
    id,
    ...rest,
    ...(places.get(id) ?? { cases: 0, suites: 0 }),
    environments: [...new Set(environments?.flat())].sort(),
    tests,
    more: Math.max(0, counts.failures + counts.flaky - tests.length),
    firstRun,
  };
}

type Counts = Pick<GroupFailure, "failures" | "flaky" | "runs" | "failuresInAll"> & { environments: string[][] | null };

async function countsOf({ projectId, workspaceId }: Member, groupId: string, runId: string): Promise<Counts> {
  const [counts] = await prisma.$queryRaw<Counts[]>`
    select coalesce(sum(r.failures) filter (where r."runId" = ${runId}::uuid), 0)::int as failures,
      coalesce(sum(r.flaky) filter (where r."runId" = ${runId}::uuid), 0)::int as flaky,
      json_agg(r.environments) filter (where r."runId" = ${runId}::uuid) as environments,
      count(distinct r."runId")::int as runs,
      coalesce(sum(r.failures + r.flaky), 0)::int as "failuresInAll"
    from "Fingerprint" f join "RunFingerprint" r on r."projectId" = f."projectId" and r.hash = f.hash
    where f."groupId" = ${groupId}::uuid and f."projectId" = ${projectId}::uuid and f."workspaceId" = ${workspaceId}::uuid`;
  return counts ?? { failures: 0, flaky: 0, environments: null, runs: 0, failuresInAll: 0 };
}

/** Of each fingerprint the first few by the index that has them in this order: a group may have 50,000 failures. */
const testsOf = ({ projectId, workspaceId }: Member, groupId: string, runId: string) =>
  prisma.$queryRaw<AffectedTest[]>`
    select r.id as "resultId", c.suite, c."className", c.name, r.environment
    from (
      select f.hash from "Fingerprint" f
      join "RunFingerprint" x on x."runId" = ${runId}::uuid and x.hash = f.hash
      where f."groupId" = ${groupId}::uuid and f."projectId" = ${projectId}::uuid
      order by x.failures desc, f.hash limit ${mostTests}
    ) h cross join lateral (
      select id, "caseId", environment, rank from "TestResult"
      where "runId" = ${runId}::uuid and fingerprint = h.hash and "workspaceId" = ${workspaceId}::uuid
      order by id limit ${mostTests}
    ) r join "TestCase" c on c.id = r."caseId"
    order by r.rank, r.id limit ${mostTests}`;

async function firstRunOf({ workspaceId, projectId }: Member, groupId: string) {
  const [run] = await prisma.$queryRaw<{ id: string; number: number }[]>`
    select r.id, r.number from "FailureGroup" g join "TestRun" r on r.id = g."firstRunId"
    where g.id = ${groupId}::uuid and g."workspaceId" = ${workspaceId}::uuid and g."projectId" = ${projectId}::uuid`;
  return run ?? null;
}
