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

// Many failures that say next to nothing share a band; of each band only so many are remembered, and of all that share
// one only those that share most are compared, or all would be with all.
const perBand = 48;
const compared = 16;

type Candidate = { hash: string; parts: Parts; groupId: string | null; founder: string };

/**
 * Finds each unknown fingerprint its group, in their order, so that the same failures in the same order always fold
 * alike: with the most similar one before it at or above the threshold, else alone.
 */
export function assign(
  unknown: readonly Fingerprint[],
  known: readonly Known[],
  algorithm: Pick<Algorithm, "threshold" | "similarity">,
): Map<string, Assigned> {
  const byBand = new Map<number, Candidate[]>();
  const assigned = new Map<string, Assigned>();
  for (const { hash, parts, groupId } of known)
    remember(byBand, { hash, parts, groupId, founder: hash }, bandsOf(parts));

  for (const { hash, parts, bands } of unknown) {
    if (assigned.has(hash)) continue;
    let best: Candidate | null = null;
    let similarity = 0;
    for (const candidate of candidatesOf(byBand, bands)) {
      const alike = algorithm.similarity(parts, candidate.parts);
      if (alike > similarity) {
        best = candidate;
        similarity = alike;
      }
    }
    const joins = best && similarity >= algorithm.threshold ? best : null;
    assigned.set(hash, placeOf(joins, similarity));
    remember(byBand, { hash, parts, groupId: joins?.groupId ?? null, founder: joins?.founder ?? hash }, bands);
  }
  return assigned;
}

function placeOf(joins: Candidate | null, similarity: number): Assigned {
  if (!joins) return { founds: true };
  const { groupId, hash: to, founder } = joins;
  if (groupId !== null) return { groupId, joinedBy: "similar", similarity, to };
  return { founds: true, with: founder, similarity, to };
}

function remember(byBand: Map<number, Candidate[]>, candidate: Candidate, bands: readonly number[]): void {
  for (const band of new Set(bands)) {
    const there = byBand.get(band);
    if (!there) byBand.set(band, [candidate]);
    else if (there.length < perBand) there.push(candidate);
  }
}

/** Those that share most bands, the earliest of equals first. */
function candidatesOf(byBand: ReadonlyMap<number, Candidate[]>, bands: readonly number[]): Candidate[] {
  const shared = new Map<Candidate, number>();
  for (const band of new Set(bands))
    for (const candidate of byBand.get(band) ?? []) shared.set(candidate, (shared.get(candidate) ?? 0) + 1);
  if (shared.size <= compared) return [...shared.keys()];
  return [...shared]
    .sort(([, one], [, other]) => other - one)
    .slice(0, compared)
    .map(([candidate]) => candidate);
}
