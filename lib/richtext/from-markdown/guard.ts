import { limits } from "../tidy";
import { Fences } from "./fences";

/**
 * What the parser needs, in microseconds of one core of an ordinary machine, measured with texts made of nothing else.
 * The squares are its own: it looks back over all brackets and asterisks of a paragraph for each of them
 * (https://github.com/micromark/micromark/issues/169 is one such report).
 */
const cost = { line: 12, blank: 4, item: 60, level: 12, sign: 6, signPair: 0.004, scanned: 0.03, character: 0.03 };
/** A description of 65,536 characters with a table and links in each line needs a fifth of it. */
const most = { paragraph: 250_000, text: 1_000_000 };

/**
 * The text cut down to what the parser can read in about a second, whoever wrote it. A paragraph that would take too
 * long stands there as code, which is what it looks like; so does what follows (`rest`) when the whole has taken too long.
 */
export function guard(lines: readonly string[]): { source: string; rest: string } {
  const fences = new Fences();
  const out: string[] = [];
  let paragraph: string[] = [];
  let spent = 0;
  let blanks = 0;

  const endParagraph = () => {
    if (paragraph.length === 0) return;
    const needed = costOf(paragraph);
    const isTooMuch = needed > most.paragraph;
    spent += isTooMuch ? paragraph.length * cost.line : needed;
    for (const line of isTooMuch ? asCode(paragraph) : paragraph) out.push(line);
    paragraph = [];
  };

  for (const [at, line] of lines.entries()) {
    const isCode = fences.covers(line);
    const isBlank = !isCode && line.trim() === "";
    if (isCode || isBlank) endParagraph();
    if (spent > most.text) return { source: out.join("\n"), rest: lines.slice(at).join("\n") };
    blanks = isBlank ? blanks + 1 : 0;
    if (blanks > mostBlanks) continue;
    if (isCode || isBlank) {
      spent += (isBlank ? cost.blank : cost.line) + line.length * cost.character;
      out.push(line);
    } else {
      paragraph.push(flattened(line));
    }
  }
  endParagraph();
  return { source: out.join("\n"), rest: "" };
}

/** Empty lines say nothing beyond the first; in code that is indented, a few more do. */
const mostBlanks = 100;

function costOf(lines: readonly string[]): number {
  const text = lines.join("\n");
  let needed = lines.length * cost.line + text.length * cost.character;
  for (const line of lines) {
    const { levels, items } = containersOf(line);
    needed += levels * cost.level + items * cost.item;
  }
  let signs = 0;
  for (const _ of text.matchAll(/[*_~[\]<`&\\$|!@]/g)) signs += 1;
  const scanned = unended(text) * text.length;
  return needed + signs * cost.sign + signs * signs * cost.signPair + scanned * cost.scanned;
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

function containersOf(line: string): { levels: number; items: number } {
  let levels = 0;
  let items = 0;
  for (const { 0: part } of line.matchAll(step)) {
    levels += levelsOf(part);
    if (/^[^\s>]/.test(part)) items += 1;
  }
  return { levels, items };
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
