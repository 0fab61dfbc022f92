import type pg from "pg";
import type { Member } from "@/lib/auth/member";
import { algorithm, type FailureText, type Fingerprint, type Keep, type Place } from "./algorithm";

export type Refined = { runId: string; fingerprint: Fingerprint };

/** The latest results that have the fingerprint, newest run first. */
export async function latestOf(
  client: pg.PoolClient,
  { projectId }: Member,
  hash: string,
  most: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select r.id from "RunFingerprint" x join "TestResult" r on r."runId" = x."runId" and r.fingerprint = x.hash
     where x."projectId" = $1 and x.hash = $2 order by x."runId" desc, r.id limit $3`,
    [projectId, hash, most],
  );
  return rows.map(({ id }) => id);
}

// A text may have 300 kB; so many are in memory at once.
const pieceSize = 100;

type Row = FailureText & Place & { id: string; runId: string };
type What = { base: Fingerprint; keep: Keep; ids: readonly string[]; known: ReadonlyMap<string, Refined> };

/** The refined fingerprints of results; what is known already is not read again. */
export async function refineResults(
  client: pg.PoolClient,
  { base, keep, ids, known }: What,
): Promise<Map<string, Refined>> {
  const refined = new Map<string, Refined>();
  const fingerprints = new Map<string, Fingerprint>();
  const unread: string[] = [];
  for (const id of ids) {
    const there = known.get(id);
    if (there) refined.set(id, there);
    else unread.push(id);
  }
  for (let from = 0; from < unread.length; from += pieceSize) {
    const { rows } = await client.query<Row>(
      `select r.id, r."runId", r.type, r.message, r.stack, c.suite, c.name
       from "TestResult" r join "TestCase" c on c.id = r."caseId" where r.id = any($1::uuid[])`,
      [unread.slice(from, from + pieceSize)],
    );
    for (const { id, runId, ...failure } of rows) {
      const made = algorithm.refine(base, keep, failure, failure);
      // One object for each value, however many results have it.
      const fingerprint = fingerprints.get(made.hash) ?? made;
      fingerprints.set(made.hash, fingerprint);
      refined.set(id, { runId, fingerprint });
    }
  }
  return refined;
}
