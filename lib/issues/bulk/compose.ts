import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Failure } from "../prefill";
import { titleOf } from "../prefill";
import { groupTitleOf } from "../prefill-group";
import { candidatesSql } from "./candidates";
import type { BulkInput } from "./inputs";
import { namesProblems, type Tally } from "./tally";

/** What one issue is for: results, and the problems that it is for as a whole. */
export type Item = { title: string; resultIds: string[]; groupIds: string[] };

type Asked = Pick<BulkInput, "runId" | "integrationId" | "selection" | "mode">;
type Row = {
  id: string;
  groupId: string | null;
  failures: number;
  flaky: number;
  cases: number;
} & Pick<Failure, "type" | "message" | "status"> &
  Failure["testCase"];

// The greatest first, as the run's page shows them. Each is told by its first failure.
const problems = Prisma.sql`
  select distinct on (problem) id, "groupId", count(*) over (partition by problem) as count, rank
  from candidate where "problemVerdict" = 'take' and verdict <> 'flaky' and verdict <> 'assessedAway'
  order by problem, rank, id`;
const failures = Prisma.sql`select id, null::uuid as "groupId", 1 as count, rank from candidate where verdict = 'take'`;

/** The issues that are to be made, in the order of the run's page. */
export async function itemsOf(
  tx: Pick<Tx, "$queryRaw">,
  member: Member,
  asked: Asked,
  { tally, run, now }: { tally: Tally; run: { number: number }; now: Date },
): Promise<Item[]> {
  const byProblem = namesProblems(asked.mode, asked, tally);
  const rows = await tx.$queryRaw<Row[]>`
    with ${candidatesSql(member, asked, now)},
    chosen as (${byProblem ? problems : failures}),
    counted as (
      select f."groupId", sum(p.failures)::int as failures, sum(p.flaky)::int as flaky, sum(p.cases)::int as cases
      from "RunFingerprint" p join "Fingerprint" f on f."projectId" = p."projectId" and f.hash = p.hash
      where p."runId" = ${asked.runId}::uuid and f."groupId" in (select "groupId" from chosen) group by 1)
    select x.id, x."groupId", r.type, left(r.message, 1000) as message, r.status::text as status,
      c.suite, c."className", c.name, n.failures, n.flaky, n.cases
    from chosen x join "TestResult" r on r.id = x.id join "TestCase" c on c.id = r."caseId"
    left join counted n on n."groupId" = x."groupId"
    order by x.count desc, x.rank, x.id`;
  if (asked.mode === "combined") {
    const count = byProblem ? tally.failuresOfTaken : rows.length;
    const groupIds = rows.flatMap(({ groupId }) => groupId ?? []);
    // Beside problems a failure without one cannot stand: it would be the alone, and not its problem.
    const ids = rows.flatMap(({ id, groupId }) => (byProblem && !groupId ? [] : id));
    return [{ title: combinedTitle(count, run.number), resultIds: ids, groupIds }];
  }
  return rows.map((row) => ({
    title: titleOfRow(row),
    resultIds: [row.id],
    groupIds: row.groupId ? [row.groupId] : [],
  }));
}

/** As the form would have opened with it. */
function titleOfRow({ groupId, suite, className, name, ...row }: Row): string {
  const failure = { ...row, testCase: { suite, className, name } };
  return groupId ? groupTitleOf(failure, row) : titleOf(failure);
}

const combinedTitle = (count: number, run: number) =>
  `${count.toLocaleString("en")} ${count === 1 ? "failure" : "failures"} in run #${run}`;
