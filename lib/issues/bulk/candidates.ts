import type { Member } from "@/lib/auth/member";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { asPattern } from "@/lib/db/like";
import { AppError } from "@/lib/errors";
import { statusSchema } from "@/lib/results/inputs";
import { groupsMatching } from "@/lib/triage/list-groups";
import { assessmentSql } from "@/lib/triage/standing";
import type { BulkInput } from "./inputs";

type Asked = Pick<BulkInput, "runId" | "integrationId" | "selection">;

/**
 * The failures of the selection as a common table `candidate`, each with what is to be done with it: `take`, or why it
 * is left out. `problem` is its failure group, or itself where it has none; `problemVerdict` says what is to be done with
 * that. What was chosen by hand is taken although it is muted or flaky: somebody has looked at it.
 */
export function candidatesSql(member: Member, { runId, integrationId, selection }: Asked, now: Date): Prisma.Sql {
  const { workspaceId, projectId } = member;
  const isByHand = selection !== null && !("filter" in selection);
  return Prisma.sql`
    picked as materialized (
      select r.id, r.rank, r."caseId", f."groupId", coalesce(f."groupId", r.id) as problem, r.status = 'flaky' as "isFlaky"
      from "TestResult" r left join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint
      where r."runId" = ${runId}::uuid and r."workspaceId" = ${workspaceId}::uuid
        and r."projectId" = ${projectId}::uuid and r.status in ('failed', 'error', 'flaky')
        and ${selectedBy(member, runId, selection, now)}),
    near as (
      select * from "IssueLink" where "runId" = ${runId}::uuid
      union all
      select * from "IssueLink" where "groupId" in (select "groupId" from picked)),
    linked as materialized (
      select l."resultId", l."groupId", l."coversGroup" from near l
      join "ExternalIssue" e on e."issueId" = l."issueId" and e."integrationId" = ${integrationId}::uuid
      where l."workspaceId" = ${workspaceId}::uuid and l."projectId" = ${projectId}::uuid),
    asked as materialized (
      select s."resultId", s."groupId" from "IssueCreationSource" s
      where not s.finished and s."workspaceId" = ${workspaceId}::uuid and s."integrationId" = ${integrationId}::uuid),
    judged as (
      select p.*,
        p.id in (select "resultId" from linked where "resultId" is not null)
          or p."groupId" in (select "groupId" from linked where "coversGroup" and "groupId" is not null) as "hasIssue",
        p."groupId" in (select "groupId" from linked where "groupId" is not null) as "problemHasIssue",
        p.id in (select "resultId" from asked)
          or p."groupId" in (select "groupId" from asked where "groupId" is not null) as "isUnderWay",
        not ${isByHand} and (coalesce(${assessmentSql("g", now)} <> 'active', false)
          or ${assessmentSql("c", now)} <> 'active') as "isAway",
        -- Chosen by hand, a problem that did nothing but flake is meant as it is.
        p."isFlaky" and not (${isByHand} and ${isOneByOne(selection)}
          or ${isByHand} and bool_and(p."isFlaky") over (partition by p.problem)) as "isLeftAsFlaky"
      from picked p join "TestCase" c on c.id = p."caseId" left join "FailureGroup" g on g.id = p."groupId"),
    decided as (
      select *, case when "isLeftAsFlaky" then 'flaky' when "isAway" then 'assessedAway' when "hasIssue" then 'existing'
        when "isUnderWay" then 'underWay' else 'take' end as verdict
      from judged),
    candidate as materialized (
      select *, case
          when bool_and(verdict in ('flaky', 'assessedAway')) over problem then
            case when bool_or(verdict = 'assessedAway') over problem then 'assessedAway' else 'flaky' end
          when bool_or("hasIssue" or coalesce("problemHasIssue", false)) over problem then 'existing'
          when bool_or("isUnderWay") over problem then 'underWay' else 'take' end as "problemVerdict"
      from decided window problem as (partition by decided.problem))`;
}

const isOneByOne = (selection: Asked["selection"]) => selection !== null && "resultIds" in selection;

function selectedBy(member: Member, runId: string, selection: Asked["selection"], now: Date): Prisma.Sql {
  if (selection === null) return Prisma.sql`true`;
  // Malformed ones name nothing, as those of another run do.
  if ("resultIds" in selection) return Prisma.sql`r.id = any(${selection.resultIds.filter(isId)}::uuid[])`;
  if ("groupIds" in selection) return Prisma.sql`f."groupId" = any(${selection.groupIds.filter(isId)}::uuid[])`;
  const { status, q = "", ...ofGroups } = selection.filter;
  if (status === undefined)
    return Prisma.sql`f."groupId" in (${groupsMatching(member, runId, { ...ofGroups, q: q || undefined }, now)})`;
  const statuses = statusSchema.array().safeParse(status.split(",").filter(Boolean));
  if (!statuses.success) throw new AppError("invalid_input", "The filter names a status that there is not.");
  const pattern = `%${asPattern(q)}%`;
  return Prisma.sql`(${statuses.data.length === 0} or r.status::text = any(${statuses.data}))
    and (${q === ""} or r.message ilike ${pattern} or exists (select from "TestCase" t where t.id = r."caseId"
      and (t.name ilike ${pattern} or t.suite ilike ${pattern} or t."className" ilike ${pattern})))`;
}
