import { looseName } from "./evidence";
import { isShared } from "./kind";
import { nameWeight, tokensOf, wordWeight } from "./tokens";
import type { Parts } from "./types";

const hashCount = 8;
const rows = 2;
const namesAlone = 4;

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

const tagOf = ({ refined }: Parts): string => (refined ? `${refined.label} ${refined.value}` : "");

/**
 * Fingerprints that are alike share a band, and few others do: some say the place, others the message: all its words,
 * its names together and the first of them alone, and a MinHash of its words.
 */
export function bandsOf(parts: Parts): number[] {
  const { type, message, frames } = parts;
  const tag = tagOf(parts);
  const bands: number[] = [];
  if (frames.length > 0) bands.push(band(`${tag} place ${frames[0]} ${frames.at(-1)}`));
  const words: string[] = [];
  const names: string[] = [];
  for (const [word, { weight }] of tokensOf(message)) {
    if (weight >= wordWeight) words.push(word);
    if (weight >= nameWeight) names.push(word);
  }
  if (words.length === 0) return [...bands, band(`${tag} bare ${type} ${message}`)];
  bands.push(band(`${tag} words ${[...words].sort().join(" ")}`));
  if (names.length > 1) bands.push(band(`${tag} names ${[...names].sort().join(" ")}`));
  for (const name of names.slice(0, namesAlone)) bands.push(band(`${tag} name ${name}`));
  for (const sketched of minHash(words)) bands.push(band(`${tag} ${sketched}`));
  return bands;
}

/** What was seen around it: the nearest of the product's own places and the one that tests do not share, and the test. */
export function bandsOfPlace(parts: Parts): number[] {
  if (!parts.seen) return [];
  const { suite, test, product } = parts.seen;
  const tag = tagOf(parts);
  const places = new Set([product[0], product.find((place) => !isShared(place))]);
  const bands = [...places].flatMap((place) => (place ? [band(`${tag} in ${looseName(place)}`)] : []));
  if (test !== "") bands.push(band(`${tag} test ${suite} ${test}`));
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
