import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { excerptOf } from "./excerpt";
import { type Failure, textsOf } from "./failures";
import type { PastRun } from "./past";
import type { Search } from "./search";
import type { RulePreview } from "./shapes";

type Tally = { matched: number; failures: number };

export async function namedGroups(
  { workspaceId, projectId }: Member,
  groups: readonly (readonly [string, Tally])[],
): Promise<RulePreview["groups"]> {
  const rows = await prisma.failureGroup.findMany({
    where: { id: { in: groups.map(([id]) => id) }, workspaceId, projectId },
    select: { id: true, title: true },
  });
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  return groups.map(([id, tally]) => ({ id, title: titles.get(id) ?? "", ...tally }));
}

/** Of how many of the groups a person has set the severity. */
export const countByHand = ({ workspaceId, projectId }: Member, groupIds: readonly string[]): Promise<number> =>
  prisma.failureGroup.count({
    where: { id: { in: [...groupIds] }, workspaceId, projectId, severitySource: "hand" },
  });

/** How many of the failures have another issue than this one, and how many have this one, by themselves or by their group. */
export async function countIssues(
  { workspaceId, projectId }: Member,
  failures: readonly Pick<Failure, "id" | "groupId">[],
  issueId: string | undefined,
): Promise<Pick<RulePreview, "withOtherIssue" | "withThisIssue">> {
  if (failures.length === 0) return { withOtherIssue: 0, withThisIssue: 0 };
  const [counts] = await prisma.$queryRaw<{ other: number; this: number }[]>`
    with failure as materialized (
      select * from unnest(${failures.map(({ id }) => id)}::uuid[], ${failures.map(({ groupId }) => groupId)}::uuid[])
        f(id, "groupId")),
    -- The links of a group are looked through once, and not for each of its failures.
    covered as materialized (
      select distinct l."groupId", l."issueId" = ${issueId ?? null}::uuid as "isThis" from "IssueLink" l
      where l."groupId" = any(select distinct "groupId" from failure) and l."coversGroup"
        and l."workspaceId" = ${workspaceId}::uuid and l."projectId" = ${projectId}::uuid),
    issue as (
      select f.id, coalesce(l."issueId" = ${issueId ?? null}::uuid, false) as "isThis"
      from failure f join "IssueLink" l on l."resultId" = f.id and l."workspaceId" = ${workspaceId}::uuid
      union all
      select f.id, coalesce(c."isThis", false) from failure f join covered c on c."groupId" = f."groupId")
    select count(distinct id) filter (where not "isThis")::int as other,
      count(distinct id) filter (where "isThis")::int as this from issue`;
  return { withOtherIssue: counts?.other ?? 0, withThisIssue: counts?.this ?? 0 };
}

/** Failures with the place that was found; when it takes too long, those behind show how their text begins. */
export async function examplesOf(
  { workspaceId }: Member,
  search: Search,
  matched: readonly { failure: Pick<Failure, "id">; run: PastRun }[],
  mostMs: number,
): Promise<RulePreview["examples"]> {
  const ids = matched.map(({ failure }) => failure.id);
  const [texts, results] = await Promise.all([
    textsOf(workspaceId, ids),
    prisma.testResult.findMany({
      where: { id: { in: ids }, workspaceId },
      select: { id: true, testCase: { select: { suite: true, name: true } } },
    }),
  ]);
  const cases = new Map(results.map(({ id, testCase }) => [id, testCase]));
  const end = performance.now() + mostMs;
  return matched.flatMap(({ failure: { id: resultId }, run: { id: runId, number: run } }) => {
    const [text, testCase] = [texts.get(resultId), cases.get(resultId)];
    const found = text && search.find(text, performance.now() < end);
    return found && testCase
      ? [{ resultId, runId, run, ...testCase, field: found.field, excerpt: excerptOf(found) }]
      : [];
  });
}
