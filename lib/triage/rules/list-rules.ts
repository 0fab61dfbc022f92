import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { issueSelect, toIssueView } from "@/lib/issues/views";
import { readSearch } from "./search";
import { type RuleView, ruleSchema } from "./shapes";

const ruleSelect = {
  ...{ id: true, name: true, field: true, kind: true, pattern: true, enabled: true, createdById: true },
  severity: true,
  ...{ createdAt: true, updatedAt: true, matched: true, matchedAt: true, stoppedAt: true },
  issue: { select: issueSelect },
} as const satisfies Prisma.KnownIssueRuleSelect;

/** A project has no more. */
export const mostRules = 100;

/** The known-issue rules of the project, by name. */
export async function listRules(member: Member): Promise<RuleView[]> {
  const { workspaceId, projectId } = member;
  const rows = await prisma.knownIssueRule.findMany({
    where: { workspaceId, projectId },
    select: ruleSelect,
    orderBy: { name: "asc" },
    take: mostRules,
  });
  const people = [...new Set(rows.map(({ createdById }) => createdById))];
  const users = await prisma.user.findMany({ where: { id: { in: people } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map(({ createdById, updatedAt: _, stoppedAt, matchedAt, createdAt, issue: stored, ...row }) => {
    const issue = stored && toIssueView(stored);
    const what = whatSchema.parse(row);
    return {
      ...{ ...row, ...what, issue },
      problem: problemOf(issue, what, stoppedAt),
      matchedAt: matchedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      createdBy: names.get(createdById) ?? "a former member",
    };
  });
}

/** As stored: what these are is checked where a rule is saved. */
export const whatSchema = ruleSchema.pick({ kind: true, field: true, pattern: true });

function problemOf(issue: unknown, what: Pick<RuleView, "kind" | "field" | "pattern">, stoppedAt: Date | null) {
  if (!issue) return "issue_gone";
  if ("problem" in readSearch(what)) return "pattern_invalid";
  return stoppedAt ? "too_slow" : null;
}

/** A rule of the member's project; throws not_found. */
export async function getRule(
  { workspaceId, projectId }: Member,
  ruleId: string,
  db: Pick<Tx, "knownIssueRule"> = prisma,
) {
  const found = isId(ruleId)
    ? await db.knownIssueRule.findFirst({
        where: { id: ruleId, workspaceId, projectId },
        select: {
          id: true,
          name: true,
          kind: true,
          field: true,
          pattern: true,
          severity: true,
          enabled: true,
          issueId: true,
          matched: true,
        },
      })
    : null;
  if (!found) throw notFound("rule");
  return found;
}
