import type { RichInline, RichMark } from "../doc";
import { addressOf, count, type Found, numberOf, open, type Reading, stringOf, textNode } from "./read";
import { readMarks } from "./read-marks";

type Reader = (node: Found, reading: Reading) => RichInline[];

const readers = new Map<string, Reader>([
  ["text", (node, reading) => textNode(node.text, readMarks(node, reading))],
  ["hardBreak", () => [{ type: "hardBreak" }]],
  ["mention", readMention],
  ["emoji", readEmoji],
  ["media", readMedia],
  ["mediaInline", readMedia],
  ["inlineCard", readCard],
  ["blockCard", readCard],
  ["embedCard", readCard],
  ["status", ({ attrs }) => textNode(stringOf(attrs.text), [{ type: "bold" }, lozenge(attrs.color)])],
  ["date", ({ attrs }) => textNode(dayOf(attrs.timestamp))],
  ["placeholder", ({ attrs }) => textNode(stringOf(attrs.text))],
  ["extension", readExtension],
  ["inlineExtension", readExtension],
]);

export const isInline = (type: string) => readers.has(type);

/** What may stand in a line. A block that stands there anyway gives its text, on a line of its own. */
export function readInline(values: readonly unknown[], reading: Reading, depth: number): RichInline[] {
  count(values, reading, depth);
  const inline: RichInline[] = [];
  for (const value of values) {
    const node = open(value);
    if (node === null) continue;
    const reader = readers.get(node.type);
    if (reader) {
      inline.push(...reader(node, reading));
      continue;
    }
    const inside = readUnknown(node, reading, depth);
    const isBlock = node.content.length > 0;
    if (isBlock && inside.length > 0 && inline.length > 0) inline.push({ type: "hardBreak" });
    for (const part of inside) inline.push(part);
  }
  return inline;
}

/** The text of what we do not know: its own, that of its attributes, that of what it holds, or of what it stands for. */
export function readUnknown(node: Found, reading: Reading, depth: number): RichInline[] {
  const { text, title, originalValue } = node.attrs;
  const own = node.text || stringOf(text) || stringOf(title);
  const inside = node.content.length > 0 ? node.content : originalValue === undefined ? [] : [originalValue];
  const held = readInline(inside, reading, depth + 1);
  if (own === "") return held;
  return held.length > 0 ? [...textNode(own), { type: "hardBreak" }, ...held] : textNode(own);
}

function readMention({ attrs }: Found, { origin }: Reading): RichInline[] {
  const id = stringOf(attrs.id);
  const name = stringOf(attrs.text) || id;
  const label = name.startsWith("@") ? name.slice(1) : name;
  if (id === "" || id.length > 256 || label === "" || label.length > 256) return textNode(name);
  return [{ type: "mention", attrs: { id, label, handle: null, integrationId: origin.integrationId ?? null } }];
}

function readEmoji({ attrs }: Found): RichInline[] {
  const name = stringOf(attrs.shortName).replace(/^:|:$/g, "");
  const characters = stringOf(attrs.text);
  if (!/^[\w+-]{1,64}$/.test(name) || characters.length > 32) return textNode(characters || name);
  // Where Jira has no characters it repeats the name; the name alone says it.
  const isName = characters === "" || characters === attrs.shortName;
  return [{ type: "emoji", attrs: { name, text: isName ? null : characters } }];
}

/** A picture from the web. A file of theirs can only be seen there, so that what it is called stands for it. */
function readMedia(node: Found, reading: Reading): RichInline[] {
  const { attrs } = node;
  const src = attrs.type === "external" ? addressOf(attrs.url, reading.origin) : "";
  const alt = stringOf(attrs.alt) || (src === "" ? "Attached file" : "");
  const marks = readMarks(node, reading).filter(({ type }) => type === "link");
  const isLong = alt.length > 4_096;
  const size = src === "" ? {} : { width: numberOf(attrs.width, 1, 10_000), height: numberOf(attrs.height, 1, 10_000) };
  return [
    { type: "image", attrs: { src, alt: isLong ? null : alt, ...size }, marks },
    ...(isLong ? textNode(alt, marks) : []),
  ];
}

function readCard({ attrs }: Found, { origin }: Reading): RichInline[] {
  const data = open(attrs.data) === null ? {} : (attrs.data as Record<string, unknown>); // It is an object, as `open` found.
  const address = stringOf(attrs.url) || stringOf(data.url);
  const href = addressOf(address, origin);
  return textNode(stringOf(data.name) || address, [{ type: "link", attrs: { href } }]);
}

/** What an app shows there, we cannot: its own words for it, or which one it is. */
function readExtension({ attrs }: Found): RichInline[] {
  const key = stringOf(attrs.extensionKey);
  return textNode(stringOf(attrs.text) || (key && `[${key}]`));
}

function dayOf(timestamp: unknown): string {
  const date = new Date(Number(timestamp));
  return stringOf(timestamp).trim() === "" || Number.isNaN(date.getTime())
    ? stringOf(timestamp)
    : date.toISOString().slice(0, 10);
}

const lozenges = new Map([
  ["neutral", "#dfe1e6"],
  ["purple", "#eae6ff"],
  ["blue", "#deebff"],
  ["red", "#ffebe6"],
  ["yellow", "#fff0b3"],
  ["green", "#e3fcef"],
]);
const lozenge = (color: unknown): RichMark => ({
  type: "highlight",
  attrs: { color: lozenges.get(stringOf(color)) ?? "#dfe1e6" },
});
