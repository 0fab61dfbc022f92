import { isShared, kindOf } from "./kind";
import { nameWeight, type Tokens, tokensOf, wordWeight } from "./tokens";
import type { Parts } from "./types";
import { isFileAlone } from "./vague";

/*
 * What speaks for two failures being one problem, and what against it.
 */

/** The evidence that pairs are judged by, each from 0 to 1. */
export const kindsOfEvidence = [
  "words",
  "telling",
  "otherName",
  "otherWords",
  "unplaced",
  "placeDecides",
  "place",
  "otherPlace",
  "test",
  "suite",
  "values",
  "otherValues",
] as const;
export type KindOfEvidence = (typeof kindsOfEvidence)[number];
export type Evidence = Record<KindOfEvidence, number>;

/** A place: its function and its file, and the package or the folders that it is in, where they are told. */
type At = { name: string; within: string; isFile: boolean };

/** One failure, prepared for being compared. */
type Side = {
  tokens: Tokens;
  total: number;
  /** Of what is no name. */
  words: number;
  byPlace: boolean;
  isMute: boolean;
  isBare: boolean;
  product: At[];
  files: string[];
  tests: string[];
};

const endings = /\.(?:go|cc|cpp|c|h|hpp|swift|rs|kt|tsx?|jsx?|php|rb|py|dart)$/;
const inBrackets = / +\(([^)]*)\)$/;

/** A place by its function and its file alone: reporters differ in what they put before them. */
export function looseName(place: string): string {
  const open = inBrackets.exec(place);
  if (open) {
    const name =
      place
        .slice(0, open.index)
        .split(/[.#:>]+/)
        .at(-1) ?? "";
    return `${name} ${(open[1] ?? "").split("/").at(-1)}`.trim();
  }
  if (place.includes("/") || endings.test(place)) return place.split("/").at(-1) ?? "";
  return place.split(".").slice(-2).join(".");
}

const withinOf = (place: string): string => {
  const path = inBrackets.exec(place)?.[1] ?? place;
  if (path !== place || path.includes("/") || endings.test(path)) return path.split("/").slice(0, -1).join("/");
  return place.split(".").slice(0, -2).join(".");
};

const atOf = (place: string): At => ({
  name: looseName(place),
  within: withinOf(place),
  isFile: isFileAlone(place),
});

/** Reporters tell more or less of where something is; what they tell must not disagree. */
const isSamePlace = (a: At, b: At): boolean =>
  a.name === b.name && (a.within === b.within || a.within.endsWith(b.within) || b.within.endsWith(a.within));

const fileOf = (place: string): string =>
  inBrackets.exec(place)?.[1]?.split("/").at(-1) ??
  (isFileAlone(place) ? (place.split("/").at(-1) ?? "") : place.split(".").slice(0, -1).join("."));

const sides = new WeakMap<Parts, Side>();

function sideOf(parts: Parts): Side {
  const known = sides.get(parts);
  if (known) return known;
  const tokens = tokensOf(parts.message);
  let total = 0;
  let words = 0;
  for (const { weight } of tokens.values()) {
    total += weight;
    if (weight < nameWeight) words += weight;
  }
  const kind = kindOf(parts);
  const all = parts.seen?.product ?? [];
  const causes = all.filter((place) => !isShared(place));
  const made = {
    ...{
      tokens,
      total,
      words,
      byPlace: kind.weightOfFrames > 0.3,
      isMute: kind.isLanguage || kind.isBare,
      isBare: kind.isBare,
    },
    product: (causes.length > 0 ? causes : all).map(atOf),
    files: all.map(fileOf),
    // Of a file alone it is not told which of its tests it was.
    tests: (parts.seen?.tests ?? []).filter((place) => !isFileAlone(place)).map(looseName),
  };
  sides.set(parts, made);
  return made;
}

const shares = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));

type Own = { weight: number; slot: string };
/** What the words of two messages have in common, and what each has of its own. */
type Compared = { shared: number; sharedWords: number; telling: number; ofOne: Own[]; ofOther: Own[] };

