import type pg from "pg";
import type { Member } from "@/lib/auth/member";
import { AppError } from "@/lib/errors";
import { algorithm } from "./algorithm";
import { markSeenAnew } from "./change-groups";
import { recountFingerprints } from "./count-fingerprints";
import { moveLinksOfResults } from "./moves";
import type { RefineUndo } from "./refine";
import { dissolve } from "./undo-split";

export type Refined = {
  hash: string;
  groupId: string;
  /** Its group holds nothing but what was told apart like it. */
  isAlone: boolean;
};

/**
 * Takes the mask away: all failures that were told apart by it, stored then or imported since, have their fingerprint
 * again and are in its group.
 */
export async function undoRefine(
  client: pg.PoolClient,
  member: Member,
  { from, hash, maskId, groups }: RefineUndo,
  refined: readonly Refined[],
): Promise<void> {
  const hashes = refined.map((one) => one.hash);
  await client.query(`delete from "FingerprintMask" where id = $1`, [maskId]);
  const runIds = await assignBase(client, member, hash, hashes);
  await recountFingerprints(client, member, runIds, [hash, ...hashes]);
  await client.query(`delete from "Fingerprint" where "projectId" = $1 and hash = any($2::uuid[])`, [
    ...[member.projectId, hashes],
  ]);
  // Imports have founded groups for values of their own. Of those that hold other failures too, only what was told
  // apart goes.
  const founded = refined.filter(({ groupId }) => groupId !== from && !groups.includes(groupId));
  const shared = [...new Set(founded.filter(({ isAlone }) => !isAlone).map(({ groupId }) => groupId))];
  await dissolve(client, [...groups, ...founded.filter(({ isAlone }) => isAlone).map(({ groupId }) => groupId)], from);
  for (const id of shared) await moveLinksOfResults(client, id, [from], { covering: true });
  await markSeenAnew(client, [from, ...shared]);
}

/** The fingerprints that were told apart from the base: their parts are its own, and what is kept. */
export async function findRefined(client: pg.PoolClient, { projectId }: Member, hash: string): Promise<Refined[]> {
  const { rows: base } = await client.query<{ version: number }>(
    `select version from "Fingerprint" where "projectId" = $1 and hash = $2`,
    [projectId, hash],
  );
  if (base[0]?.version !== algorithm.version)
    throw new AppError("conflict", "It comes from an earlier version of the algorithm. Merge the groups instead.");
  const { rows } = await client.query<Refined>(
    `select f.hash, f."groupId", not exists (
       select from "Fingerprint" o where o."groupId" = f."groupId"
         and (not o.parts ? 'refined' or o.parts - 'refined' - 'seen' <> b.parts - 'seen')) as "isAlone"
     from "Fingerprint" b
     join "Fingerprint" f on f."projectId" = b."projectId" and f.version = b.version
       and f.parts ? 'refined' and f.parts - 'refined' - 'seen' = b.parts - 'seen'
     where b."projectId" = $1 and b.hash = $2`,
    [projectId, hash],
  );
  return rows;
}

/** Gives all results of these fingerprints the base's, in the order of their ids. Answers the runs that they are of. */
async function assignBase(
  client: pg.PoolClient,
  { projectId }: Member,
  hash: string,
  refined: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ runId: string }>(
    `select distinct "runId" from "RunFingerprint" where "projectId" = $1 and hash = any($2::uuid[])`,
    [projectId, refined],
  );
  const runIds = rows.map(({ runId }) => runId);
  const which = `"runId" = any($1::uuid[]) and fingerprint = any($2::uuid[])`;
  await client.query(`select 1 from "TestResult" where ${which} order by id for no key update`, [runIds, refined]);
  await client.query(`update "TestResult" set fingerprint = $3 where ${which}`, [runIds, refined, hash]);
  return runIds;
}
