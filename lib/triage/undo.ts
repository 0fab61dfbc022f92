import type pg from "pg";
import type { Member } from "@/lib/auth/member";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { changeGroups, holdGroupRows, tell } from "./change-groups";
import { mergeUndo } from "./merge";
import { refineUndo } from "./refine";
import { splitUndo } from "./split";
import { undoMerge } from "./undo-merge";
import { findRefined, undoRefine } from "./undo-refine";
import { undoSplit } from "./undo-split";

type Stored = { id: string; kind: string; groupIds: string[]; undo: unknown; undoneAt: Date | null };

/**
 * Takes a merge or a split back: groups, fingerprints, links, severity and masks are as they were. What imports have
 * brought since goes where it would have gone. A later merge or split of the same groups has to be undone first.
 */
export async function undoChange(member: Member, changeId: string): Promise<{ groupIds: string[] }> {
  if (!isId(changeId)) throw notFound("merge or split");
  return changeGroups(member, async (client) => {
    const change = await findChange(client, member, changeId);
    if (change.undoneAt) throw new AppError("conflict", "It has been undone already.");
    const work = await workOf(client, member, change);
    const groupIds = [...new Set([...change.groupIds, ...work.groupIds])];
    await checkLatest(client, member, changeId, groupIds);
    await holdGroupRows(client, member, groupIds);
    await work.undo();
    await client.query(`update "GroupChange" set "undoneAt" = clock_timestamp() where id = $1`, [changeId]);
    const [groupId = changeId] = groupIds;
    const after = { change: changeId, kind: change.kind };
    await tell(client, member, { action: "group.change_undone", groupId, groupIds, after });
    return { groupIds };
  });
}

type Work = { undo: () => Promise<void>; groupIds: readonly string[] };

/** How it is undone, and which groups that touches beside those of the change. */
async function workOf(client: pg.PoolClient, member: Member, change: Stored): Promise<Work> {
  if (change.kind === "merge")
    return { undo: () => undoMerge(client, member, mergeUndo.parse(change.undo)), groupIds: [] };
  if (change.kind === "split")
    return { undo: () => undoSplit(client, member, splitUndo.parse(change.undo)), groupIds: [] };
  const stored = refineUndo.parse(change.undo);
  const refined = await findRefined(client, member, stored.hash);
  return {
    undo: () => undoRefine(client, member, stored, refined),
    groupIds: refined.map(({ groupId }) => groupId),
  };
}

async function findChange(client: pg.PoolClient, member: Member, changeId: string): Promise<Stored> {
  const { rows } = await client.query<Stored>(
    `select id, kind, "groupIds", undo, "undoneAt" from "GroupChange"
     where id = $1 and "projectId" = $2 and "workspaceId" = $3`,
    [changeId, member.projectId, member.workspaceId],
  );
  if (!rows[0]) throw notFound("merge or split");
  return rows[0];
}

/** Nothing later stands in the way: of the groups that it touched, it is the last change that holds. */
async function checkLatest(
  client: pg.PoolClient,
  member: Member,
  id: string,
  groupIds: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ kind: string; actorName: string | null }>(
    `select c.kind, u.name as "actorName" from "GroupChange" c left join "User" u on u.id = c."actorId"
     where c."projectId" = $1 and c."workspaceId" = $2 and c."undoneAt" is null and c.id <> $3 and c."groupIds" && $4::uuid[]
       and c."createdAt" >= (select "createdAt" from "GroupChange" where id = $3)
     order by c."createdAt" desc limit 1`,
    [member.projectId, member.workspaceId, id, groupIds],
  );
  const [later] = rows;
  if (!later) return;
  const what = later.kind === "merge" ? "merged" : "split";
  const who = later.actorName ?? "somebody";
  throw new AppError("conflict", `One of its groups was ${what} afterwards by ${who}. Undo that first.`);
}
