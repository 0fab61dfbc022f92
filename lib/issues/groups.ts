import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";

type Place = Pick<Member, "workspaceId" | "projectId">;
type Db = Pick<Tx, "failureGroup" | "$queryRaw">;

/** The failure groups of results, by the results' ids; results that did not fail have none. */
export async function groupsOf(
  db: Pick<Tx, "$queryRaw">,
  { workspaceId, projectId }: Place,
  resultIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = resultIds.filter(isId);
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; groupId: string }[]>`
    select r."id", f."groupId" from "TestResult" r
    join "Fingerprint" f on f."projectId" = r."projectId" and f."hash" = r."fingerprint"
    where r."id" = any(${ids}::uuid[]) and r."projectId" = ${projectId}::uuid and r."workspaceId" = ${workspaceId}::uuid`;
  return new Map(rows.map(({ id, groupId }) => [id, groupId]));
}

/** What has become of groups: of one that was merged into another, that one. Unknown ones are left out. */
export async function currentGroups(
  db: Db,
  { workspaceId, projectId }: Place,
  groupIds: readonly string[],
): Promise<Map<string, string>> {
  const next = new Map<string, string | null>();
  for (let wanted = [...new Set(groupIds)].filter(isId); wanted.length > 0; ) {
    const rows = await db.failureGroup.findMany({
      where: { id: { in: wanted }, workspaceId, projectId },
      select: { id: true, mergedIntoId: true },
    });
    for (const { id, mergedIntoId } of rows) next.set(id, mergedIntoId);
    wanted = rows.flatMap(({ mergedIntoId }) => (mergedIntoId && !next.has(mergedIntoId) ? mergedIntoId : []));
  }
  const now = new Map<string, string>();
  for (const asked of groupIds) {
    let id = asked;
    for (let to = next.get(id); to && next.has(to); to = next.get(id)) id = to;
    if (next.has(id)) now.set(asked, id);
  }
  return now;
}

/** The groups and all that were merged into them, each with the one of them that it is now: sources keep the old ids. */
export async function withMerged(
  db: Db,
  { workspaceId, projectId }: Place,
  groupIds: readonly string[],
): Promise<Map<string, string>> {
  const now = new Map(groupIds.map((id) => [id, id]));
  for (let into = [...now.keys()]; into.length > 0; ) {
    const rows = await db.failureGroup.findMany({
      where: { mergedIntoId: { in: into }, workspaceId, projectId },
      select: { id: true, mergedIntoId: true },
    });
    into = [];
    for (const { id, mergedIntoId } of rows) {
      const current = now.get(mergedIntoId ?? "");
      if (!current || now.has(id)) continue;
      now.set(id, current);
      into.push(id);
    }
  }
  return now;
}

/** The group as it is now; throws not_found for one of another project. */
export async function getGroupId(place: Place, groupId: string, db: Db = prisma): Promise<string> {
  const now = (await currentGroups(db, place, [groupId])).get(groupId);
  if (!now) throw notFound("failure group");
  return now;
}

/** What a group is now. One that is not of the project stays what it is: nothing of the project hangs on it. */
export const currentGroup = async (place: Place, groupId: string): Promise<string> =>
  (await currentGroups(prisma, place, [groupId])).get(groupId) ?? groupId;

export type LockedGroups = {
  /** Of each result that failed. */
  ofResult: ReadonlyMap<string, string>;
  /** Of each group that was named: itself, or what it was merged into. */
  ofGroup: ReadonlyMap<string, string>;
};

/**
 * The groups of the results and those that are named, locked in the order of their ids until the transaction ends: nobody
 * merges or splits them meanwhile, and whoever wants an issue for one of them or for one of its results waits. Before
 * any result or creation is locked.
 */
export async function lockGroups(
  tx: Tx,
  place: Place,
  { resultIds, groupIds = [] }: { resultIds: readonly string[]; groupIds?: readonly string[] | undefined },
): Promise<LockedGroups> {
  const held = new Set<string>();
  for (;;) {
    const ofResult = await groupsOf(tx, place, resultIds);
    const ofGroup = await currentGroups(tx, place, groupIds);
    const missing = [...new Set([...ofResult.values(), ...ofGroup.values()])].filter((id) => !held.has(id));
    if (missing.length === 0) return { ofResult, ofGroup };
    // Read again once they are held: they may have been merged or split while we waited.
    await tx.$queryRaw`
      select 1 from "FailureGroup" where "id" = any(${missing}::uuid[]) order by "id" for no key update`;
    for (const id of missing) held.add(id);
  }
}
