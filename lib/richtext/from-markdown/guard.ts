import { limits } from "../tidy";
import { Fences } from "./fences";

/**
 * What the parser needs, in microseconds of one core of an ordinary machine, measured with texts made of nothing else.
 * The squares are its own: for each bracket or asterisk it looks back over all others of the paragraph, for each
 * quote or list that ends, over what ended before, and for each word, which may be an address, it moves all behind it.
 */
const cost = {
  line: 12,
  item: 60,
  level: 12,
  sign: 6,
  tag: 40,
  signPair: 0.004,
  word: 1.5,
  wordPair: 0.00004,
  holderPair: 0.15,
  scanned: 0.03,
  character: 0.03,
};
/** A description of 65,536 characters, half of them lists, links and tables, needs less than half of it. */
const most = { paragraph: 250_000, text: 1_000_000 };

/**
 * The text cut down to what the parser can read in about a second, whoever wrote it. A paragraph that would take too
 * long stands there as code, which is what it looks like; so does what follows (`rest`) when the whole has taken too long.
 */
export function guard(lines: readonly string[]): { source: string; rest: string } {
  const fences = new Fences();
  const holders = new Holders();
  const out: string[] = [];
  let spent = 0;
  let blanks = 0;
  for (let at = 0; at < lines.length; at++) {
    const from = at;
    let line = lines[at] ?? "";
    let isCode = fences.covers(line);
    const paragraph: string[] = [];
    // A paragraph is read as a whole: its lines up to an empty one, or to a fence.
    while (!isCode && line.trim() !== "") {
      paragraph.push(flattened(line));
      at += 1;
      line = lines[at] ?? "";
      isCode = at < lines.length && fences.covers(line);
    }
    const isHostile = costOfPairs(paragraph) > most.paragraph;
    const read = isHostile ? asCode(paragraph) : paragraph;
    const needed = isHostile ? costOfCode(read) : costOf(paragraph) + holders.costOf(paragraph);
    if (spent + needed > most.text) {
      const fitting = isHostile ? 0 : Math.floor((paragraph.length * (most.text - spent)) / needed);
      const source = [...out, ...paragraph.slice(0, fitting)].join("\n");
      return { source, rest: lines.slice(from + fitting).join("\n") };
    }
    for (const one of read) out.push(one);
    spent += needed + costOfCode([line]);
    blanks = isCode ? 0 : paragraph.length > 0 ? 1 : blanks + 1;
    if (at < lines.length && blanks <= mostBlanks) out.push(isCode ? line : line.slice(0, longestBlank));
  }
  return { source: out.join("\n"), rest: "" };
}

/** Counts the quotes and lists that begin anew. */
class Holders {
  private count = 0;
  private isList = false;

  /** What the next paragraph adds, in which one may begin. */
  costOf([first]: readonly string[]): number {
    if (first === undefined) return 0;
    const { items, quotes } = containersOf(first);
    if (quotes > 0 || (items > 0 && !this.isList)) this.count += 1;
    this.isList = items > 0;
    return quotes > 0 || items > 0 ? 2 * this.count * cost.holderPair : 0;
  }
}

/** Empty lines say nothing beyond the first; in code that is indented, a few more do. */
const mostBlanks = 100;
/** Nor do spaces in one; the parser makes four of each tab. */
const longestBlank = 1_000;

const costOfCode = (lines: readonly string[]) =>
  lines.reduce((sum, line) => sum + cost.line + line.length * cost.character, 0);

function costOf(lines: readonly string[]): number {
  let needed = costOfCode(lines) + signsIn(lines) * cost.sign + wordsIn(lines) * cost.word + costOfPairs(lines);
  for (const line of lines) {
    needed += (line.split("<").length - 1) * cost.tag;
    const { levels, items } = containersOf(line);
    needed += levels * cost.level + items * cost.item;
  }
  return needed;
}

/** What grows with the square of a paragraph. */
function costOfPairs(lines: readonly string[]): number {
  const text = lines.join("\n");
  return (
    signsIn(lines) ** 2 * cost.signPair +
    wordsIn(lines) ** 2 * cost.wordPair +
    unended(text) * text.length * cost.scanned
  );
}

/** What may begin or end a part of a line. */
function signsIn(lines: readonly string[]): number {
  let count = 0;
  for (const line of lines) for (const _ of line.matchAll(/[*_~[\]<`&\\$|!@]/g)) count += 1;
  return count;
}

/** What may begin an address of a mailbox, or end a heading. */
function wordsIn(lines: readonly string[]): number {
  let count = 0;
  for (const line of lines) for (const _ of line.matchAll(/[\w+.#-]+/g)) count += 1;
  return count;
}

/** How many parts look for their end through the whole of the rest, because there is none. */
function unended(text: string): number {
  let count = 0;
  for (const [start, end] of [
    [/<!--/g, "-->"],
    [/<\?/g, "?>"],
    [/<!\[CDATA\[/g, "]]>"],
    [/<![a-z]/gi, ">"],
    [/\]\([^\n]|\]:/g, ")"],
  ] as const) {
    const last = text.lastIndexOf(end);
    for (const { index } of text.matchAll(start)) if (index > last) count += 1;
  }
  // Code ends with as many ticks as it began with.
  const lengths = new Map<number, number>();
  for (const { 0: ticks } of text.matchAll(/`+/g)) lengths.set(ticks.length, (lengths.get(ticks.length) ?? 0) + 1);
  for (const times of lengths.values()) if (times === 1) count += 1;
  return count;
}

/** A block of code with a fence that is longer than all ticks in it. */
function asCode(lines: readonly string[]): string[] {
  let longest = 2;
  for (const line of lines) {
    const ticks = /^\s*(`+)/.exec(line)?.[1]?.length ?? 0;
    longest = Math.max(longest, ticks);
  }
  const fence = "`".repeat(longest + 1);
  return [fence, ...lines, fence];
}

/** A step into a line: white space, a quote, or the beginning of an item. */
const step = /[ \t]+|>[ \t]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/gy;

/** How many levels of a document a step may lead to: an item is two, its list and itself, and so many columns wide. */
const levelsOf = (part: string) =>
  part.startsWith(">") ? 1 : /^\s/.test(part) ? part.replaceAll("\t", "    ").length : 2;

function containersOf(line: string): { levels: number; items: number; quotes: number } {
  const found = { levels: 0, items: 0, quotes: 0 };
  for (const { 0: part } of line.matchAll(step)) {
    found.levels += levelsOf(part);
    if (part.startsWith(">")) found.quotes += 1;
    else if (!/^\s/.test(part)) found.items += 1;
  }
  return found;
}

/** A line that would be nested more deeply than a document may be: the signs that are too many are text. */
function flattened(line: string): string {
  if (line.length < mostLevels) return line;
  let levels = 0;
  for (const { 0: part, index } of line.matchAll(step)) {
    levels += levelsOf(part);
    if (levels <= mostLevels || /^\s/.test(part)) continue;
    const digits = /^\d*/.exec(part)?.[0].length ?? 0;
    return `${line.slice(0, index + digits)}\\${line.slice(index + digits)}`;
  }
  return line;
}

const mostLevels = limits.depth - 10;
