import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { titleOf } from "../prefill";
import { candidatesSql } from "./candidates";
import type { BulkInput } from "./inputs";
import { namesProblems, type Tally } from "./tally";

/** What one issue is for: results, and the problems that it is for as a whole. */
export type Item = { title: string; resultIds: string[]; groupIds: string[] };

type Asked = Pick<BulkInput, "runId" | "integrationId" | "selection" | "mode">;
type Row = {
  id: string;
  groupId: string | null;
  groupTitle: string | null;
  type: string | null;
  message: string | null;
  status: string;
  suite: string;
  className: string;
  name: string;
};

// The greatest first, as the run's page shows them.
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
    chosen as (${byProblem ? problems : failures})
    select x.id, x."groupId", g.title as "groupTitle", r.type, left(r.message, 1000) as message, r.status::text as status,
      c.suite, c."className", c.name
    from chosen x join "TestResult" r on r.id = x.id join "TestCase" c on c.id = r."caseId"
    left join "FailureGroup" g on g.id = x."groupId"
    order by x.count desc, x.rank, x.id`;
  if (asked.mode === "combined") {
    const count = byProblem ? tally.failuresOfTaken : rows.length;
    const groupIds = rows.flatMap(({ groupId }) => groupId ?? []);
    // Beside problems a failure without one cannot stand: it would be the alone, and not its problem.
    const ids = rows.flatMap(({ id, groupId }) => (byProblem && !groupId ? [] : id));
    return [{ title: combinedTitle(count, run.number), resultIds: ids, groupIds }];
  }
  return rows.map(({ id, groupId, groupTitle, type, message, status, ...testCase }) => ({
    title: groupTitle ?? titleOf({ testCase, message, type, status }),
    resultIds: [id],
    groupIds: groupId ? [groupId] : [],
  }));
}

const combinedTitle = (failures: number, run: number) =>
  failures === 1 ? `1 failure in run #${run}` : `${failures.toLocaleString("en")} failures in run #${run}`;
