import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { issueSelect, toIssueView } from "@/lib/issues/views";
import type { OfRun } from "./group-rows";
import type { GroupRow } from "./shapes";

const shownIssues = 3;

type Issues = Pick<GroupRow, "issues" | "issueCount">;

/**
 * The issues that are linked to each group, newest link first. A rule may have linked 50,000 failures to one issue, so
 * the index is asked for the next issue, and never for every link.
 */
export async function issuesOf({ workspaceId }: Member, ids: string[]): Promise<Map<string, Issues>> {
  const rows = await prisma.$queryRaw<{ id: string; issueId: string; place: number; count: number }[]>`
    with recursive linked as (
      select g.id, (
        select l."issueId" from "IssueLink" l where l."groupId" = g.id order by l."issueId" limit 1) as "issueId"
      from unnest(${ids}::uuid[]) g(id)
      union all
      select linked.id, (
        select l."issueId" from "IssueLink" l where l."groupId" = linked.id and l."issueId" > linked."issueId"
        order by l."issueId" limit 1)
      from linked where linked."issueId" is not null)
    select * from (
      select linked.id, linked."issueId", (row_number() over newest)::int as place,
        (count(*) over (partition by linked.id))::int as count
      from linked cross join lateral (
        select l.id from "IssueLink" l where l."groupId" = linked.id and l."issueId" = linked."issueId"
        order by l.id desc limit 1) last
      where linked."issueId" is not null
      window newest as (partition by linked.id order by last.id desc)) t
    where place <= ${shownIssues} order by id, place`;
  const issues = await prisma.issue.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ issueId }) => issueId))] } },
    select: issueSelect,
  });
  const views = new Map(issues.map((issue) => [issue.id, toIssueView(issue)]));
  const found = new Map<string, Issues>();
  for (const { id, issueId, count } of rows) {
    const known = found.get(id) ?? { issues: [], issueCount: count };
    const view = views.get(issueId);
    if (view) known.issues.push(view);
    found.set(id, known);
  }
  return found;
}

// Creations of a project that are not done, at most; more than a bulk creation has.
const mostAsked = 2_000;

/**
 * The creation of each group that is under way, or stopped and was not let go of: for the whole group (or for one that
 * was merged into it since), or for one of its results in this run. One that is under way goes before one that stopped.
 */
export async function creationsOf(
  { workspaceId, projectId }: Member,
  run: OfRun,
  ids: string[],
): Promise<Map<string, { id: string; state: CreationState }>> {
  const rows = await prisma.$queryRaw<{ groupId: string; id: string; state: CreationState }[]>`
    with recursive merged as (
      select id, id as "intoId" from unnest(${ids}::uuid[]) g(id)
      union all
      select g.id, merged."intoId" from merged join "FailureGroup" g on g."mergedIntoId" = merged.id),
    asked as materialized (
      select id, state from "IssueCreation"
      where "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid
        and state = any(array['queued', 'sending', 'unknown', 'held', 'failed']::"CreationState"[])
        and "dismissedAt" is null
      order by id desc limit ${mostAsked}),
    source as (
      select a.id, a.state, coalesce(m."intoId", f."groupId") as "groupId"
      from asked a join "IssueCreationSource" s on s."creationId" = a.id
      left join merged m on m.id = s."groupId"
      left join "TestResult" r on r.id = s."resultId" and r."runId" = ${run.id}::uuid
      left join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint)
    select distinct on ("groupId") "groupId", id, state::text as state from source
    where "groupId" = any(${ids}::uuid[])
    order by "groupId", state = 'failed', id desc`;
  return new Map(rows.map(({ groupId, id, state }) => [groupId, { id, state }]));
}
