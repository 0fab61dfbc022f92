import type pg from "pg";
import type { Algorithm, Place as CasePlace, FailureText } from "./fingerprint/types";
import { fingerprintOf, type Masks } from "./masks";
import type { Place } from "./place";

type Row = FailureText & CasePlace & { id: string; fingerprint: string | null };
type How = {
  algorithm: Algorithm;
  masks: Masks;
  /** Those that have none, or all failing ones. */
  which: "missing" | "all";
  /** How many results are read at most. */
  most?: number;
};

// A text may have 300 kB; so many are in memory at once.
const pieceSize = 100;

/** Gives stored failing results of a run the fingerprint that their text has. Answers how many it has read. */
export async function fingerprintResults(
  client: pg.PoolClient,
  { workspaceId }: Place,
  runId: string,
  { algorithm, masks, which, most = Number.POSITIVE_INFINITY }: How,
): Promise<number> {
  let read = 0;
  for (let rank = 0; rank <= 2; rank += 1) {
    let after = "00000000-0000-0000-0000-000000000000";
    while (read < most) {
      const { rows } = await client.query<Row>(
        `select r.id, r.fingerprint, r.type, r.message, r.stack, c.suite, c.name
         from "TestResult" r cross join lateral (select suite, name from "TestCase" where id = r."caseId" offset 0) c
         where r."runId" = $1 and r."workspaceId" = $2 and r.rank = $3 and r.id > $4
           ${which === "missing" ? "and r.fingerprint is null" : ""}
         order by r.id limit $5`,
        [runId, workspaceId, rank, after, Math.min(pieceSize, most - read)],
      );
      const changed = rows.flatMap(({ id, fingerprint, ...failure }) => {
        const { hash } = fingerprintOf(algorithm, masks, failure, failure);
        return hash === fingerprint ? [] : [{ id, hash }];
      });
      await client.query(
        `update "TestResult" r set fingerprint = f.hash from unnest($1::uuid[], $2::uuid[]) f(id, hash)
         where f.id = r.id and r."workspaceId" = $3`,
        [changed.map(({ id }) => id), changed.map(({ hash }) => hash), workspaceId],
      );
      read += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < pieceSize) break;
      after = last.id;
    }
  }
  return read;
}
