import type pg from "pg";
import { newId } from "@/lib/db/ids";
import { log } from "@/lib/log";
import type { Algorithm, Place as CasePlace, FailureText } from "./fingerprint/types";
import { fingerprintOf, loadMasks, type Masks } from "./masks";
import type { Place } from "./place";
import { asJson, type NewFingerprint, storeFingerprints } from "./store-fingerprints";

/*
 * A new version of the algorithm makes another hash of the same failure. Before anything is unseen, what is known is
 * carried: the texts that an old fingerprint stands for are read with the new version, and what comes out joins the same
 * group. Groups, links and assessments stay, and nothing becomes new.
 */

type Old = { hash: string; groupId: string };
type Sample = FailureText & CasePlace & { hash: string; resultId: string };

// With up to 12 samples each, of which one may have 300 kB.
const pieceSize = 25;

/** Carries so many fingerprints of the project at most. For somebody who holds `lockGroups`. Answers how many. */
export async function carryFingerprints(
  client: pg.PoolClient,
  place: Place,
  algorithm: Algorithm,
  most: number,
): Promise<number> {
  // What failed last is what will fail next. What people have told apart comes before what was left together.
  const { rows: old } = await client.query<Old>(
    `select f.hash, f."groupId" from "Fingerprint" f join "FailureGroup" g on g.id = f."groupId"
     where f."projectId" = $1 and f."carriedTo" < $2 
     order by f.parts ? 'refined' desc, g."lastSeenAt" desc, f.hash limit $3`,
    [place.projectId, algorithm.version, most],
  );
  if (old.length === 0) return 0;
  const masks = await carryMasks(client, place, algorithm);
  for (let from = 0; from < old.length; from += pieceSize)
    await carryPiece(client, place, algorithm, masks, old.slice(from, from + pieceSize));
  return old.length;
}

async function carryPiece(
  client: pg.PoolClient,
  place: Place,
  algorithm: Algorithm,
  masks: Masks,
  old: readonly Old[],
): Promise<void> {
  const hashes = old.map(({ hash }) => hash);
  const groupOf = new Map(old.map(({ hash, groupId }) => [hash, groupId]));
  const wanted: NewFingerprint[] = [];
  for (const { hash, resultId, ...failure } of await samplesOf(client, place, hashes)) {
    const { parts, bands, hash: to } = fingerprintOf(algorithm, masks, failure, failure);
    const groupId = groupOf.get(hash);
    if (to === hash || groupId === undefined) continue;
    if (wanted.some((one) => one.hash === to && one.groupId === groupId)) continue;
    wanted.push({ hash: to, parts: asJson(parts), bands, groupId, joinedBy: "upgrade", similarity: null, resultId });
  }
  const stored = await storeFingerprints(client, place, algorithm.version, wanted);
  if (stored < wanted.length) await tellCollisions(client, place, wanted);
  await client.query(`update "Fingerprint" set "carriedTo" = $3 where "projectId" = $1 and hash = any($2::uuid[])`, [
    place.projectId,
    hashes,
    algorithm.version,
  ]);
}

/**
 * Failures that had each fingerprint, of several runs, because the new version may tell apart what was one. Only
 * results that have it now: one that it was taken from may tell of something else since a later attempt.
 */
async function samplesOf(client: pg.PoolClient, { projectId }: Place, hashes: string[]): Promise<Sample[]> {
  const { rows } = await client.query<Sample>(
    `select f.hash, r.id as "resultId", r.type, r.message, r.stack, c.suite, c.name
     from unnest($1::uuid[]) with ordinality f(hash, place)
     cross join lateral (
       select "runId" from "RunFingerprint"
       where "projectId" = $2 and hash = f.hash order by "runId" desc limit 3) run
     cross join lateral (
       select id, "caseId", type, message, stack from "TestResult"
       where "runId" = run."runId" and fingerprint = f.hash order by id limit 4) r
     cross join lateral (select suite, name from "TestCase" where id = r."caseId" offset 0) c
     order by f.place, r.id`,
    [hashes, projectId],
  );
  return rows;
}

/** What the new version cannot tell apart any more stays where it was first; people may merge the groups. */
async function tellCollisions(client: pg.PoolClient, { projectId }: Place, wanted: NewFingerprint[]): Promise<void> {
  const { rows } = await client.query<Old>(
    `select hash, "groupId" from "Fingerprint" where "projectId" = $1 and hash = any($2::uuid[])`,
    [projectId, wanted.map(({ hash }) => hash)],
  );
  const groupOf = new Map(rows.map(({ hash, groupId }) => [hash, groupId]));
  for (const { hash, groupId } of wanted) {
    const keptIn = groupOf.get(hash);
    if (keptIn !== groupId)
      log.info({ projectId, hash, groupId, keptIn }, "the new fingerprint of a failure group is another's already");
  }
}

/**
 * What people have told apart stays told apart: a mask holds for the new fingerprint of the same failures too. They are
 * found by their refined fingerprints, whose parts are those of the base and what is kept.
 */
async function carryMasks(client: pg.PoolClient, place: Place, algorithm: Algorithm): Promise<Masks> {
  const { workspaceId, projectId } = place;
  const masks = await loadMasks(client, place);
  if (masks.size === 0) return masks;
  const { rows } = await client.query<{ base: string; refined: string[] }>(
    `select b.hash as base, (array_agg(f.hash order by f."createdAt" desc))[1:3] as refined
     from "FingerprintMask" m
     join "Fingerprint" b on b."projectId" = m."projectId" and b.hash = m.hash and b.version < $2
     join "Fingerprint" f on f."projectId" = b."projectId" and f.version = b.version
       and f.parts ? 'refined' and f.parts - 'refined' - 'seen' = b.parts - 'seen'
     where m."projectId" = $1 group by b.hash`,
    [projectId, algorithm.version],
  );
  for (const { base, refined } of rows) {
    const hashes = (await samplesOf(client, place, refined)).map((failure) => algorithm.fingerprint(failure).hash);
    await client.query(
      `insert into "FingerprintMask" (id, "workspaceId", "projectId", hash, keep, "createdById", "createdAt")
       select f.id, $1, $2, f.hash, m.keep, m."createdById", m."createdAt"
       from "FingerprintMask" m cross join unnest($4::uuid[], $5::uuid[]) f(id, hash)
       where m."projectId" = $2 and m.hash = $3
       on conflict ("projectId", hash) do nothing`,
      [workspaceId, projectId, base, hashes.map(() => newId()), hashes],
    );
  }
  return loadMasks(client, place);
}
