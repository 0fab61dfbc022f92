import type pg from "pg";
import { newId } from "@/lib/db/ids";
import type { Algorithm, Place as CasePlace, FailureText, Fingerprint, Parts } from "./fingerprint/types";
import { assign, type Known } from "./join";
import { fingerprintOf, type Masks } from "./masks";
import type { Place } from "./place";
import { asJson, type NewFingerprint, type NewGroup, storeFingerprints, storeNewGroups } from "./store-fingerprints";

type Sample = { hash: string; resultId: string };
type Text = FailureText & CasePlace & { id: string };
type Unseen = Fingerprint & { resultId: string };
export type Run = { id: string; createdAt: Date };

const pieceSize = 100;
/** So many unseen fingerprints of one import are compared with what is known, the most frequent first. */
export const mostCompared = 2_000;
/** So many known ones that share a band with one of the piece are looked at. */
const mostCandidates = 2_000;

// Not as a join, for the reason that stands in count-fingerprints.
const unseen = `
  "RunFingerprint" r where r."runId" = $1
    and (select f.hash from "Fingerprint" f where f."projectId" = $2 and f.hash = r.hash) is null`;

// The most frequent first, so that it founds the group which those that are like it join.
const findUnseen = `
  declare unseen no scroll cursor for
  select r.hash, r."resultId" from ${unseen} order by r.failures + r.flaky desc, r."resultId"`;

/** Whether the run has a fingerprint that the project does not have. */
export const hasUnseen = async (client: pg.PoolClient, { projectId }: Place, runId: string): Promise<boolean> =>
  (await client.query(`select 1 from ${unseen} limit 1`, [runId, projectId])).rowCount !== 0;

/** Gives each fingerprint of the run that the project has not seen its group. Answers how many there were. */
export async function groupUnseen(
  client: pg.PoolClient,
  place: Place,
  run: Run,
  { algorithm, masks }: { algorithm: Algorithm; masks: Masks },
): Promise<number> {
  await client.query(findUnseen, [run.id, place.projectId]);
  let count = 0;
  for (;;) {
    const { rows } = await client.query<Sample>(`fetch ${pieceSize} from unseen`);
    if (rows.length > 0) {
      const unseen = await read(client, rows, { algorithm, masks });
      const known = count < mostCompared ? await findCandidates(client, place, unseen) : null;
      await store(client, place, run, unseen, known, algorithm);
    }
    count += rows.length;
    if (rows.length < pieceSize) break;
  }
  await client.query("close unseen");
  return count;
}

/** Makes them again, of the text of a result that has them: memory does not grow with what a file holds. */
async function read(
  client: pg.PoolClient,
  samples: Sample[],
  { algorithm, masks }: { algorithm: Algorithm; masks: Masks },
): Promise<Unseen[]> {
  const { rows } = await client.query<Text>(
    `select r.id, r.type, r.message, r.stack, c.suite, c.name
     from "TestResult" r cross join lateral (select suite, name from "TestCase" where id = r."caseId" offset 0) c
     where r.id = any($1::uuid[])`,
    [samples.map(({ resultId }) => resultId)],
  );
  const texts = new Map(rows.map((row) => [row.id, row]));
  return samples.flatMap(({ hash, resultId }) => {
    const failure = texts.get(resultId);
    return failure ? [{ ...fingerprintOf(algorithm, masks, failure, failure), hash, resultId }] : [];
  });
}

async function findCandidates(client: pg.PoolClient, { projectId }: Place, unseen: Unseen[]): Promise<Known[]> {
  const bands = [...new Set(unseen.flatMap((fingerprint) => fingerprint.bands))];
  const { rows } = await client.query<{ hash: string; parts: Parts; groupId: string }>(
    `select hash, parts, "groupId" from "Fingerprint" where "projectId" = $1 and bands && $2::int[] limit $3`,
    [projectId, bands, mostCandidates],
  );
  return rows;
}

/** Stores them, each in the group of the one that it is like or in its own. Without candidates nothing is compared. */
async function store(
  client: pg.PoolClient,
  place: Place,
  run: Run,
  unseen: Unseen[],
  known: Known[] | null,
  algorithm: Algorithm,
): Promise<void> {
  const assigned = known ? assign(unseen, known, algorithm) : null;
  const founded = new Map<string, string>();
  const groups: NewGroup[] = [];
  const fingerprints: NewFingerprint[] = [];
  for (const { hash, parts, bands, resultId } of unseen) {
    const to = assigned?.get(hash);
    const alike = to && ("groupId" in to ? to.groupId : to.with && founded.get(to.with));
    const groupId = alike || newId();
    if (!alike) {
      founded.set(hash, groupId);
      groups.push({ id: groupId, title: algorithm.titleOf(parts), type: parts.type || null });
    }
    const similarity = alike && to && "similarity" in to ? to.similarity : null;
    const joinedBy = alike ? "similar" : "first";
    fingerprints.push({ hash, parts: asJson(parts), bands, groupId, joinedBy, similarity, resultId });
  }
  await storeNewGroups(client, place, run, groups);
  await storeFingerprints(client, place, algorithm.version, fingerprints);
}
