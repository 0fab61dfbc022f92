import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { AppError, isKind, notFound } from "@/lib/errors";
import { lookUpIssue } from "@/lib/issues/look-up";
import { storeIssue } from "@/lib/issues/store-issue";
import type { RuleInput } from "./inputs";

type Place = Pick<Member, "workspaceId" | "projectId">;

/** The issues that the project may know of: linked here, or named by a rule of the project. */
export const knownTo = ({ workspaceId, projectId }: Place) =>
  ({
    workspaceId,
    external: { isNot: null },
    OR: [{ links: { some: { projectId } } }, { rules: { some: { projectId } } }],
  }) satisfies Prisma.IssueWhereInput;

/** Throws not_found for an issue of another project alone, as for one that does not exist. */
export async function getKnownIssue(
  place: Place,
  issueId: string,
  db: Pick<Tx, "issue"> = prisma,
): Promise<{ id: string }> {
  const found = isId(issueId)
    ? await db.issue.findFirst({ where: { ...knownTo(place), id: issueId }, select: { id: true } })
    : null;
  if (!found) throw notFound("issue");
  return found;
}

/**
 * The issue that a rule is to name. An address or a key is looked up in the tracker first; what comes back is done in the
 * transaction that saves the rule.
 */
export async function namedIssue(member: Member, named: RuleInput["issue"]): Promise<(tx: Tx) => Promise<string>> {
  if ("issueId" in named) return async (tx) => (await getKnownIssue(member, named.issueId, tx)).id;
  const { integrationId, ref } = named;
  const { workspaceId, userId } = member;
  const remote = await lookUpIssue(member, integrationId, ref).catch((error) => {
    if (!isKind(error, "invalid_input")) throw error;
    throw new AppError("invalid_input", error.message, { fields: { issue: error.message } });
  });
  return (tx) => storeIssue(tx, { workspaceId, integrationId, createdById: userId }, remote);
}
