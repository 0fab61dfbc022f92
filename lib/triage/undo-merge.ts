import type pg from "pg";
import type { Member } from "@/lib/auth/member";
import type { Severity, SeveritySource } from "@/lib/db/generated/enums";
import { algorithm, type Parts } from "./algorithm";
import { markSeenAnew } from "./change-groups";
import { type MergeUndo, setSeverity } from "./merge";
import { moveBack, moveLinksOfResults, takeAlong } from "./moves";

/** Parts what was merged. What has come since goes with what it is most like, and issues with their results. */
export async function undoMerge(client: pg.PoolClient, member: Member, undo: MergeUndo): Promise<void> {
  const { into, others, moved } = undo;
  const newer = await findNewer(client, undo);
  await moveBack(client, member.projectId, [into], moved);
  await giveNewer(client, member, undo, newer);
  await client.query(
    `update "FailureGroup" set "mergedIntoId" = null, "updatedAt" = now() where "mergedIntoId" = $1 and id = any($2::uuid[])`,
    [into, others],
  );
  for (const [groupId, ids] of Object.entries(undo.links))
    await client.query(`update "IssueLink" set "groupId" = $2 where id = any($1::uuid[]) and "groupId" = $3`, [
      ids,
      groupId,
      into,
    ]);
  await moveLinksOfResults(client, into, others, { covering: true });
  await lower(client, member, undo);
  await markSeenAnew(client, [into, ...others]);
}

type Print = { hash: string; parts: Parts };

/** Fingerprints that joined the group since the merge. */
async function findNewer(client: pg.PoolClient, { into, kept, moved }: MergeUndo): Promise<Print[]> {
  const known = [...kept, ...moved.map(({ hash }) => hash)];
  const { rows } = await client.query<Print>(
    `select hash, parts from "Fingerprint" where "groupId" = $1 and hash <> all($2::uuid[])`,
    [into, known],
  );
  return rows;
}

// More would be compared for longer than anybody waits; what is left over stays in the group.
const mostCompared = 500;

async function giveNewer(client: pg.PoolClient, member: Member, undo: MergeUndo, newer: readonly Print[]) {
  if (newer.length === 0) return;
  const home = new Map(undo.moved.map(({ hash, groupId }) => [hash, groupId]));
  const { rows: known } = await client.query<Print>(
    `select hash, parts from "Fingerprint" where "projectId" = $1 and hash = any($2::uuid[]) limit ${mostCompared}`,
    [member.projectId, [...home.keys(), ...undo.kept]],
  );
  for (const { hash, parts } of newer.slice(0, mostCompared)) {
    const [nearest] = known
      .map((one) => ({ groupId: home.get(one.hash) ?? undo.into, alike: algorithm.similarity(parts, one.parts) }))
      .sort((a, b) => b.alike - a.alike);
    if (nearest && nearest.alike > 0 && nearest.groupId !== undo.into)
      await takeAlong(client, [undo.into], nearest.groupId, [hash]);
  }
}

/** The severity as it was before the merge, unless it has been changed since. */
async function lower(client: pg.PoolClient, member: Member, { into, severity }: MergeUndo): Promise<void> {
  if (!severity) return;
  const { rows } = await client.query<{ severity: Severity; severitySource: SeveritySource }>(
    `select severity, "severitySource" from "FailureGroup" where id = $1`,
    [into],
  );
  const { before, after } = severity;
  if (rows[0]?.severity !== after.severity || rows[0].severitySource !== after.severitySource) return;
  await setSeverity(client, member, into, { before: after, after: before }, "the merge was undone");
}
