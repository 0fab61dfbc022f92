import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BulkMode } from "@/lib/db/generated/enums";
import { candidatesSql } from "./candidates";
import { type BulkInput, mostItems, mostSources } from "./inputs";

type Asked = Pick<BulkInput, "runId" | "integrationId" | "selection">;
type Verdicts = { take: number; existing: number; underWay: number; assessedAway: number; flaky: number };

/** What a selection comes to: its failures and the problems that those are, by what is to be done with them. */
export type Tally = {
  failures: Verdicts & { total: number };
  problems: Verdicts & { total: number };
  /** The problems of the failures that are taken, and the failures of the problems that are. */
  problemsOfTaken: number;
  failuresOfTaken: number;
};

/** Counts it all, and writes nothing. */
export async function tallyOf(db: Pick<Tx, "$queryRaw">, member: Member, asked: Asked, now: Date): Promise<Tally> {
  const [tally] = await db.$queryRaw<Tally[]>`
    with ${candidatesSql(member, asked, now)},
    failure as (select verdict, count(*)::int as n from candidate group by 1),
    problem as (select "problemVerdict" as verdict, count(distinct problem)::int as n from candidate group by 1)
    select ${verdicts("failure")} as failures, ${verdicts("problem")} as problems,
      (select count(distinct problem)::int from candidate where verdict = 'take') as "problemsOfTaken",
      (select count(*)::int from candidate where "problemVerdict" = 'take' and verdict <> 'flaky') as "failuresOfTaken"`;
  if (!tally) throw new Error("a count without a row");
  return tally;
}

const verdicts = (table: string) => {
  const count = (name: string) => `(select coalesce(sum(n), 0) from ${table} where verdict = '${name}')`;
  const names = ["take", "existing", "underWay", "assessedAway", "flaky"];
  const pairs = names.map((name) => `'${name}', ${count(name)}`).join(", ");
  return Prisma.raw(`jsonb_build_object(${pairs}, 'total', (select coalesce(sum(n), 0) from ${table}))`);
};

/** One issue for all names problems where it has to: where they were chosen, or where the failures are too many. */
export const namesProblems = (mode: BulkMode, { selection }: Pick<Asked, "selection">, tally: Tally): boolean =>
  mode === "per_group" ||
  (mode === "combined" && ((selection !== null && "groupIds" in selection) || tally.failures.take > mostSources));

/** How many issues each mode makes of it. */
export const issuesOf = ({ failures, problems }: Tally): Record<BulkMode, number> => ({
  separate: failures.take,
  combined: Math.min(1, failures.take),
  per_group: problems.take,
});

/** Why it cannot be done as it was asked for; null when it can. */
export function refusalOf(mode: BulkMode, asked: Pick<Asked, "selection">, tally: Tally): string | null {
  const issues = issuesOf(tally)[mode];
  if (tally.failures.total === 0) return "Nothing that you selected failed in this run.";
  if (issues === 0)
    return mode === "per_group"
      ? "Every problem that you selected has an issue already, or is left out."
      : "Every failure that you selected has an issue already, or is left out.";
  const many = (count: number) => count.toLocaleString("en");
  if (issues > mostItems)
    return `These would be ${many(issues)} issues; one job makes ${many(mostItems)} at most. Make one per problem, or select fewer.`;
  const isTooMuch = mode === "combined" && namesProblems(mode, asked, tally) && tally.problems.take > mostSources;
  return isTooMuch ? `One issue can be for ${many(mostSources)} problems at most. Select fewer.` : null;
}
