import { type Kind, type Nested, place } from "../nest";
import { isAutolink } from "./addresses";
import { separator } from "./references";

/** The marker around a part, where it has one whose neighbours matter. */
function markerOf(type: Kind): string {
  switch (type) {
    case "bold":
      return "**";
    case "italic":
      return "_";
    case "strike":
      return "~~";
    default:
      return "";
  }
}

/** What may be written as bare text, so that a neighbour could change what it says. */
const isBare = (type: Kind) => type === "textStyle" || type === "mention" || type === "emoji" || type === "image";

/**
 * Inline parts in a row. CommonMark decides by the characters on both sides whether a marker may open or close;
 * where a neighbour would forbid it, an empty comment stands between them and changes no text.
 */
export function joinInline(node: Nested, parts: string[]): string {
  if (parts.length === 1) return parts[0] ?? "";
  let out = "";
  // The part before is asked, not the whole text so far, which would be copied each time to look at its end.
  let before = "";
  let closed = "";
  let wasBare = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const type = node.children[i]?.type;
    if (part === undefined || part === "" || type === undefined) continue;
    const marker = markerOf(type);
    const bare = isBare(type);
    if (before !== "") {
      const isCrowded =
        (closed !== "" &&
          before.endsWith(closed) &&
          crowded(closed, before, before.length - 1 - closed.length, part.charCodeAt(0))) ||
        (marker !== "" &&
          part.startsWith(marker) &&
          crowded(marker, part, marker.length, before.charCodeAt(before.length - 1))) ||
        ((bare || wasBare) && touches(before, part));
      if (isCrowded) out += separator;
    }
    out += part;
    before = part;
    closed = marker;
    wasBare = bare;
  }
  return out;
}

/** True when the neighbour outside a marker would keep it from opening or closing. */
function crowded(marker: string, text: string, inner: number, outside: number): boolean {
  // White space, the end of a line and ASCII punctuation forbid nothing.
  if (outside <= 0x2f || (outside >= 0x3a && outside <= 0x40)) return false;
  if ((outside >= 0x5b && outside <= 0x60) || (outside >= 0x7b && outside <= 0x7e)) return false;
  return marker === "_" || !/[\p{L}\p{N}]/u.test(text.charAt(inner));
}

/** True when the end of one text and the beginning of the next could together be read as something else. */
function touches(before: string, part: string): boolean {
  const last = before.charCodeAt(before.length - 1);
  if (isSpaceCode(last) || isSpaceCode(part.charCodeAt(0))) return false;
  // A number and what follows it could be the beginning of an item.
  if (/^[.)]/.test(part) && /^\d{1,9}$/.test(before)) return true;
  // To GitLab nearly everything after it is the name of a label.
  if (last === 0x7e) return true;
  // Syntax of ours on the one side, or the end of a sentence, or what is not ASCII, which no tracker looks for.
  if (part.startsWith("![") || part.startsWith("<img ") || /^[.,;:!?)]+(?:\s|$)/.test(part)) return false;
  return last !== 0x28;
}

const isSpaceCode = (code: number) => code === 0x20 || code === 0x0a || code === 0x09;

/** CommonMark ignores markers that touch a space, so spaces and breaks at the edges go outside. */
export function wrap(marker: string, content: string): string {
  let start = 0;
  let end = content.length;
  while (start < end && (isSpace(content, start) || content.startsWith("\\\n", start))) start += 1;
  while (end > start && isSpace(content, end - 1)) end -= content.startsWith("\\\n", end - 2) ? 2 : 1;
  if (start >= end) return content;
  return content.slice(0, start) + marker + content.slice(start, end) + marker + content.slice(end);
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code <= 0x20 || (code >= 0x7f && /\s/.test(text.charAt(at)));
}

export function codeSpan(text: string, where: number): string {
  if ((where & place.inRow) !== 0 && text.includes("|")) {
    // A row is cut at its bars before anything else is read. One that is escaped is none, but a backslash is no escape
    // in code, so one before a bar could not be told from it.
    if (text.includes("\\|")) return `<code>${allEntities(text)}</code>`;
    return codeSpan(text.replaceAll("|", "\\|"), 0);
  }
  const ticks = "`".repeat(longestRun(text) + 1);
  // A space on both sides is taken away by the reader, so one is added where the text has its own, or touches a tick.
  const edges = text.startsWith("`") || text.endsWith("`") || (/^ .* $/s.test(text) && text.trim() !== "");
  return edges ? `${ticks} ${text} ${ticks}` : `${ticks}${text}${ticks}`;
}

const allEntities = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);

export function longestRun(text: string): number {
  let longest = 0;
  for (let at = text.indexOf("`"); at !== -1; ) {
    let end = at + 1;
    while (text.charCodeAt(end) === 0x60) end += 1;
    longest = Math.max(longest, end - at);
    at = text.indexOf("`", end);
  }
  return longest;
}

export function writeLink({ href, children }: Nested<"link">, label: string): string {
  const [only] = children;
  if (children.length === 1 && only?.type === "text" && only.text === href && isAutolink(href)) return `<${href}>`;
  // GitHub ticks a task that has [x] anywhere in its line.
  return `[${label}${/^x$/i.test(label) ? separator : ""}](${destination(href)})`;
}

/**
 * The address of a link or a picture. An entity is still one there, and a bar would end the cell of a row. Whatever is
 * not plainly safe goes between angle brackets.
 */
export function destination(href: string): string {
  if (/^[\w:/?#.=~%+,;@!-]+$/.test(href)) return href;
  const to = href
    .replace(/[\s<>\\\p{Cc}]/gu, encodeURIComponent)
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replaceAll("|", "&#124;");
  return /^[\w:/?#.=~%+,;@!&-]+$/.test(to) ? to : `<${to}>`;
}
