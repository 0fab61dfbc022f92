import type pg from "pg";
import type { Algorithm, Place as CasePlace, FailureText, Fingerprint, Keep } from "./fingerprint/types";
import type { Place } from "./place";

/** By the hash of a fingerprint as the algorithm makes it: the varying part that people told it apart by. */
export type Masks = ReadonlyMap<string, Keep>;

export async function loadMasks(client: pg.PoolClient, { workspaceId, projectId }: Place): Promise<Masks> {
  const { rows } = await client.query<{ hash: string; keep: Keep }>(
    `select hash, keep from "FingerprintMask" where "projectId" = $1 and "workspaceId" = $2 order by hash`,
    [projectId, workspaceId],
  );
  return new Map(rows.map(({ hash, keep }) => [hash, keep]));
}

/** True when both tell the same failures apart by the same parts. */
export const areSame = (a: Masks, b: Masks): boolean => JSON.stringify([...a]) === JSON.stringify([...b]);

/** The fingerprint that a failure has in the project. */
export function fingerprintOf(algorithm: Algorithm, masks: Masks, failure: FailureText, place: CasePlace): Fingerprint {
  const { type, message, stack } = failure;
  const base = algorithm.fingerprint({ type, message, stack, suite: place.suite, name: place.name });
  const keep = masks.get(base.hash);
  return keep ? algorithm.refine(base, keep, failure, place) : base;
}
