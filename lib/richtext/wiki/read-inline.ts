import { AppError } from "@/lib/errors";
import { safeColour } from "../colour";
import type { RichInline, RichMark } from "../doc";
import { safeHref } from "../href";
import type { Origin } from "../target";
import { limits } from "../tidy";
import { characterOf, entityPattern } from "./entities";
import { colourToken } from "./macros";
import { emoticonPattern, emoticons } from "./notation";
import { readImage, readLink } from "./read-link";

/** What the reading of one text carries from paragraph to paragraph. */
export type Reading = { origin: Origin; colours: readonly (string | null)[]; colour: string | null; spent: Spent };
/** How many parts the document has so far. */
export type Spent = { nodes: number };

/** Refuses at once what would be refused in the end: it could take seconds to read all of it. */
export function spend(spent: Spent, nodes = 1): void {
  spent.nodes += nodes;
  if (spent.nodes > limits.nodes) throw new AppError("invalid_input", `The text has more than ${limits.nodes} parts.`);
}

type Sign = "*" | "_" | "-" | "+" | "^" | "~" | "??" | "{{";
/** A part of a line: a node or letters; or a sign that may turn out to be letters, to open or to close emphasis. */
type Part = { text: string; node?: RichInline | undefined; colour: string | null; href?: string | undefined } & {
  sign?: Sign;
  role?: "opens" | "closes";
};

const markOf: Record<Sign, RichMark["type"]> = {
  "*": "bold",
  _: "italic",
  "-": "strike",
  "+": "underline",
  "^": "superscript",
  "~": "subscript",
  // Jira shows a citation in italics.
  "??": "italic",
  "{{": "code",
};

