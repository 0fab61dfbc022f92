import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { currentGroup, groupsOf } from "./groups";
import type { LinkedIssue } from "./shapes";
import type { Subject } from "./subject";
import { issueSelect, linkSelect, toIssueView, toLinkView, toWarnings } from "./views";

const most = 200;

/**
 * The issues of a result, case, run or failure group of the member's project, by this project's links alone, newest first.
 * A result and a case have those too that cover their failure groups; a run has those that were created or linked from it.
 */
export async function listIssues(member: Member, subject: Subject): Promise<LinkedIssue[]> {
  const { workspaceId, projectId } = member;
  if (!Object.values(subject).every(isId)) return [];
  const links = await prisma.issueLink.findMany({
    where: { workspaceId, projectId, ...(await linksOf(member, subject)) },
    select: { ...linkSelect, issue: { select: issueSelect } },
    orderBy: { id: "desc" },
    take: most * 10,
  });
  const byIssue = new Map<string, LinkedIssue>();
  for (const { issue, ...link } of links) {
    const known = byIssue.get(issue.id);
    if (known) known.links.push(toLinkView(link));
    else {
      const view = toIssueView(issue);
      if (view) byIssue.set(issue.id, { ...view, links: [toLinkView(link)] });
    }
  }
  const shown = [...byIssue.values()].slice(0, most);
  const warnings = await warningsOf(member, [...byIssue.keys()]);
  return shown.map((issue) => {
    const told = warnings.get(issue.id);
    return told ? { ...issue, warnings: told } : issue;
  });
}

async function linksOf(member: Member, subject: Subject): Promise<Prisma.IssueLinkWhereInput> {
  if ("runId" in subject) return subject;
  if ("groupId" in subject) return { groupId: await currentGroup(member, subject.groupId) };
  const groups =
    "resultId" in subject
      ? (await groupsOf(prisma, member, [subject.resultId])).values()
      : await groupsOfCase(member, subject);
  return { OR: [subject, { groupId: { in: [...groups] }, coversGroup: true }] };
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
