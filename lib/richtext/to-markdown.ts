import type { RichDoc } from "./doc";
import { escapeMarkdown, isAutolink, separator } from "./escape-markdown";
import { fold, type Table } from "./fold";
import { type Converted, type Loss, lose } from "./losses";
import { type Nested, nest } from "./nest";

/** GitHub Flavored Markdown. Text stays text: nothing in it becomes syntax, a mention, a reference or HTML. */
export function toMarkdown(doc: RichDoc): Converted {
  const losses: Loss[] = [];
  return { output: fold(nest(doc), markdown, losses), losses };
}

const markdown: Table<string, Loss[]> = {
  doc: (node, blocks) => joinBlocks(node, blocks),
  paragraph: (node, inline) => joinInline(node, inline),
  heading: (node, inline, losses) => atxHeading(node.level, joinInline(node, inline), losses),
  bulletList: (_, items) => joinItems(items.map((item) => hang("-", item))),
  // Nine digits are the most that CommonMark takes; only the first number counts anyway.
  orderedList: ({ start }, items) =>
    joinItems(items.map((item, i) => hang(`${Math.min(start + i, 999_999_999)}.`, item))),
  listItem: (node, blocks) => joinBlocks(node, blocks),
  blockquote: (node, blocks) => {
    const content = joinBlocks(node, blocks);
    return content === "" ? ">" : `> ${content.replaceAll("\n", "\n> ")}`;
  },
  codeBlock: ({ text, language }, _, losses) => fence(text, language ?? "", losses),
  // Not ---, which after a paragraph is a heading and after a list marker a longer rule.
  horizontalRule: () => "***",
  hardBreak: () => "\\\n",
  text: ({ text, place }) => escapeMarkdown(text, place),
  bold: (node, inline) => wrap("**", joinInline(node, inline)),
  // Not *: beside ** its runs would be counted together. Where _ may not stand, joinInline makes room.
  italic: (node, inline) => wrap("_", joinInline(node, inline)),
  strike: (node, inline) => wrap("~~", joinInline(node, inline)),
  code: ({ text }) => codeSpan(text),
  link: (node, inline) => writeLink(node, joinInline(node, inline)),
};

/**
 * Blocks with a blank line between them. Empty ones are nothing in Markdown. Two lists in a row would be read as one,
 * so a comment parts them. A short list directly below its item's text stays close to it.
 */
function joinBlocks(node: Nested, blocks: string[]): string {
  let out = "";
  let previous = "";
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (!block) continue;
    const type = node.children[i]?.type ?? "";
    if (out === "") out = block;
    else if (type === previous && (type === "bulletList" || type === "orderedList"))
      out += `\n\n${separator}\n\n${block}`;
    else
      out += node.type === "listItem" && previous === "paragraph" && mayFollow(block) ? `\n${block}` : `\n\n${block}`;
    previous = type;
  }
  return out;
}

/** Of the ordered lists only one that begins with 1 may interrupt a paragraph; to some readers that holds further in. */
const mayFollow = (block: string) => /^(?:- |1\. )+[^\d-]/.test(block);

/** Items are close together when none of them has a blank line inside. */
const joinItems = (items: string[]) => items.join(items.some((item) => item.includes("\n\n")) ? "\n\n" : "\n");

/** An empty item gets a comment: markers alone would be a rule, an underline, or text of the paragraph above. */
const hang = (marker: string, item: string) =>
  `${marker} ${item === "" ? separator : item.replace(/\n(?!\n)/g, `\n${" ".repeat(marker.length + 1)}`)}`;

function atxHeading(level: number, content: string, losses: Loss[]): string {
  const marker = "#".repeat(level);
  if (content === "") return marker;
  let line = content;
  if (line.includes("\n")) {
    const breaks = line.split("\n").length - 1;
    line = line.replaceAll("\\\n", " ").trimStart();
    lose(losses, "hardBreak", line, "a space, because a heading is one line", breaks);
  }
  // Number signs at the end would be read as a closing sequence.
  return line.endsWith("#") ? `${marker} ${line.slice(0, -1)}\\#` : `${marker} ${line}`;
}

