import type pg from "pg";
import type { Member } from "@/lib/auth/member";
import { markSeenAnew } from "./change-groups";
import { moveBack, moveLinks, takeAlong } from "./moves";
import type { SplitUndo } from "./split";

/** Makes the two groups one again, with all that has come into the new one since. */
export async function undoSplit(client: pg.PoolClient, member: Member, undo: SplitUndo): Promise<void> {
  const { from, group, moved } = undo;
  await moveBack(client, member.projectId, [group], moved);
  await dissolve(client, [group], from);
  await markSeenAnew(client, [from]);
}

/** What belongs to these groups belongs to that one; whoever comes by their ids is led there. */
export async function dissolve(client: pg.PoolClient, groupIds: readonly string[], into: string): Promise<void> {
  await takeAlong(client, groupIds, into);
  await moveLinks(client, groupIds, into);
  await client.query(`update "FailureGroup" set "mergedIntoId" = $2, "updatedAt" = now() where id = any($1::uuid[])`, [
    groupIds,
    into,
  ]);
}
