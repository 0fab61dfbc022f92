import { featuresOf, isAnchor } from "./features";
import { kindOf } from "./kind";
import type { Parts } from "./types";

/** What parts are compared by. */
type Weighed = { words: Map<string, number>; total: number; weightOfFrames: number; isVague: boolean };

const known = new WeakMap<Parts, Weighed>();

function weigh(parts: Parts): Weighed {
  const found = known.get(parts);
  if (found) return found;
  const words = featuresOf(parts.message);
  let total = 0;
  for (const weight of words.values()) total += weight;
  const { weightOfFrames } = kindOf(parts);
  const made = { words, total, weightOfFrames, isVague: parts.frames.every(isFileAlone) };
  known.set(parts, made);
  return made;
}

// A file holds many tests; which of them it was is not told.
const isFileAlone = (place: string): boolean =>
  !place.includes("(") && /^(?:.*\/[^ /]+\.\w{1,5}|[^ /]+\.(?:swift|rs|cc|cpp|go|php|py|rb|[jt]sx?|dart))$/.test(place);

/** Below this share of words, two failures of one place are two. */
const enoughWords = 0.55;
/** What is more alike than this is so by chance: below every threshold. */
const otherCause = 0.7;
const otherType = 0.85;

/** How alike two failures are, from 0 to 1: message and frames weigh as their kinds say. */
export function similarityOf(a: Parts, b: Parts): number {
  if (a.refined?.label !== b.refined?.label || a.refined?.value !== b.refined?.value) return 0;
  if (a.type === b.type && a.message === b.message && a.frames.join("\n") === b.frames.join("\n")) return 1;
  const one = weigh(a);
  const other = weigh(b);
  const weight = ((one.weightOfFrames + other.weightOfFrames) / 2) * (one.isVague && other.isVague ? 0.5 : 1);
  const frames = framesAlike(a.frames, b.frames);
  // Where no place says which it is, each word does.
  const wordsAreNames = frames === null || weight < 0.35;
  // What the frames alone exclude needs no look at the words.
  if (frames !== null && 1 - weight + frames * weight < otherCause) return frames * otherCause;
  const hasNoPlace = a.frames.length === 0 && b.frames.length === 0;
  const alike = join(
    a.message === b.message && a.message !== "" ? 1 : wordsAlike(one, other, wordsAreNames),
    frames,
    hasNoPlace ? 0 : weight,
  );
  const isOtherType = a.type !== b.type && a.type !== "" && b.type !== "";
  // Sums in another order differ in their last bit.
  return Math.round((isOtherType ? alike * otherType : alike) * 10_000) / 10_000;
}

function join(message: number | null, frames: number | null, weight: number): number {
  if (message === null && frames === null) return 1;
  // Of what one of them does not say nothing is known; the other must carry more.
  if (message === null) return (frames ?? 0) * 0.9;
  if (frames === null) return weight < 0.3 ? message : message * otherCause;
  const alike = message * (1 - weight) + frames * weight;
  // At one place other things go wrong, too.
  return message < enoughWords ? Math.min(alike, otherCause) : alike;
}

/** Null where one of them says nothing. */
function wordsAlike(one: Weighed, other: Weighed, wordsAreNames: boolean): number | null {
  if (one.total === 0 || other.total === 0) return null;
  let shared = 0;
  let ownOfOne = 0;
  for (const [word, weight] of one.words) {
    const there = other.words.get(word);
    if (there !== undefined) shared += 2 * Math.min(weight, there);
    else if (weight > ownOfOne) ownOfOne = weight;
  }
  let ownOfOther = 0;
  for (const [word, weight] of other.words) if (weight > ownOfOther && !one.words.has(word)) ownOfOther = weight;
  const alike = shared / (one.total + other.total);
  // Other names are another cause, however alike the sentences around them.
  const isConflict = wordsAreNames || isAnchor(Math.max(ownOfOne, ownOfOther));
  const conflicts = Math.min(ownOfOne, ownOfOther) >= 1 && isConflict;
  return conflicts ? Math.min(alike, enoughWords - 0.05) : alike;
}

/** Null where one of them has none. */
function framesAlike(a: readonly string[], b: readonly string[]): number | null {
  if (a.length === 0 || b.length === 0) return null;
  const shared = a.filter((place) => b.includes(place)).length;
  const overlap = shared / (a.length + b.length - shared);
  const top = a[0] === b[0] ? 0.5 : 0;
  const last = a.at(-1) === b.at(-1) ? 0.3 : 0;
  return top + last + 0.2 * overlap;
}
