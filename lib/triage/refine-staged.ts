import type pg from "pg";
import type { Algorithm, Place as CasePlace, FailureText } from "./fingerprint/types";
import { fingerprintOf, loadMasks, type Masks } from "./masks";
import type { Place } from "./place";

type Row = FailureText & CasePlace & { seq: number };

const pieceSize = 200;
// Each change of the staging table reads it whole.
const mostPending = 20_000;

/**
 * Tells staged failures apart as people have chosen. Only now, because one that is told apart by its case has its final
 * name no earlier. Answers what it went by.
 */
export async function refineStaged(client: pg.PoolClient, place: Place, algorithm: Algorithm): Promise<Masks> {
  const masks = await loadMasks(client, place);
  if (masks.size === 0) return masks;
  await client.query(
    `declare masked no scroll cursor for
     select seq, type, message, stack, suite, name from staging where fingerprint = any($1::uuid[])`,
    [[...masks.keys()]],
  );
  let seqs: number[] = [];
  let hashes: string[] = [];
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${pieceSize} from masked`);
    for (const { seq, ...failure } of rows) {
      seqs.push(seq);
      hashes.push(fingerprintOf(algorithm, masks, failure, failure).hash);
    }
    const isDone = rows.length < pieceSize;
    if (seqs.length > 0 && (isDone || seqs.length >= mostPending)) {
      await client.query(
        `update staging s set fingerprint = f.hash from unnest($1::int[], $2::uuid[]) f(seq, hash) where f.seq = s.seq`,
        [seqs, hashes],
      );
      seqs = [];
      hashes = [];
    }
    if (isDone) break;
  }
  await client.query("close masked");
  return masks;
}
