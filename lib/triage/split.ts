import type pg from "pg";
import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { newId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { algorithm, type Parts } from "./algorithm";
import {
  changeGroups,
  checkNotMerged,
  type Held,
  heldOf,
  holdGroupRows,
  markSeenAnew,
  recordChange,
  tell,
} from "./change-groups";
import { recordHistory } from "./history";
import { movedSchema, moveFingerprints, moveLinksOfResults } from "./moves";
import type { Changed } from "./shapes";
import { storeNewGroups } from "./store-fingerprints";

/** What it takes to undo a split: everything of the new group goes back, and these are then as they were. */
export const splitUndo = z.object({ from: z.string(), group: z.string(), moved: z.array(movedSchema) });
export type SplitUndo = z.infer<typeof splitUndo>;

/**
 * Takes fingerprints out of a group into one of their own. An issue that is for the whole group stays with it; one that
 * is for a result goes where the result goes.
 */
export function splitGroup(member: Member, groupId: string, hashes: readonly string[]): Promise<Changed> {
  return changeGroups(member, async (client) => {
    const held = await holdGroupRows(client, member, [groupId]);
    checkNotMerged(held.values());
    const sample = await checkSubset(client, groupId, hashes);
    const from = heldOf(held, groupId);
    const group = { id: newId(), title: algorithm.titleOf(sample), type: sample.type || null };
    await foundFrom(client, member, from, [group]);
    const undo: SplitUndo = {
      ...{ from: groupId, group: group.id },
      moved: await moveFingerprints(client, [groupId], group.id, hashes),
    };
    await moveLinksOfResults(client, groupId, [group.id]);
    const touched = [groupId, group.id];
    await markSeenAnew(client, touched);
    const changeId = await recordChange(client, member, { kind: "split", groupIds: touched, undo });
    const after = { fingerprints: hashes.length, into: group.id, change: changeId };
    await tell(client, member, { action: "group.split", groupId, groupIds: touched, after });
    return { changeId, groupId, created: [group.id], toldApart: 0, left: 0 };
  });
}

/** The parts of the most frequent of the fingerprints. All have to be of the group, and one has to stay. */
async function checkSubset(client: pg.PoolClient, groupId: string, hashes: readonly string[]): Promise<Parts> {
  const { rows } = await client.query<{ hash: string; parts: Parts }>(
    `select f.hash, f.parts from "Fingerprint" f
     where f."groupId" = $1 order by (
       select sum(r.failures + r.flaky) from "RunFingerprint" r where r."projectId" = f."projectId" and r.hash = f.hash
     ) desc nulls last, f.hash`,
    [groupId],
  );
  const wanted = new Set(hashes);
  const chosen = rows.filter(({ hash }) => wanted.has(hash));
  const [first] = chosen;
  if (!first || chosen.length !== wanted.size) throw notFound("fingerprint in this group");
  if (chosen.length === rows.length) {
    const message = "Leave at least one fingerprint in the group.";
    throw new AppError("invalid_input", message, { fields: { hashes: message } });
  }
  return first.parts;
}

/**
 * Groups that come out of another one. They are as severe as that one; but whether they may be ignored nobody has said
 * yet, and what nobody has looked at is not hidden.
 */
export async function foundFrom(
  client: pg.PoolClient,
  member: Member,
  from: Held,
  groups: readonly { id: string; title: string; type: string | null }[],
): Promise<void> {
  const { severity, severitySource: source, lastRunId, lastSeenAt } = from;
  await storeNewGroups(client, member, { id: lastRunId, createdAt: lastSeenAt }, groups);
  if (source === "default" && severity === "medium") return;
  const ids = groups.map(({ id }) => id);
  await client.query(`update "FailureGroup" set severity = $2, "severitySource" = $3 where id = any($1::uuid[])`, [
    ids,
    severity,
    source,
  ]);
  const detail = `split from “${from.title}”`.slice(0, 200);
  await recordHistory(
    client,
    member,
    ids.map((groupId) => ({
      ...{ groupId, field: "severity" as const, before: "medium", after: severity },
      ...{ source, detail, by: member },
    })),
  );
}
