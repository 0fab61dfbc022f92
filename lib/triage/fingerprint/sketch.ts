import { featuresOf, isAnchor } from "./features";
import { kindOf } from "./kind";
import type { Parts } from "./types";

const hashCount = 12;
const rows = 2;

/** FNV-1a, finished so that its low and its high bits are equally good. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A whole signed number of 32 bits, as the database holds it. */
const band = (text: string): number => hash32(text) | 0;

/**
 * Fingerprints that are alike share a band, and few others do: one says the place from its first frame to its last,
 * where the message decides others say its words, its names, and a MinHash of its words.
 */
export function bandsOf(parts: Parts): number[] {
  const { type, message, frames, refined } = parts;
  const tag = refined ? `${refined.label} ${refined.value}` : "";
  const bands: number[] = [];
  if (frames.length > 0) bands.push(band(`${tag} place ${frames[0]} ${frames.at(-1)}`));
  if (frames.length > 0 && kindOf(parts).weightOfFrames > 0.3) return bands;
  const words: string[] = [];
  const names: string[] = [];
  for (const [word, weight] of featuresOf(message)) {
    if (weight >= 0.7) words.push(word);
    if (isAnchor(weight)) names.push(word);
  }
  if (words.length === 0) return [...bands, band(`${tag} bare ${type} ${message}`)];
  bands.push(band(`${tag} words ${words.sort().join(" ")}`));
  if (names.length > 0) bands.push(band(`${tag} names ${names.sort().join(" ")}`));
  for (const sketched of minHash(words)) bands.push(band(`${tag} ${sketched}`));
  return bands;
}

/** By one permutation: a word competes in the one place that its hash names. */
function minHash(words: readonly string[]): string[] {
  const least = new Array<number>(hashCount).fill(-1);
  for (const word of words) {
    const hash = hash32(word);
    const place = hash % hashCount;
    const rank = Math.imul(hash, 0x9e3779b1) >>> 0;
    const there = least[place] ?? -1;
    if (there === -1 || rank < there) least[place] = rank;
  }
  // An empty place takes what the next filled one has, or few words would agree in emptiness.
  let next = least.find((rank) => rank !== -1) ?? 0;
  for (let i = hashCount - 1; i >= 0; i--) {
    if (least[i] === -1) least[i] = next;
    next = least[i] ?? 0;
  }
  return Array.from({ length: hashCount / rows }, (_, i) => `${i} ${least.slice(i * rows, (i + 1) * rows).join(" ")}`);
}