const escaped = /\\[-#*_+?^~|%{}[\]()!@]/y;
const address = /(?:https?:\/\/|mailto:)[-_.!~*';/?:@#&=%+$,A-Za-z0-9[\]()\\]{1,4096}/iy;
const plain = /[^\\[\]!*_\-+^~?{}():;&\uFDD0hm\n]+/iy;
/** Of the spaces only those of ASCII keep a sign from being one. */
const isSpace = (character: string) => character === "" || /[ \t\n\v\f\r]/.test(character);
const isWord = (character: string) => /[\p{L}\p{Nd}]/u.test(character);

/** The inline content of a paragraph; its lines become hard breaks. */
export function readInline(text: string, reading: Reading, inLink = false): RichInline[] {
  const parts: Part[] = [];
  let lineStart = 0;
  let nextBackslash = -2;
  const put = (letters: string) => {
    const last = parts.at(-1);
    if (last && !last.node && !last.sign && last.href === undefined && last.colour === reading.colour) {
      last.text += letters;
    } else parts.push({ text: letters, colour: reading.colour });
  };
  const putBreak = () => {
    pairUp(parts, lineStart);
    parts.push({ text: "", node: { type: "hardBreak" }, colour: null });
    lineStart = parts.length;
  };
  /** Whether there is another backslash before the next space: then two in a row are a path's, no line break. */
  const isPath = (at: number) => {
    if (nextBackslash !== -1 && nextBackslash < at) nextBackslash = text.indexOf("\\", at);
    return nextBackslash !== -1 && nextBackslash - at < 512 && !/\s/.test(text.slice(at, nextBackslash));
  };

  for (let i = 0; i < text.length; ) {
    plain.lastIndex = i;
    const run = plain.exec(text)?.[0];
    if (run) {
      put(run);
      i += run.length;
      continue;
    }
    const read = readSpecial(text, i, reading, inLink);
    if (read) {
      if (read.parts) parts.push(...read.parts);
      i = read.end;
      continue;
    }
    if (text.startsWith("\\\\", i) && text.charAt(i - 1) !== "\\" && !isPath(i + 2)) {
      putBreak();
      i += 2;
      while (text.charAt(i) === " ") i += 1;
      if (text.charAt(i) === "\n") i += 1;
    } else if (text.charAt(i) === "\n") {
      putBreak();
      i += 1;
    } else {
      const character = text.charAt(i);
      put(character);
      i += 1;
    }
  }
  pairUp(parts, lineStart);
  const content = toInline(parts);
  spend(reading.spent, content.length);
  return content;
}

type Read = { end: number; parts?: Part[] };

/** What begins with the special character at that place; null if it is but a character. */
function readSpecial(text: string, i: number, reading: Reading, inLink: boolean): Read | null {
  const { colour, origin } = reading;
  const letters = (end: number, shown: string): Read => ({ end, parts: [{ text: shown, colour }] });
  switch (text.charAt(i)) {
    case "\uFDD0": {
      colourToken.lastIndex = i;
      const token = colourToken.exec(text);
      if (!token) return null;
      reading.colour = safeColour(reading.colours[Number(token[1])]);
      return { end: colourToken.lastIndex };
    }
    case "\\":
      escaped.lastIndex = i;
      return text.charAt(i - 1) !== "\\" && escaped.test(text) ? letters(i + 2, text.charAt(i + 1)) : null;
    case "&": {
      entityPattern.lastIndex = i;
      const match = entityPattern.exec(text);
      const character = match && characterOf(match);
      return match && character ? letters(i + match[0].length, character) : null;
    }
    case "[": {
      const link = inLink ? null : readLink(text, i, origin);
      if (!link) return null;
      if (link.kind === "node") return { end: link.end, parts: [{ text: "", node: link.node, colour }] };
      if (link.kind === "text") return { end: link.end, parts: nodes(readInline(link.label, reading, true), reading) };
      const shown =
        link.label === null
          ? [{ type: "text" as const, text: link.href.replace(/^mailto:/, "") }]
          : readInline(link.label, reading, true);
      return { end: link.end, parts: nodes(shown, reading, link.href) };
    }
    case "!": {
      const image = readImage(text, i, origin);
      return image?.kind === "node" ? { end: image.end, parts: [{ text: "", node: image.node, colour }] } : null;
    }
    case "(":
    case ":":
    case ";": {
      emoticonPattern.lastIndex = i;
      const found = emoticonPattern.exec(text)?.[0];
      const sign = found
        ?.replace("-)", ")")
        .replace(":-", ":")
        .replace(/[pd]$/, (letter) => letter.toUpperCase());
      const emoji = emoticons.find((one) => one.sign === found || one.sign === sign);
      if (!found || !emoji) return found ? letters(i + found.length, found) : null;
      const attrs = { name: emoji.name, text: emoji.text };
      return { end: i + found.length, parts: [{ text: "", node: { type: "emoji", attrs }, colour }] };
    }
    case "h":
    case "H":
    case "m":
    case "M": {
      address.lastIndex = i;
      if (inLink || isWord(text.charAt(i - 1)) || /["'|]/.test(text.charAt(i - 1))) return null;
      const found = address.exec(text)?.[0].replace(/[.,>)\];}"'!]+$/, "");
      const href = found === undefined ? null : safeHref(found.replaceAll("&amp;", "&"));
      if (found === undefined) return null;
      if (href === null) return letters(i + found.length, found);
      return { end: i + found.length, parts: [{ text: found.replaceAll("&amp;", "&"), colour, href }] };
    }
    default:
      return readSign(text, i, colour);
  }
}

const nodes = (content: RichInline[], { colour }: Reading, href?: string): Part[] =>
  content.map((node) => ({ text: "", node, colour, href }));

/** A sign of emphasis, bare at the edge of a word or in braces anywhere. */
function readSign(text: string, i: number, colour: string | null): Read | null {
  const found = /^(?:\{(?:\*|_|-|\+|\^|~|\?\?|\{\{|\}\})\}|\{\{|\}\}|\?\?|[*_\-+^~])/.exec(text.slice(i, i + 4))?.[0];
  if (found === undefined) return null;
  const isBraced = found.length > 2 && found.startsWith("{");
  const bare = isBraced ? found.slice(1, -1) : found;
  const sign = (bare === "}}" ? "{{" : bare) as Sign; // The pattern has no other.
  const end = i + found.length;
  const before = text.charAt(i - 1);
  const next = text.charAt(end);
  const opens = bare !== "}}" && (isBraced || !/[\p{L}\p{Nd}\\]/u.test(before)) && !isSpace(next);
  const closes = bare !== "{{" && (isBraced || !isWord(next)) && !isSpace(before) && before !== "\\";
  if (!opens && !closes) return { end, parts: [{ text: found, colour }] };
  const role = opens && closes ? undefined : opens ? ("opens" as const) : ("closes" as const);
  return { end, parts: [{ text: found, colour, sign, ...(role && { role }) }] };
}

/** Of the signs of one line, which open and which close; the others are letters. Each is looked at twice at most. */
function pairUp(parts: Part[], from: number): void {
  const open: number[] = [];
  const isOpen = new Set<Sign>();
  for (let i = from; i < parts.length; i++) {
    const part = parts[i];
    if (!part?.sign) continue;
    const { sign, role } = part;
    part.role = undefined;
    if (isOpen.has(sign) && role !== "opens" && (open.at(-1) !== i - 1 || parts[i - 1]?.sign !== sign)) {
      for (let top = open.pop(); top !== undefined; top = open.pop()) {
        const opener = parts[top];
        if (!opener?.sign) continue;
        isOpen.delete(opener.sign);
        if (opener.sign !== sign) continue;
        opener.role = "opens";
        part.role = "closes";
        break;
      }
    } else if (!isOpen.has(sign) && role !== "closes") {
      open.push(i);
      isOpen.add(sign);
    }
  }
}

function toInline(parts: Part[]): RichInline[] {
  const content: RichInline[] = [];
  const active = new Map<Sign, RichMark["type"]>();
  /** The marks of the part before, which most often are those of the next: there may be a million parts. */
  let last: { marks: RichMark[]; colour: string | null; href: string | undefined } | undefined;
  for (const { text, node, colour, href, sign, role } of parts) {
    if (sign && role !== undefined) {
      if (role === "opens") active.set(sign, markOf[sign]);
      else active.delete(sign);
      last = undefined;
    } else if (node?.type === "hardBreak") content.push(node);
    else {
      if (last === undefined || last.colour !== colour || last.href !== href)
        last = { marks: marksOf(active, colour, href), colour, href };
      push(content, node ?? { type: "text", text }, node?.marks ? [...node.marks, ...last.marks] : last.marks);
    }
  }
  return content;
}

const marksOf = (active: ReadonlyMap<Sign, RichMark["type"]>, colour: string | null, href: string | undefined) => [
  ...[...new Set(active.values())].map((type) => ({ type }) as RichMark), // These have no attributes.
  ...(colour === null ? [] : [{ type: "textStyle" as const, attrs: { color: colour } }]),
  ...(href === undefined ? [] : [{ type: "link" as const, attrs: { href } }]),
];

/** Letters with the same marks are one text: a document has a limited number of parts. */
function push(content: RichInline[], node: RichInline, marks: RichMark[]): void {
  const last = content.at(-1);
  if (node.type === "text" && last?.type === "text" && sameMarks(last.marks ?? [], marks)) last.text += node.text;
  else if (node.type !== "text" || node.text !== "") content.push(marks.length > 0 ? { ...node, marks } : node);
}

const sameMarks = (a: readonly RichMark[], b: readonly RichMark[]) =>
  a === b || (a.length === b.length && a.every((mark, at) => sameMark(mark, b[at])));

const sameMark = (a: RichMark, b: RichMark | undefined) =>
  a.type === b?.type && (!("attrs" in a) || JSON.stringify(a) === JSON.stringify(b));
