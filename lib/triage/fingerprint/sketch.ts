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

const token = /"[^"\n]{1,200}"|'[^'\n]{1,200}'|`[^`\n]{1,200}`|<\w{1,10}>|[^\s"'`<>(){},;]+/g;
const filler = /^(?:the|a|an|of|to|is|was|be|in|on|at|for|and|or|not|but|with|by|it|that|this|as|from|has|have|been)$/i;
const nameLike = /["'`_./\\#$@*:\d]|\p{Ll}\p{Lu}|^\p{Lu}{3,}$/u;
// What stands behind these tells the circumstances: who asked, and not what is missing.
const circumstance = /^(?:while|from|imported|required|when|during|referenced|via|through|caused)$/i;

const anchorWeight = 3;
export const isAnchor = (weight: number): boolean => weight === anchorWeight;

/** The words of a message with what they weigh: names much, fillers and masks little. */
export function featuresOf(message: string): Map<string, number> {
  const features = new Map<string, number>();
  let isCircumstance = false;
  for (const [found] of message.matchAll(token)) {
    const word = found.replace(/[.:!?]+$/, "");
    if (word === "") continue;
    if (circumstance.test(word)) isCircumstance = true;
    const own = /^<\w+>$/.test(word) || filler.test(word) ? 0.2 : nameLike.test(word) ? anchorWeight : 1;
    const weight = isCircumstance ? own * 0.25 : own;
    if (weight > (features.get(word) ?? 0)) features.set(word, weight);
  }
  return features;
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
