import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { CreationState } from "@/lib/db/generated/enums";
import { isId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import type { CreationView, LinkedIssue } from "./shapes";
import { creationSelect, issueSelect, linkSelect, toCreationView, toIssueView, toLinkView, toWarnings } from "./views";

/** What the issues are asked for: one of them. */
export type Subject = { resultId: string } | { caseId: string } | { runId: string };

const most = 200;

/** The issues of a result, case or run of the member's project, by this project's links alone, newest first. */
export async function listIssues(member: Member, subject: Subject): Promise<LinkedIssue[]> {
  const { workspaceId, projectId } = member;
  if (!Object.values(subject).every(isId)) return [];
  const links = await prisma.issueLink.findMany({
    where: { workspaceId, projectId, ...subject },
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

/** What did not go quite right when the issues were created from this project. */
async function warningsOf({ workspaceId, projectId }: Member, issueIds: string[]) {
  const rows = await prisma.issueCreation.findMany({
    where: { workspaceId, projectId, issueId: { in: issueIds }, NOT: { warnings: { equals: [] } } },
    select: { issueId: true, warnings: true },
  });
  return new Map(rows.map(({ issueId, warnings }) => [issueId, toWarnings(warnings)]));
}

/** The creations of the results that are under way, wait or failed, newest first; those that a person let go of are not. */
export async function listCreations(member: Member, subject: Subject): Promise<CreationView[]> {
  const { workspaceId, projectId } = member;
  if (!Object.values(subject).every(isId)) return [];
  const resultIds = "resultId" in subject ? [subject.resultId] : await unfinishedOf(member, subject);
  const rows = await prisma.issueCreation.findMany({
    where: {
      workspaceId,
      projectId,
      state: { not: "created" },
      dismissedAt: null,
      sources: { some: { resultId: { in: resultIds } } },
    },
    select: creationSelect,
    orderBy: { id: "desc" },
    take: most,
  });
  return withNames(member, rows);
}

/** The creations as the member may see them, with the names of those who asked. */
export async function withNames(member: Member, rows: Parameters<typeof toCreationView>[0][]): Promise<CreationView[]> {
  const ids = [...new Set(rows.map(({ requestedById }) => requestedById))];
  const users = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const drafts = await draftsOf(member, rows);
  return rows.map((row) => toCreationView(row, { member, names, drafts }));
}

/** Where the member's own drafts stand that the creations were sent from. */
async function draftsOf({ workspaceId, projectId, userId }: Member, rows: readonly { draftId: string | null }[]) {
  const ids = rows.flatMap(({ draftId }) => draftId ?? []);
  if (ids.length === 0) return new Map<string, string>();
  const drafts = await prisma.draft.findMany({
    where: { id: { in: ids }, workspaceId, projectId, userId },
    select: { id: true, resultId: true },
  });
  return new Map(drafts.map(({ id, resultId }) => [id, resultId]));
}

/** The results of a case or run that a creation which is not done yet is for. */
async function unfinishedOf({ workspaceId, projectId }: Member, subject: { caseId: string } | { runId: string }) {
  const creation = { projectId, state: { not: CreationState.created }, dismissedAt: null };
  const sources = await prisma.issueCreationSource.findMany({
    where: { workspaceId, creation },
    select: { resultId: true },
    orderBy: { id: "desc" },
    take: most * 10,
  });
  const ids = sources.map(({ resultId }) => resultId);
  const results = await prisma.testResult.findMany({
    where: { workspaceId, projectId, id: { in: ids }, ...subject },
    select: { id: true },
  });
  return results.map(({ id }) => id);
}

/** Exactly one of the three has to be named. */
export function subjectOf(query: { [Noun in "resultId" | "caseId" | "runId"]?: string | undefined }): Subject {
  const { resultId, caseId, runId } = query;
  if (resultId && !caseId && !runId) return { resultId };
  if (caseId && !resultId && !runId) return { caseId };
  if (runId && !resultId && !caseId) return { runId };
  throw new AppError("invalid_input", "Name one of resultId, caseId and runId.");
}
