import { type Evidence, evidenceOf, type KindOfEvidence, kindsOfEvidence } from "./evidence";
import type { Parts } from "./types";

/** The odds with which two failures that share a band are one problem before anything is known of them. */
const beforehand = -1.2;

/**
 * What each evidence adds to the odds, as a logistic regression found it on all pairs of labelled failures.
 * Places that agree and the same test say most; another name in the same place of the sentence, another place in the
 * product and saying too little speak against it.
 */
const weights: Record<KindOfEvidence, number> = {
  words: 1.6,
  telling: 1.6,
  otherName: -2.3,
  otherWords: -1.5,
  unplaced: -3.6,
  placeDecides: 5.4,
  place: 1.6,
  otherPlace: -5.8,
  test: 2.8,
  suite: 1.8,
  values: 2,
  otherValues: -1.2,
};

const oddsOf = (evidence: Evidence): number =>
  kindsOfEvidence.reduce((odds, kind) => odds + weights[kind] * evidence[kind], beforehand);

/** How alike two failures are: the chance, from 0 to 1, that they are one problem. */
export function similarityOf(a: Parts, b: Parts): number {
  if (a.refined?.label !== b.refined?.label || a.refined?.value !== b.refined?.value) return 0;
  if (a.type === b.type && a.message === b.message && a.frames.join("\n") === b.frames.join("\n")) return 1;
  // Sums in another order differ in their last bit.
  return Math.round(10_000 / (1 + Math.exp(-oddsOf(evidenceOf(a, b))))) / 10_000;
}