function compareWords(one: Side, other: Side): Compared {
  const compared: Compared = { shared: 0, sharedWords: 0, telling: 0, ofOne: [], ofOther: [] };
  for (const [word, own] of one.tokens) {
    const there = other.tokens.get(word);
    if (there) {
      const weight = Math.min(own.weight, there.weight);
      compared.shared += weight;
      if (weight < nameWeight) compared.sharedWords += 2 * weight;
      if (weight >= wordWeight) compared.telling += weight;
    } else if (own.weight >= wordWeight) compared.ofOne.push(own);
  }
  for (const [word, own] of other.tokens)
    if (own.weight >= wordWeight && !one.tokens.has(word)) compared.ofOther.push(own);
  return compared;
}

const sum = (owns: readonly Own[]): number => owns.reduce((total, { weight }) => total + weight, 0);

const isFilledOtherwise = ({ ofOne, ofOther }: Compared): boolean =>
  ofOne.some(({ slot }) => ofOther.some((there) => there.slot === slot));

/** What the places of two failures say, 0 to 1; null where one of them has none. */
function comparePlaces(one: Side, other: Side, isOtherwise: boolean): number | null {
  const first = one.product[0];
  const there = other.product[0];
  if (first === undefined || there === undefined) return null;
  const isSame = isSamePlace(first, there);
  // Of a file alone it is not told where in it; that is nothing where many assert.
  if (isSame && !first.isFile) return 1;
  if (isSame) return one.isBare && other.isBare ? 0.01 : 0.5;
  // A place further out is one of many that lead there.
  const both = one.product.filter((place) => other.product.some((another) => isSamePlace(place, another))).length;
  if (isOtherwise) return both > 0 ? 0.01 : 0;
  return (0.7 * both) / Math.min(one.product.length, other.product.length);
}

/** All that is known of two failures of one kind or another. */
export function evidenceOf(a: Parts, b: Parts): Evidence {
  const one = sideOf(a);
  const other = sideOf(b);
  const compared = compareWords(one, other);
  const { shared, sharedWords, telling, ofOne, ofOther } = compared;
  const isSilent = one.total < 0.5 || other.total < 0.5;
  const alike = isSilent ? 0.5 : (2 * shared) / (one.total + other.total);
  const contained = isSilent ? 0 : shared / Math.min(one.total, other.total);
  const words = (alike + contained) / 2;
  const template = one.words + other.words === 0 ? 0.5 : sharedWords / (one.words + other.words);
  const isOtherwise = isFilledOtherwise(compared);
  const at = comparePlaces(one, other, isOtherwise);
  const place = at ?? 0;
  const byPlace = one.byPlace || other.byPlace;
  const isSameTest = sameTest(a, b) || shares(one.tests, other.tests);
  const isLittle = telling < 2;
  const partsByPlace = byPlace || isLittle ? 1 : 0.2;
  const values = compareValues(a.seen?.values ?? [], b.seen?.values ?? []);
  return {
    words,
    telling: Math.min(1, telling / 6),
    otherName: isOtherwise ? template : 0,
    otherWords: Math.min(1, Math.min(sum(ofOne), sum(ofOther)) / 4),
    unplaced: (isLittle || (one.isMute && other.isMute && telling < nameWeight)) && !isSameTest && place === 0 ? 1 : 0,
    placeDecides: byPlace ? place : 0,
    place: byPlace ? 0 : place,
    otherPlace: at === 0 ? partsByPlace * (shares(one.files, other.files) ? 0.4 : 1) : 0,
    // A test fails for many reasons: it says something only of those that read alike.
    test: isSameTest ? Math.min(1, 0.3 + words) : 0,
    suite: a.seen && b.seen && a.seen.suite !== "" && a.seen.suite === b.seen.suite ? Math.min(1, 2 * words) : 0,
    values: values === "same" ? 1 : 0,
    otherValues: values === "other" && !isSameTest ? template : 0,
  };
}

// Lists and objects are data.
const isName = (value: string): boolean => !/^[[{]/.test(value);
const longName = 25;

/** A short name may be that of another suite's test. */
function sameTest({ seen: one }: Parts, { seen: other }: Parts): boolean {
  if (!one || !other || one.test === "" || one.test !== other.test) return false;
  return one.test.length > longName || one.suite.includes(other.suite) || other.suite.includes(one.suite);
}

function compareValues(one: readonly string[], other: readonly string[]): "same" | "other" | "unknown" {
  if (shares(one, other)) return "same";
  return one.some(isName) && other.some(isName) ? "other" : "unknown";
}
