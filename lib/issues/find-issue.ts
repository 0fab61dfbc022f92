import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { visibleTo } from "@/lib/projects/visible-to";
import type { LinkedIssue } from "./shapes";
import { issueSelect, linkSelect, toIssueView, toLinkView } from "./views";

const mostLinks = 1_000;

/**
 * An issue that is linked in a project that the person is in, with those links and no others; one that is linked in
 * other projects alone is not found.
 */
export async function getIssue(actor: Actor, issueId: string): Promise<LinkedIssue> {
  if (!isId(issueId)) throw notFound("issue");
  const projects = await prisma.project.findMany({ where: visibleTo(actor), select: { id: true } });
  const where = { workspaceId: actor.workspaceId, issueId, projectId: { in: projects.map(({ id }) => id) } };
  const links = await prisma.issueLink.findMany({
    where,
    select: { ...linkSelect, issue: { select: issueSelect } },
    orderBy: [{ coversGroup: "desc" }, { id: "desc" }],
    take: mostLinks,
  });
  const view = links[0] && toIssueView(links[0].issue);
  if (!view) throw notFound("issue");
  const linkCount = links.length < mostLinks ? links.length : await prisma.issueLink.count({ where });
  return { ...view, links: links.map(toLinkView), linkCount };
}
