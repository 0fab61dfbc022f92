import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { lockGroups } from "./groups";

/** What an issue is wanted for. */
export type Sources = {
  /** Each once; the first one is where the link back leads. */
  resultIds: readonly string[];
  /** Failure groups as a whole, as they are now. */
  groupIds: readonly string[];
  /** The group of each result that failed. */
  groupOf: ReadonlyMap<string, string>;
};

type Named = { resultIds: readonly string[]; groupIds?: readonly string[] | undefined };

/**
 * The groups and then the results, each in the order of their ids, locked until the transaction ends: whoever wants an
 * issue for one of them waits here, and then sees what the one before has done. Throws not_found unless all are of this
 * project.
 */
export async function lockSources(tx: Tx, member: Member, { resultIds, groupIds = [] }: Named): Promise<Sources> {
  const ids = [...new Set(resultIds)];
  if (!ids.every(isId)) throw notFound("result");
  const { ofResult, ofGroup } = await lockGroups(tx, member, { resultIds: ids, groupIds });
  const groups = groupIds.map((id) => {
    const now = ofGroup.get(id);
    if (!now) throw notFound("failure group");
    return now;
  });
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select "id" from "TestResult"
    where "id" = any(${ids}::uuid[]) and "projectId" = ${member.projectId}::uuid
      and "workspaceId" = ${member.workspaceId}::uuid
    order by "id" for no key update`;
  if (rows.length !== ids.length) throw notFound("result");
  return { resultIds: ids, groupIds: [...new Set(groups)], groupOf: ofResult };
}

/** Where groups are named, the results stand for them: none for anything else, and at least one for each. */
export function checkSamples({ resultIds, groupIds, groupOf }: Sources): void {
  if (groupIds.length === 0) return;
  const sampled = new Set(resultIds.map((id) => groupOf.get(id)));
  if (sampled.size === groupIds.length && groupIds.every((id) => sampled.has(id))) return;
  const message = "Name results of the failure group, and of no other.";
  throw new AppError("invalid_input", message, { fields: { resultIds: message } });
}

export type Source = { resultId: string; groupId: string | null };

/** As they are written down: the first result of each group stands for it. */
export function sourcesOf({ resultIds, groupIds, groupOf }: Sources): Source[] {
  const open = new Set(groupIds);
  return resultIds.map((resultId) => {
    const groupId = groupOf.get(resultId) ?? null;
    return { resultId, groupId: groupId && open.delete(groupId) ? groupId : null };
  });
}
