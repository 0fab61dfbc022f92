import { vocabulary } from "./features";
import { remembered } from "./memo";

/*
 * What a message tells, word by word: a name tells much, a word little, what every tool says next to nothing.
 */

/** Words by what they weigh and which word stands before them: the place in the sentence that they fill. */
export type Tokens = ReadonlyMap<string, { weight: number; slot: string }>;

export const nameWeight = 3;
export const wordWeight = 1;
const commonWeight = 0.3;
const maskWeight = 0.15;
const fillerWeight = 0.1;

const token =
  /'[^'\n]{1,80}'|"[^"\n]{1,80}"|`[^`\n]{1,80}`|<[a-zA-Z]{1,10}>|[\p{L}_$][\p{L}\p{N}_$]{0,80}(?:[-.:/#@\\]{1,4}[\p{L}\p{N}_$]{1,80}){0,20}|\d{2,5}|\n/gu;
const nameLike = /[_./\\#$@:-]|\p{Ll}\p{Lu}|^\p{Lu}{3,}$|\d/u;
const filler = /^(?:the|a|an|of|to|is|was|be|in|on|at|for|and|or|not|but|with|by|it|that|this|as|from|has|have|been)$/i;
// Ruby quoted `so' for years.
const oldQuotes = /`([^`'\n]{1,80})'/g;
const maskMark = /^<[a-z]+>$/i;
const between = /[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u;

// What failures of four families of tools and more have in common, whatever their cause.
const common = new Set(
  "after all already called can cannot could current differ differs differing different disabled exceeded false fatal find finding first following get given index int invalid key last line lines list lists match matching mean means method must new number on only open out reading resolve result results retrying run set snapshot start stored summary text time timed timeout times trying unable unexpected use used waiting want which while without wrong you your".split(
    " ",
  ),
);
const isCommonWord = (word: string): boolean => vocabulary.test(word) || common.has(word.toLowerCase());

/** A compound of common words is common, too: `Assert.Equal`, `toHaveText`. */
function isCommon(word: string): boolean {
  if (isCommonWord(word)) return true;
  const pieces = word.split(between).filter((piece) => piece.length > 1);
  return pieces.length > 0 && pieces.every(isCommonWord);
}

function weightOf(word: string, isQuoted: boolean): number {
  if (maskMark.test(word)) return maskWeight;
  if (filler.test(word)) return fillerWeight;
  if (isCommon(word)) return commonWeight;
  return isQuoted || nameLike.test(word) ? nameWeight : wordWeight;
}

/** The words of a masked message. */
export const tokensOf = remembered({ count: 4_096, length: 600 }, (message): Tokens => {
  const found = new Map<string, { weight: number; slot: string }>();
  let slot = "";
  for (const [match] of (message.includes("`") ? message.replace(oldQuotes, "'$1'") : message).matchAll(token)) {
    const isQuoted = match.length > 2 && "'\"`".includes(match[0] ?? "");
    const word = (isQuoted ? match.slice(1, -1) : match).replace(/^[.:]+|[.:!?]+$/g, "").trim();
    if (match === "\n") slot = "";
    if (word === "") continue;
    const key = word.startsWith("<") ? word : word.toLowerCase();
    const weight = weightOf(word, isQuoted);
    const there = found.get(key);
    if (!there || weight > there.weight) found.set(key, { weight, slot });
    slot = key;
  }
  return found;
});

/** Whether a message says by itself what went wrong: with a name, or with so many words. */
export function isTelling(message: string, enough = 2): boolean {
  let told = 0;
  for (const { weight } of tokensOf(message).values()) if (weight >= wordWeight) told += weight;
  return told >= enough;
}
