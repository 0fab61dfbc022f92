import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { currentGroup, groupsOf } from "./groups";
import type { IssueLinkView, LinkedIssue } from "./shapes";
import type { Subject } from "./subject";
import { issueSelect, toIssueView, toLinkView, toWarnings } from "./views";

const most = 200;
const mostLinks = 20;

/**
 * The issues of a result, case, run or failure group of the member's project, by this project's links alone, newest first.
 * A result and a case have those too that cover their failure groups; a run has those that were created or linked from it.
 */
export async function listIssues(member: Member, subject: Subject): Promise<LinkedIssue[]> {
  if (!Object.values(subject).every(isId)) return [];
  const rows = await linksOf(member, await isOf(member, subject));
  const ids = [...new Set(rows.map(({ issueId }) => issueId))];
  const [issues, warnings] = await Promise.all([
    prisma.issue.findMany({ where: { id: { in: ids }, workspaceId: member.workspaceId }, select: issueSelect }),
    warningsOf(member, ids),
  ]);
  const byId = new Map(issues.map((issue) => [issue.id, toIssueView(issue)]));
  const byIssue = new Map<string, LinkedIssue>();
  for (const { issueId, linkCount, ...link } of rows) {
    const view = byId.get(issueId);
    if (!view) continue;
    const told = warnings.get(issueId);
    const known = byIssue.get(issueId) ?? { ...view, links: [], linkCount, ...(told && { warnings: told }) };
    known.links.push(toLinkView(link));
    byIssue.set(issueId, known);
  }
  return [...byIssue.values()];
}

type Row = IssueLinkView & { issueId: string; linkCount: number };

/** The newest issues with the first of their links. One may have 50,000, so that links are never read whole. */
const linksOf = ({ workspaceId, projectId }: Member, isMeant: Prisma.Sql) => prisma.$queryRaw<Row[]>`
  select i."issueId", i."linkCount", l.* from (
    select "issueId", count(*)::int as "linkCount", max(id::text) as newest from "IssueLink"
    where "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid and (${isMeant})
    group by "issueId" order by newest desc limit ${most}
  ) i cross join lateral (
    select id, "projectId", "caseId", "runId", "resultId", "groupId", "coversGroup" from "IssueLink"
    where "issueId" = i."issueId" and "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid
      and (${isMeant})
    order by "coversGroup" desc, id desc limit ${mostLinks}
  ) l order by i.newest desc, l."coversGroup" desc, l.id desc`;

async function isOf(member: Member, subject: Subject): Promise<Prisma.Sql> {
  if ("runId" in subject) return Prisma.sql`"runId" = ${subject.runId}::uuid`;
  if ("groupId" in subject) return Prisma.sql`"groupId" = ${await currentGroup(member, subject.groupId)}::uuid`;
  if ("resultId" in subject) {
    const groups = [...(await groupsOf(prisma, member, [subject.resultId])).values()];
    return Prisma.sql`"resultId" = ${subject.resultId}::uuid or "coversGroup" and "groupId" = any(${groups}::uuid[])`;
  }
  const groups = await groupsOfCase(member, subject);
  return Prisma.sql`"caseId" = ${subject.caseId}::uuid or "coversGroup" and "groupId" = any(${groups}::uuid[])`;
}

const latestFailures = 50;

/** The failure groups that the case has failed with of late. */
async function groupsOfCase({ workspaceId, projectId }: Member, { caseId }: { caseId: string }): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ groupId: string }[]>`
    select distinct f."groupId" from (
      select "fingerprint" from "TestResult"
      where "caseId" = ${caseId}::uuid and "projectId" = ${projectId}::uuid and "workspaceId" = ${workspaceId}::uuid
        and "fingerprint" is not null
      order by "createdAt" desc limit ${latestFailures}
    ) r join "Fingerprint" f on f."projectId" = ${projectId}::uuid and f."hash" = r."fingerprint"`;
  return rows.map(({ groupId }) => groupId);
}

/** What did not go quite right when the issues were created from this project. */
async function warningsOf({ workspaceId, projectId }: Member, issueIds: string[]) {
  const rows = await prisma.issueCreation.findMany({
    where: { workspaceId, projectId, issueId: { in: issueIds }, NOT: { warnings: { equals: [] } } },
    select: { issueId: true, warnings: true },
  });
  return new Map(rows.map(({ issueId, warnings }) => [issueId, toWarnings(warnings)]));
}
