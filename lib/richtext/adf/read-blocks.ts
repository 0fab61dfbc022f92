import type { Alignment, PanelType, RichBlock, RichCell, RichInline, RichItem, RichRow, RichTask } from "../doc";
import { panelTypes } from "../doc";
import { count, type Found, numberOf, open, type Reading, stringOf, textNode } from "./read";
import { isInline, readInline, readUnknown } from "./read-inline";

type Reader = (node: Found, reading: Reading, depth: number) => RichBlock[];

const held: Reader = ({ content }, reading, depth) => readBlocks(content, reading, depth + 1);
const line: Reader = ({ content }, reading, depth) => [paragraph(readInline(content, reading, depth + 1))];
const paragraph = (content: RichInline[]): RichBlock => ({ type: "paragraph", content });

const readers = new Map<string, Reader>([
  ["paragraph", line],
  ["heading", readHeading],
  ["bulletList", (node, reading, depth) => filled({ type: "bulletList", content: items(node, reading, depth) })],
  [
    "orderedList",
    (node, reading, depth) => {
      const start = numberOf(node.attrs.order, 0, 999_999_999);
      return filled({ type: "orderedList", attrs: { start: start ?? 1 }, content: items(node, reading, depth) });
    },
  ],
  ["decisionList", (node, reading, depth) => filled({ type: "bulletList", content: items(node, reading, depth) })],
  ["listItem", held],
  ["decisionItem", line],
  ["taskList", (node, reading, depth) => filled({ type: "taskList", content: tasks(node, reading, depth) })],
  ["taskItem", line],
  ["blockTaskItem", held],
  ["blockquote", (node, reading, depth) => [{ type: "blockquote", content: held(node, reading, depth) }]],
  ["codeBlock", readCode],
  ["table", (node, reading, depth) => filled({ type: "table", content: rows(node, reading, depth) })],
  ["tableRow", held],
  ["tableCell", held],
  ["tableHeader", held],
  ["expand", readExpand],
  ["nestedExpand", readExpand],
  [
    "panel",
    (node, reading, depth) => [
      { type: "panel", attrs: { panelType: panelOf(node.attrs.panelType) }, content: held(node, reading, depth) },
    ],
  ],
  ["rule", () => [{ type: "horizontalRule" }]],
  ["mediaSingle", readPicture],
  ["mediaGroup", (node, reading, depth) => held(node, reading, depth)],
  // What stands in a picture of theirs or in a card is inline to us, and a line of its own there.
  ...["media", "blockCard", "embedCard", "extension"].map((type): [string, Reader] => [
    type,
    (node, reading, depth) => filledLine(readInline([asGiven(node)], reading, depth + 1)),
  ]),
  ["caption", (node, reading, depth) => [italic(readInline(node.content, reading, depth + 1))]],
  ["layoutSection", held],
  ["layoutColumn", held],
  ["bodiedExtension", held],
  ["bodiedSyncBlock", held],
]);
const asGiven = ({ type, attrs, marks }: Found) => ({ type, attrs, marks });
const filledLine = (content: RichInline[]) => (content.length > 0 ? [paragraph(content)] : []);
const filled = (block: Extract<RichBlock, { content: unknown[] }>): RichBlock[] =>
  block.content.length > 0 ? [block] : [];

/** Blocks; what stands between them without a line of its own gets one, and of what we do not know the text is kept. */
export function readBlocks(values: readonly unknown[], reading: Reading, depth: number): RichBlock[] {
  count(values, reading, depth);
  const blocks: RichBlock[] = [];
  let stray: unknown[] = [];
  const flush = () => {
    if (stray.length > 0) blocks.push(...filledLine(readInline(stray, reading, depth + 1)));
    stray = [];
  };
  for (const value of values) {
    const node = open(value);
    if (node === null) continue;
    const reader = readers.get(node.type);
    if (!reader && isInline(node.type)) {
      stray.push(value);
      continue;
    }
    flush();
    for (const block of (reader ?? readStranger)(node, reading, depth)) blocks.push(block);
  }
  flush();
  return blocks;
}

function readStranger(node: Found, reading: Reading, depth: number): RichBlock[] {
  const { originalValue } = node.attrs;
  const inside = node.content.length > 0 ? node.content : originalValue === undefined ? [] : [originalValue];
  const own = filledLine(
    readUnknown({ ...node, content: [], attrs: { ...node.attrs, originalValue: undefined } }, reading, depth),
  );
  return [...own, ...readBlocks(inside, reading, depth + 1)];
}

