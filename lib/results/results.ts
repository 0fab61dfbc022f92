import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { asPattern } from "@/lib/db/like";
import { notFound } from "@/lib/errors";
import { getGroupId } from "@/lib/issues/groups";
import type { resultsInput } from "./inputs";
import { getRun } from "./runs";
import { attemptSchema, type Result, type ResultRow } from "./shapes";
import { ranks } from "./statuses";

type Row = ResultRow & { rank: number };

// `%`, `_` and `\` stand for themselves.
const contains = (text: string) => `%${asPattern(text)}%`;

/** A page of a run's results, failures first. Keyset on (rank, id): page 1,000 costs what page 1 costs. */
export async function listResults(
  member: Member,
  runId: string,
  { cursor, limit, status, q, groupId }: z.output<typeof resultsInput>,
): Promise<{ results: ResultRow[]; next: string | null }> {
  await getRun(member, runId);
  const filters = [
    Prisma.sql`r."runId" = ${runId}::uuid and r."workspaceId" = ${member.workspaceId}::uuid`,
    ...(cursor ? [Prisma.sql`(r.rank, r.id) > (${cursor.rank}::smallint, ${cursor.id}::uuid)`] : []),
    ...(status?.length ? [Prisma.sql`r.rank = any(${status.map((name) => ranks[name])}::smallint[])`] : []),
    ...(q ? [matches(q)] : []),
  ];
  const page = (where: Prisma.Sql[]) => Prisma.sql`
    select r.id, r."caseId", c.suite, c."className", c.name, r.status::text as status, left(r.message, 1000) as message,
      r.attempt, r."durationMs", r.environment, r.rank
    from "TestResult" r join "TestCase" c on c.id = r."caseId"
    where ${Prisma.join(where, " and ")}
    order by r.rank, r.id limit ${limit + 1}`;
  const rows = await prisma.$queryRaw<Row[]>(
    groupId === undefined
      ? page(filters)
      : // Each fingerprint of the group has its own stretch of the index, in this order; what comes first of each is enough.
        Prisma.sql`
    select r.* from (${fingerprintsOf(await getGroupId(member, groupId), runId)}) f
    cross join lateral (${page([...filters, Prisma.sql`r.fingerprint = f.hash`])}) r
    order by rank, id limit ${limit + 1}`,
  );
  const results = rows.slice(0, limit).map(({ rank: _, ...row }) => row);
  const last = rows[limit - 1];
  return { results, next: rows.length > limit && last ? `${last.rank}_${last.id}` : null };
}

const fingerprintsOf = (groupId: string, runId: string) => Prisma.sql`
  select f.hash from "Fingerprint" f join "RunFingerprint" x on x."runId" = ${runId}::uuid and x.hash = f.hash
  where f."groupId" = ${groupId}::uuid`;

const matches = (q: string) => {
  const pattern = contains(q);
  return Prisma.sql`(c.name ilike ${pattern} or c.suite ilike ${pattern} or c."className" ilike ${pattern}
    or r.message ilike ${pattern})`;
};

const stored = z.object({
  attempts: z.array(attemptSchema).catch([]),
  properties: z.record(z.string(), z.string()).catch({}),
});

/** One result of a run of the member's project, whole. */
export async function getResult(
  { workspaceId, projectId }: Member,
  { runId, resultId }: { runId: string; resultId: string },
): Promise<Result> {
  const row =
    isId(resultId) && isId(runId)
      ? await prisma.testResult.findFirst({
          where: { id: resultId, runId, workspaceId, projectId },
          include: { testCase: { select: { suite: true, className: true, name: true } } },
        })
      : null;
  if (!row) throw notFound("result");
  const { id, caseId, status, type, message, stack, output, durationMs, attempt, environment, testCase } = row;
  return {
    ...{ id, runId, caseId, ...testCase, status, type, message, stack, output, durationMs, attempt, environment },
    ...stored.parse({ attempts: row.attempts, properties: row.properties }),
    createdAt: row.createdAt.toISOString(),
  };
}
