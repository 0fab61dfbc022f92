import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { asPattern } from "@/lib/db/like";
import { isKind } from "@/lib/errors";
import { lookUpIssue } from "@/lib/issues/look-up";
import { issueSelect, toIssueView } from "@/lib/issues/views";
import { trackerOf } from "@/lib/trackers/registry";
import { knownTo } from "./named-issue";
import type { IssueChoices } from "./shapes";

const most = 20;

/** Issues for a rule to name: those of the project whose title or key contains the text, and those that it means as a key or address. */
export async function findIssueChoices(member: Member, text: string): Promise<IssueChoices> {
  const [linked, found] = await Promise.all([listLinked(member, text), text === "" ? [] : lookUp(member, text)]);
  const known = new Set(linked.map(({ url }) => url));
  return { linked, found: found.filter(({ url }) => !known.has(url)) };
}

async function listLinked(member: Member, text: string): Promise<IssueChoices["linked"]> {
  const contains = { contains: asPattern(text.slice(0, 200)), mode: "insensitive" } as const;
  const rows = await prisma.issue.findMany({
    where: {
      AND: [
        knownTo(member),
        text === ""
          ? {}
          : { OR: [{ title: contains }, { external: { key: contains } }, { external: { url: { equals: text } } }] },
      ],
    },
    select: issueSelect,
    orderBy: { id: "desc" },
    take: most,
  });
  return rows.flatMap((row) => toIssueView(row) ?? []);
}

/** Asks only trackers whose way to write a key or an address this is. One that does not answer finds nothing. */
async function lookUp(member: Member, text: string): Promise<IssueChoices["found"]> {
  const assigned = await prisma.projectIntegration.findMany({
    where: { workspaceId: member.workspaceId, projectId: member.projectId, active: true },
    select: { integration: { select: { id: true, name: true, provider: true, baseUrl: true } } },
    orderBy: [{ isPrimary: "desc" }, { id: "asc" }],
  });
  const asked = assigned.filter(({ integration: { provider, baseUrl } }) =>
    trackerOf(provider).parseIssueRef(text, baseUrl),
  );
  const found = await Promise.all(
    asked.map(async ({ integration: { id, name } }) => {
      const remote = await lookUpIssue(member, id, text).catch((error) => {
        if (isKind(error, "not_found") || isKind(error, "invalid_input")) return null;
        throw error;
      });
      if (!remote) return [];
      const { key, url, title, state, category } = remote;
      return [{ integration: { id, name }, key, url, title, state, category }];
    }),
  );
  return found.flat();
}
