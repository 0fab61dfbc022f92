import type pg from "pg";
import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { newId } from "@/lib/db/ids";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { AppError, notFound } from "@/lib/errors";
import { algorithm, type Fingerprint, type Keep, type Parts } from "./algorithm";
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
import { recountFingerprints } from "./count-fingerprints";
import { moveLinksOfResults } from "./moves";
import { latestOf, type Refined, refineResults } from "./refine-results";
import type { Changed } from "./shapes";
import { foundFrom } from "./split";
import { asJson, storeFingerprints } from "./store-fingerprints";

/** What it takes to undo it: without the mask, all that was told apart by it goes back. */
export const refineUndo = z.object({
  from: z.string(),
  hash: z.string(),
  maskId: z.string(),
  groups: z.array(z.string()),
});
export type RefineUndo = z.infer<typeof refineUndo>;

/** So many stored failures are told apart; older ones stay as they are. */
export const mostTold = 20_000;
// More than a person can mean: a number that is another one each time would make a problem of each failure.
const mostValues = 200;

/**
 * Tells the failures of one fingerprint apart by a varying part, those that are stored and those to come: each value is
 * a group of its own. The most frequent one stays in the old group.
 */
export async function refineGroup(
  member: Member,
  groupId: string,
  { hash, keep }: { hash: string; keep: Keep },
): Promise<Changed> {
  const prepare = async (client: pg.PoolClient) => {
    const held = await holdGroupRows(client, member, [groupId]);
    checkNotMerged(held.values());
    return { from: heldOf(held, groupId), base: await getBase(client, member, groupId, hash) };
  };
  const readLatest = async (client: pg.PoolClient, base: Fingerprint, known: ReadonlyMap<string, Refined>) =>
    refineResults(client, { base, keep, ids: await latestOf(client, member, hash, mostTold), known });

  // Reading 20,000 texts takes seconds: that happens before anybody has to wait.
  const { base: found } = await rawTransaction(prepare);
  const read = await rawTransaction((client) => readLatest(client, found, new Map()));
  checkValues(read);

  return changeGroups(member, async (client) => {
    const { from, base } = await prepare(client);
    // What has come since.
    const refined = await readLatest(client, base, read);
    const values = checkValues(refined);

    const undo: RefineUndo = { from: groupId, hash, maskId: newId(), groups: [] };
    await client.query(
      `insert into "FingerprintMask" (id, "workspaceId", "projectId", hash, keep, "createdById") values ($1, $2, $3, $4, $5, $6)`,
      [undo.maskId, member.workspaceId, member.projectId, hash, JSON.stringify(keep), member.userId],
    );
    undo.groups = await store(client, member, from, values);
    const runIds = await assignRefined(client, refined);
    await recountFingerprints(client, member, runIds, [hash, ...values.map(({ fingerprint }) => fingerprint.hash)]);
    await moveLinksOfResults(client, groupId, undo.groups);
    const touched = [groupId, ...undo.groups];
    await markSeenAnew(client, touched);
    const changeId = await recordChange(client, member, { kind: "refine", groupIds: touched, undo });
    const left = await countLeft(client, member, hash);
    const after = { fingerprint: hash, keep: JSON.stringify(keep), into: undo.groups.length, change: changeId };
    await tell(client, member, { action: "group.split", groupId, groupIds: touched, after });
    return { changeId, groupId, created: undo.groups, toldApart: refined.size, left };
  });
}

/** The fingerprint, if its failures can be told apart: as the present version makes it, and by nothing yet. */
async function getBase(client: pg.PoolClient, member: Member, groupId: string, hash: string): Promise<Fingerprint> {
  const { rows } = await client.query<{ parts: Parts; bands: number[]; version: number; isMasked: boolean }>(
    `select f.parts, f.bands, f.version,
       exists (select from "FingerprintMask" m where m."projectId" = $1 and m.hash = f.hash) as "isMasked"
     from "Fingerprint" f where f."projectId" = $1 and f.hash = $2 and f."groupId" = $3 and f."workspaceId" = $4`,
    [member.projectId, hash, groupId, member.workspaceId],
  );
  const [row] = rows;
  if (!row) throw notFound("fingerprint in this group");
  if (row.isMasked || row.parts.refined)
    throw new AppError(
      "conflict",
      "Its failures are told apart already. Undo that first to tell them apart otherwise.",
    );
  if (row.version !== algorithm.version)
    throw new AppError(
      "conflict",
      "It comes from an earlier version: new failures have another fingerprint. Split that one.",
    );
  return { hash, parts: row.parts, bands: row.bands };
}

type Value = { fingerprint: Fingerprint; resultId: string; count: number };

/** The values that failures were told apart by, the most frequent first. */
function checkValues(refined: ReadonlyMap<string, Refined>): Value[] {
  const values = new Map<string, Value>();
  for (const [resultId, { fingerprint }] of refined) {
    const known = values.get(fingerprint.hash);
    if (known) known.count += 1;
    else values.set(fingerprint.hash, { fingerprint, resultId, count: 1 });
  }
  if (values.size > mostValues) {
    const message = `This would make more than ${mostValues} groups. Choose a part that varies less.`;
    throw new AppError("invalid_input", message, { fields: { keep: message } });
  }
  return [...values.values()].sort((a, b) => b.count - a.count);
}

/** Stores the fingerprints, the first one in the old group and each other one in a group that is new. */
async function store(client: pg.PoolClient, member: Member, from: Held, values: Value[]): Promise<string[]> {
  const groups = values.slice(1).map(({ fingerprint: { parts } }) => ({
    ...{ id: newId(), type: parts.type || null },
    title: algorithm.titleOf(parts),
  }));
  await foundFrom(client, member, from, groups);
  const groupIds = [from.id, ...groups.map(({ id }) => id)];
  await storeFingerprints(
    client,
    member,
    algorithm.version,
    values.map(({ fingerprint: { hash, parts, bands }, resultId }, index) => ({
      ...{ hash, bands, resultId, parts: asJson(parts), similarity: null },
      ...{ groupId: groupIds[index] ?? from.id, joinedBy: "hand" as const },
    })),
  );
  return groups.map(({ id }) => id);
}

/** Gives the results their refined fingerprints, in the order of their ids. Answers the runs that they are of. */
async function assignRefined(client: pg.PoolClient, refined: ReadonlyMap<string, Refined>): Promise<string[]> {
  const ids = [...refined.keys()].sort();
  await client.query(`select 1 from "TestResult" where id = any($1::uuid[]) order by id for no key update`, [ids]);
  await client.query(
    `update "TestResult" r set fingerprint = f.hash from unnest($1::uuid[], $2::uuid[]) f(id, hash) where f.id = r.id`,
    [ids, ids.map((id) => refined.get(id)?.fingerprint.hash)],
  );
  return [...new Set([...refined.values()].map(({ runId }) => runId))];
}

async function countLeft(client: pg.PoolClient, { projectId }: Member, hash: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select coalesce(sum(failures + flaky), 0)::int as count from "RunFingerprint" where "projectId" = $1 and hash = $2`,
    [projectId, hash],
  );
  return rows[0]?.count ?? 0;
}
