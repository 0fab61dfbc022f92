import { featuresOf } from "./features";
import type { Parts } from "./types";

const bandCount = 14;
const rows = 2;

/** FNV-1a, finished so that its low and its high bits are equally good. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Fingerprints that are alike share a band: what says their place, what says their words, and a MinHash of these. */
export function bandsOf({ type, message, frames, refined }: Parts): number[] {
  const words = [...featuresOf(message)].filter(([, weight]) => weight >= 0.7).map(([word]) => word);
  const tag = refined ? `${refined.label} ${refined.value}` : "";
  const bands = [
    hash32(`${tag} place ${type} ${frames[0] ?? message}`) | 0,
    hash32(`${tag} words ${words.sort().join(" ")}${words.length < 3 ? `${frames[0]} ${frames.at(-1)}` : ""}`) | 0,
  ];
  const places = bandCount * rows;
  const least = new Array<number>(places).fill(0xffffffff);
  const shingles = [...words, ...frames.map((frame) => `at ${frame}`)];
  for (const shingle of shingles) {
    const hash = hash32(shingle);
    const place = hash % places;
    const rank = Math.imul(hash, 0x9e3779b1) >>> 0;
    if (rank < (least[place] ?? 0)) least[place] = rank;
  }
  // An empty place takes what the next filled one has, or few words would agree in emptiness.
  let next = least.find((rank) => rank !== 0xffffffff) ?? 0;
  for (let i = places - 1; i >= 0; i--) {
    if (least[i] === 0xffffffff) least[i] = next;
    next = least[i] ?? 0;
  }
  for (let band = 0; band < bandCount; band++)
    bands.push(hash32(`${tag} ${band} ${least[band * rows]} ${least[band * rows + 1]}`) | 0);
  return bands;
}