/** A fence longer than any run of backticks inside, and a language that cannot be anything else. */
function fence(text: string, language: string, losses: Loss[]): string {
  const info = language.replace(/[^\w+#.-]/g, "");
  if (info !== language)
    lose(losses, "codeBlock", text, info === "" ? "a block without a language" : `a block of ${info}`);
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return text === "" ? `${ticks}${info}\n${ticks}` : `${ticks}${info}\n${text}\n${ticks}`;
}

function codeSpan(text: string): string {
  const ticks = "`".repeat(longestRun(text) + 1);
  // A space on both sides is taken away by the reader, so one is added where the text has its own, or touches a tick.
  const edges = text.startsWith("`") || text.endsWith("`") || (/^ .* $/s.test(text) && text.trim() !== "");
  return edges ? `${ticks} ${text} ${ticks}` : `${ticks}${text}${ticks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (let at = text.indexOf("`"); at !== -1; ) {
    let end = at + 1;
    while (text.charCodeAt(end) === 0x60) end += 1;
    longest = Math.max(longest, end - at);
    at = text.indexOf("`", end);
  }
  return longest;
}

function writeLink({ href, children }: Nested<"link">, label: string): string {
  const [only] = children;
  if (children.length === 1 && only?.type === "text" && only.text === href && isAutolink(href)) return `<${href}>`;
  // In a destination an entity is still an entity. Whatever is not plainly safe goes between angle brackets.
  const to = href.replace(/&(?=#?\w+;)/g, "\\&");
  return /^[\w:/?#.=~%+,;@!&-]+$/.test(to) ? `[${label}](${to})` : `[${label}](<${to}>)`;
}

/** CommonMark ignores markers that touch a space, so spaces and breaks at the edges go outside. */
function wrap(marker: string, content: string): string {
  let start = 0;
  let end = content.length;
  while (start < end && (isSpace(content, start) || content.startsWith("\\\n", start))) start += 1;
  while (end > start && isSpace(content, end - 1)) end -= content.startsWith("\\\n", end - 2) ? 2 : 1;
  if (start >= end) return content;
  return content.slice(0, start) + marker + content.slice(start, end) + marker + content.slice(end);
}

const isSpace = (text: string, at: number) => /\s/.test(text.charAt(at));

/**
 * Inline parts in a row. CommonMark decides by the characters on both sides whether a marker may open or close;
 * where a neighbour would forbid it, an empty comment stands between them and changes no text.
 */
function joinInline(node: Nested, parts: string[]): string {
  if (parts.length === 1) return parts[0] ?? "";
  let out = "";
  // The part before is asked, not the whole text so far, which would be copied each time to look at its end.
  let before = "";
  let closed: string | undefined;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? "";
    const marker = markers[node.children[i]?.type ?? "text"];
    const isCrowded =
      (closed !== undefined &&
        before.endsWith(closed) &&
        crowded(closed, before, before.length - 1 - closed.length, part.charCodeAt(0))) ||
      (marker !== undefined &&
        before !== "" &&
        part.startsWith(marker) &&
        crowded(marker, part, marker.length, before.charCodeAt(before.length - 1)));
    out += isCrowded ? separator + part : part;
    before = part;
    closed = marker;
  }
  return out;
}

const markers: Partial<Record<Nested["type"], string>> = { bold: "**", italic: "_", strike: "~~" };

/** True when the neighbour outside a marker would keep it from opening or closing. */
function crowded(marker: string, text: string, inner: number, outside: number): boolean {
  // White space, the end of a line and ASCII punctuation forbid nothing.
  if (outside <= 0x2f || (outside >= 0x3a && outside <= 0x40)) return false;
  if ((outside >= 0x5b && outside <= 0x60) || (outside >= 0x7b && outside <= 0x7e)) return false;
  return marker === "_" || !/[\p{L}\p{N}]/u.test(text.charAt(inner));
}

/** A hidden line by which an issue of ours is found again. The adapter puts it at the end of a body. */
export const markerComment = (id: string): string => {
  // Anything else could end the comment early.
  if (!/^[A-Za-z0-9-]+$/.test(id) || id.includes("--"))
    throw new TypeError("An id in a marker is letters, digits and single hyphens.");
  return `<!-- faultline-${id} -->`;
};

/**
 * True when a body carries the marker as a line of its own outside every code fence. Document text cannot forge that:
 * outside of code its HTML is escaped, and inside of code it is not looked for.
 */
export function hasMarker(body: string, id: string): boolean {
  const marker = markerComment(id);
  if (!body.includes(marker)) return false;
  let fence = "";
  for (const raw of body.split("\n")) {
    const line = raw.trimEnd();
    const ticks = /^`{3,}/.exec(line)?.[0] ?? "";
    if (fence !== "") {
      if (ticks.length >= fence.length && ticks === line) fence = "";
    } else if (ticks !== "") fence = ticks;
    else if (line === marker) return true;
  }
  return false;
}