function readHeading({ attrs, content }: Found, reading: Reading, depth: number): RichBlock[] {
  const level = numberOf(attrs.level, 1, 6) ?? 3;
  return [{ type: "heading", attrs: { level }, content: readInline(content, reading, depth + 1) }];
}

function readCode({ attrs, content }: Found, reading: Reading, depth: number): RichBlock[] {
  const text = readInline(content, reading, depth + 1)
    .map((part) => (part.type === "text" ? part.text : part.type === "hardBreak" ? "\n" : ""))
    .join("");
  const language = stringOf(attrs.language);
  return [
    {
      type: "codeBlock",
      attrs: { language: language === "" || language.length > 64 ? null : language },
      content: text === "" ? [] : [{ type: "text", text }],
    },
  ];
}

function items({ content }: Found, reading: Reading, depth: number): RichItem[] {
  count(content, reading, depth);
  return content.map((value) => {
    const inside = open(value)?.type === "listItem" ? (open(value)?.content ?? []) : [value];
    return { type: "listItem", content: readBlocks(inside, reading, depth + 1) };
  });
}

/** Their tasks below a task stand beside it as a list; ours stand in it. */
function tasks({ content }: Found, reading: Reading, depth: number): RichTask[] {
  count(content, reading, depth);
  const read: RichTask[] = [];
  for (const value of content) {
    const node = open(value);
    if (node === null) continue;
    const isTask = node.type === "taskItem" || node.type === "blockTaskItem";
    if (isTask || read.length === 0) {
      const checked = isTask && node.attrs.state === "DONE";
      read.push({ type: "taskItem", attrs: { checked }, content: [] });
    }
    for (const block of readBlocks([value], reading, depth + 1)) read.at(-1)?.content.push(block);
  }
  return read;
}

function rows({ content }: Found, reading: Reading, depth: number): RichRow[] {
  count(content, reading, depth);
  return content.map((value) => {
    const row = open(value);
    const cells = row?.type === "tableRow" ? row.content : [value];
    count(cells, reading, depth);
    return { type: "tableRow", content: cells.map((cell) => readCell(cell, reading, depth + 2)) };
  });
}

function readCell(value: unknown, reading: Reading, depth: number): RichCell {
  const node = open(value);
  const isCell = node?.type === "tableCell" || node?.type === "tableHeader";
  if (!node || !isCell) return { type: "tableCell", attrs: {}, content: readBlocks([value], reading, depth) };
  const { type, attrs, content } = node;
  return {
    type: type === "tableHeader" ? "tableHeader" : "tableCell",
    attrs: {
      colspan: numberOf(attrs.colspan, 1, 100) ?? 1,
      rowspan: numberOf(attrs.rowspan, 1, 1_000) ?? 1,
      align: alignmentOf(content),
    },
    content: readBlocks(content, reading, depth),
  };
}

/** A cell is aligned as all of its lines are. */
function alignmentOf(content: readonly unknown[]): Alignment | null {
  const sides = new Set<unknown>();
  for (const value of content) {
    const node = open(value);
    if (node?.type !== "paragraph" && node?.type !== "heading") continue;
    const mark = node.marks.map(open).find((found) => found?.type === "alignment");
    sides.add(mark?.attrs.align);
  }
  if (sides.size !== 1) return null;
  if (sides.has("center")) return "center";
  return sides.has("end") ? "right" : null;
}

function readExpand({ attrs, content }: Found, reading: Reading, depth: number): RichBlock[] {
  const summary = textNode(stringOf(attrs.title).replace(/[\r\n]+/g, " "));
  return [
    {
      type: "details",
      attrs: { open: false },
      content: [
        { type: "detailsSummary", content: summary },
        { type: "detailsContent", content: readBlocks(content, reading, depth + 2) },
      ],
    },
  ];
}

const panelOf = (type: unknown): PanelType =>
  type === "tip" ? "success" : (panelTypes.find((known) => known === type) ?? "info");

/** A picture with what is written under it. */
function readPicture({ content, attrs, marks }: Found, reading: Reading, depth: number): RichBlock[] {
  const width = attrs.widthType === "pixel" ? attrs.width : undefined;
  return readBlocks(
    content.map((value) => {
      const node = open(value);
      return node?.type === "media"
        ? { ...node, attrs: { width, ...node.attrs }, marks: [...node.marks, ...marks] }
        : value;
    }),
    reading,
    depth + 1,
  );
}

const italic = (content: RichInline[]) =>
  paragraph(content.map((part) => ({ ...part, marks: [...(part.marks ?? []), { type: "italic" }] })));
