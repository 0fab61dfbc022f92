import { featuresOf, isAnchor } from "./features";
import { kindOf } from "./kind";
import type { Parts } from "./types";

/** How alike two failures are, from 0 to 1: message and frames weigh as their kinds say. */
export function similarityOf(a: Parts, b: Parts): number {
  if (a.refined?.label !== b.refined?.label || a.refined?.value !== b.refined?.value) return 0;
  const frames = framesAlike(a.frames, b.frames);
  const message = messagesAlike(a.message, b.message);
  const weight = (kindOf(a).weightOfFrames + kindOf(b).weightOfFrames) / 2;
  const isVague = a.frames.every(isFileAlone) && b.frames.every(isFileAlone);
  const alike = weighed(message, frames, isVague ? weight / 2 : weight);
  return a.type === b.type || a.type === "" || b.type === "" ? alike : alike * 0.85;
}

function weighed(message: number | null, frames: number | null, weight: number): number {
  if (message === null && frames === null) return 1;
  // Of what one of them does not say nothing is known; the other must carry more.
  if (message === null) return (frames ?? 0) * 0.9;
  if (frames === null) return message * (weight < 0.3 ? 1 : 0.8);
  const alike = message * (1 - weight) + frames * weight;
  // At one place other things go wrong, too.
  return message < enoughWords ? Math.min(alike, otherCause) : alike;
}

const enoughWords = 0.55;
/** What is more alike than this is so by chance: below every threshold. */
const otherCause = 0.7;

function messagesAlike(a: string, b: string): number | null {
  if (a === b) return a === "" ? null : 1;
  if (a === "" || b === "") return null;
  const first = featuresOf(a);
  const second = featuresOf(b);
  let shared = 0;
  let all = 0;
  for (const [word, weight] of first) {
    all += weight;
    shared += 2 * Math.min(weight, second.get(word) ?? 0);
  }
  for (const weight of second.values()) all += weight;
  const alike = all === 0 ? 1 : shared / all;
  // Other names are another cause, however alike the sentences around them.
  const one = ownWeight(first, second);
  const other = ownWeight(second, first);
  const conflicts = Math.min(one, other) >= 1 && isAnchor(Math.max(one, other));
  return conflicts ? Math.min(alike, enoughWords - 0.05) : alike;
}

/** The most that a word weighs which only the first says. */
function ownWeight(one: Map<string, number>, other: Map<string, number>): number {
  let most = 0;
  for (const [word, weight] of one) if (weight > most && !other.has(word)) most = weight;
  return most;
}

// A file holds many tests; which of them it was is not told.
const isFileAlone = (place: string): boolean =>
  !place.includes("(") &&
  /(?:^|\/)[^ /]+\.\w{1,5}$/.test(place) &&
  /[/_-]|\.(?:swift|rs|cc|cpp|go|php|py|rb|[jt]sx?)$/.test(place);

function framesAlike(a: readonly string[], b: readonly string[]): number | null {
  if (a.length === 0 && b.length === 0) return null;
  if (a.length === 0 || b.length === 0) return null;
  const shared = a.filter((place) => b.includes(place)).length;
  const overlap = shared / (a.length + b.length - shared);
  const top = a[0] === b[0] ? 1 : 0;
  const last = a.at(-1) === b.at(-1) ? 1 : 0;
  return 0.5 * top + 0.3 * last + 0.2 * overlap;
}
