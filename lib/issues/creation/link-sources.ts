import { isDeepStrictEqual } from "node:util";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { type LockedGroups, lockGroups } from "../groups";
import { type Creation, getCreationById } from "./read";

type Groups = Pick<LockedGroups, "ofResult" | "ofGroup">;

/**
 * The creation, locked after the groups that it is for, as whoever joins it does. Null when others have joined with more
 * meanwhile: their groups are not locked, and must not be while the creation is.
 */
export async function lockWithGroups(tx: Tx, id: string): Promise<{ creation: Creation; groups: Groups } | null> {
  const { workspaceId, projectId, sources } = await getCreationById(id, tx);
  const groups = await lockGroups(
    tx,
    { workspaceId, projectId },
    {
      resultIds: sources.map(({ resultId }) => resultId),
      groupIds: sources.flatMap(({ groupId }) => groupId ?? []),
    },
  );
  await lockRow(tx, "IssueCreation", id);
  const creation = await getCreationById(id, tx);
  return isDeepStrictEqual(creation.sources, sources) ? { creation, groups } : null;
}

/** Links the issue to each result with its case, run and group, and to the groups that it is for whole; tells which. */
export async function linkSources(tx: Tx, creation: Creation, issueId: string, groups: Groups): Promise<string[]> {
  const { workspaceId, projectId, requestedById: createdById, sources } = creation;
  const results = await tx.testResult.findMany({
    where: { workspaceId, projectId, id: { in: sources.map(({ resultId }) => resultId) } },
    select: { id: true, caseId: true, runId: true },
  });
  const coveredBy = new Map(
    sources.flatMap(({ resultId, groupId }) => {
      const now = groupId && groups.ofGroup.get(groupId);
      return now ? [[resultId, now]] : [];
    }),
  );
  const links = results.map(({ id: resultId, caseId, runId }) => ({
    ...{ workspaceId, projectId, issueId, caseId, runId, resultId, createdById },
    groupId: coveredBy.get(resultId) ?? groups.ofResult.get(resultId) ?? null,
    coversGroup: coveredBy.has(resultId),
  }));
  await tx.issueLink.createMany({ data: links.map((link) => ({ id: newId(), ...link })), skipDuplicates: true });
  // Somebody may have linked it by hand meanwhile, to the result alone.
  for (const { resultId, groupId, coversGroup } of links)
    if (coversGroup)
      await tx.issueLink.updateMany({
        where: { issueId, resultId, coversGroup: false },
        data: { groupId, coversGroup: true },
      });
  return links.flatMap(({ groupId }) => groupId ?? []);
}
