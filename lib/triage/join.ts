import { bandsOf } from "./fingerprint/sketch";
import type { Algorithm, Fingerprint, Parts } from "./fingerprint/types";

/** A fingerprint whose group is decided. */
export type Known = { hash: string; parts: Parts; groupId: string };

/** Where an unknown fingerprint belongs: to a known group, or to one that is founded now. */
export type Assigned =
  /** `to` is the fingerprint that it is most like. */
  | { groupId: string; joinedBy: "similar"; similarity: number; to: string }
  | { founds: true; with?: undefined }
  /** `with` is the unknown one that founds the group. */
  | { founds: true; with: string; similarity: number; to: string };

// Many failures that say next to nothing share a band; of each band only so many are compared, or all would be with all.
const perBand = 32;

type Candidate = { hash: string; parts: Parts; groupId: string | null; founder: string };

/**
 * Finds each unknown fingerprint its group, in their order, so that the same failures in the same order always fold
 * alike: with the most similar one before it at or above the threshold, else alone.
 */
export function assign(
  unknown: readonly Fingerprint[],
  known: readonly Known[],
  algorithm: Algorithm,
): Map<string, Assigned> {
  const byBand = new Map<number, Candidate[]>();
  const assigned = new Map<string, Assigned>();

  const remember = (candidate: Candidate, bands: readonly number[]) => {
    for (const band of bands) {
      const there = byBand.get(band);
      if (!there) byBand.set(band, [candidate]);
      else if (there.length < perBand) there.push(candidate);
    }
  };

  for (const { hash, parts, groupId } of known) remember({ hash, parts, groupId, founder: hash }, bandsOf(parts));

  for (const { hash, parts, bands } of unknown) {
    if (assigned.has(hash)) continue;
    let best: Candidate | null = null;
    let similarity = 0;
    const compared = new Set<Candidate>();
    for (const band of bands)
      for (const candidate of byBand.get(band) ?? []) {
        if (compared.has(candidate)) continue;
        compared.add(candidate);
        const alike = algorithm.similarity(parts, candidate.parts);
        if (alike > similarity) {
          best = candidate;
          similarity = alike;
        }
      }
    const joins = best && similarity >= algorithm.threshold ? best : null;
    if (!joins) assigned.set(hash, { founds: true });
    else if (joins.groupId !== null)
      assigned.set(hash, { groupId: joins.groupId, joinedBy: "similar", similarity, to: joins.hash });
    else assigned.set(hash, { founds: true, with: joins.founder, similarity, to: joins.hash });
    remember({ hash, parts, groupId: joins?.groupId ?? null, founder: joins?.founder ?? hash }, bands);
  }
  return assigned;
}
