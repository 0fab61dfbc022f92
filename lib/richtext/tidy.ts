import { AppError } from "@/lib/errors";
import { safeColour } from "./colour";
import { safeHref, safeImageSrc } from "./href";

/** Beyond these a document is refused; no bug report that a person writes comes near. */
export const limits = { depth: 100, nodes: 50_000, text: 1_048_576, marks: 16 };

type Copy = { type: string; text?: string; attrs?: unknown; marks?: unknown[]; content?: Copy[] };
type Visit = { from: Record<string, unknown>; into: Copy; depth: number };

const refuse = (message: string) => new AppError("invalid_input", message);
const tooMany = () => refuse(`The text has more than ${limits.nodes} parts.`);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The part of the input that is a document, copied with everything else left behind: no cycle, no getter and no
 * prototype of the input survives. It walks with a stack of its own, because a validator that recurses would run out
 * of the program's stack before it could refuse a document that is 10,000 levels deep.
 */
export function tidy(input: unknown, kinds: ReadonlySet<string>, markKinds: ReadonlySet<string>): Copy {
  let nodeCount = 0;
  let textLength = 0;

  function open(value: unknown): [Record<string, unknown>, Copy] {
    if (!isRecord(value)) throw refuse("The text is not a document: every part of it has to be an object with a type.");
    const { type } = value;
    if (typeof type !== "string" || !kinds.has(type)) {
      throw refuse(`The text has a part of a kind that is not known here: ${shown(type)}.`);
    }
    nodeCount += 1;
    if (nodeCount > limits.nodes) throw tooMany();

    const copy: Copy = { type };
    if (value.attrs !== undefined && value.attrs !== null) copy.attrs = tidyAttrs(type, value.attrs);
    if (Array.isArray(value.marks)) copy.marks = tidyMarks(value.marks, markKinds);
    if (type === "text") {
      if (typeof value.text !== "string") throw refuse("The text has a part without its letters.");
      textLength += value.text.length;
      if (textLength > limits.text) throw refuse(`The text is longer than ${limits.text} characters.`);
      copy.text = storable(value.text);
    }
    return [value, copy];
  }

  const [from, root] = open(input);
  const pending: Visit[] = [{ from, into: root, depth: 1 }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    const { content } = visit.from;
    if (content === undefined || content === null || visit.into.type === "text") continue;
    if (!Array.isArray(content)) throw refuse("The text has a part whose content is not a list.");
    // The length is compared before the list is walked: a sparse array may claim four billion entries.
    if (nodeCount + content.length > limits.nodes) throw tooMany();
    if (visit.depth >= limits.depth) throw refuse(`The text is nested more than ${limits.depth} levels deep.`);

    const into: Copy[] = [];
    for (const value of content) {
      const [source, copy] = open(value);
      if (copy.text === undefined) pending.push({ from: source, into: copy, depth: visit.depth + 1 });
      if (copy.text === undefined) into.push(copy);
      else if (visit.into.type === "codeBlock") into.push({ ...copy, marks: undefined });
      else {
        // A line end is a part as well, and a text may have a million.
        if (nodeCount + breaksIn(copy.text) > limits.nodes) throw tooMany();
        const parts = lines(copy, copy.text);
        nodeCount += parts.length - 1;
        for (const part of parts) into.push(part);
      }
      if (nodeCount > limits.nodes) throw tooMany();
    }
    visit.into.content = into;
  }
  return root;
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** A line end inside a text would be swallowed by every format; it is a hard break. Empty texts go. */
function lines(copy: Copy, text: string): Copy[] {
  if (!text.includes("\n")) return text === "" ? [] : [copy];
  const parts = text.split("\n").flatMap((line) => [{ type: "hardBreak" }, { ...copy, text: line }]);
  return parts.slice(1).filter((part) => !("text" in part) || part.text !== "");
}

/** One of each mark at most; a link that leads elsewhere than to the web or a mailbox goes, its text stays. */
function tidyMarks(values: unknown[], markKinds: ReadonlySet<string>): unknown[] {
  if (values.length > limits.marks) throw refuse(`A part of the text has more than ${limits.marks} marks.`);
  const seen = new Map<string, unknown>();
  for (const value of values) {
    if (!isRecord(value) || typeof value.type !== "string" || !markKinds.has(value.type)) {
      throw refuse(`The text has a mark that is not known here: ${shown(isRecord(value) ? value.type : value)}.`);
    }
    if (seen.has(value.type)) continue;
    const mark = tidyMark(value.type, isRecord(value.attrs) ? value.attrs : {});
    if (mark !== null) seen.set(value.type, mark);
  }
  return [...seen.values()];
}

function tidyMark(type: string, attrs: Record<string, unknown>): unknown {
  switch (type) {
    case "link": {
      const href = safeHref(attrs.href);
      return href === null ? null : { type, attrs: { href } };
    }
    case "textStyle": {
      const color = safeColour(attrs.color);
      return color === null ? null : { type, attrs: { color } };
    }
    case "highlight":
      return { type, attrs: { color: safeColour(attrs.color) } };
    default:
      return { type };
  }
}

/** The letters of attributes are made storable like those of texts; an address that may not stand in a document goes. */
function tidyAttrs(type: string, attrs: unknown): unknown {
  if (!isRecord(attrs)) return attrs;
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attrs)) {
    if (name === "__proto__") continue;
    copy[name] = typeof value === "string" ? storable(value) : value;
  }
  if (type === "image") copy.src = safeImageSrc(attrs.src);
  return copy;
}

/** Line ends as one character; what neither PostgreSQL's jsonb nor UTF-8 can hold as the replacement character. */
function storable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what has to go.
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000\p{Surrogate}]/gu, "\uFFFD");
}

const shown = (value: unknown) => (typeof value === "string" ? `“${value.slice(0, 40)}”` : typeof value);
