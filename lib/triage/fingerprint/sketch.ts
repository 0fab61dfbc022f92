import type { Parts } from "./types";

const bandCount = 12;
const rows = 2;

/** FNV-1a, finished so that its low and its high bits are equally good. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What two fingerprints are compared by. */
export function featuresOf({ type, message, frames, refined }: Parts): string[] {
  const words = message.split(/[^\p{L}\p{N}_<>.-]+/u).filter((word) => word !== "");
  const features = new Set(words);
  for (const frame of frames) features.add(`at ${frame}`);
  features.add(`type ${type}`);
  if (refined) features.add(`refined ${refined.value}`);
  return [...features];
}

/** MinHash by one permutation: a shingle competes in the one place that its hash names. */
export function bandsOf(parts: Parts): number[] {
  const places = bandCount * rows;
  const least = new Array<number>(places).fill(0xffffffff);
  for (const feature of featuresOf(parts)) {
    const hash = hash32(feature);
    const place = hash % places;
    const rank = Math.imul(hash, 0x9e3779b1) >>> 0;
    if (rank < (least[place] ?? 0)) least[place] = rank;
  }
  // An empty place takes what the next filled one has, or few words would agree in emptiness.
  let last = least.find((rank) => rank !== 0xffffffff) ?? 0;
  for (let i = places - 1; i >= 0; i--) {
    if (least[i] === 0xffffffff) least[i] = last;
    last = least[i] ?? 0;
  }
  return Array.from(
    { length: bandCount },
    (_, band) => hash32(`${band} ${least[band * rows]} ${least[band * rows + 1]}`) | 0,
  );
}
