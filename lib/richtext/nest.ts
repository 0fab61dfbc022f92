import { AppError } from "@/lib/errors";
import type { marks, nodes, RichBlock, RichDoc, RichInline, RichItem, RichMark } from "./doc";
import { safeHref } from "./href";
import { limits } from "./tidy";

/** Every node and every mark: what a table has to answer for. */
export type Kind = keyof typeof nodes | keyof typeof marks;

/** What a text has to know of its place to be written safely. Bits, because most formats ask for none of them. */
export const place = { lineStart: 1, lineEnd: 2, inLink: 4 };

type Data = {
  heading: { level: number };
  orderedList: { start: number };
  codeBlock: { text: string; language: string | null };
  text: { text: string; place: number };
  code: { text: string };
  link: { href: string };
};

/** A node of the nested tree, in which marks are nodes as well. */
export type Nested<K extends Kind = Kind> = K extends Kind
  ? { type: K; children: Nested[] } & (K extends keyof Data ? Data[K] : unknown)
  : never;

type Leaf = { text: string | null; code: boolean; marks: RichMark[] };
type Budget = { nodes: number };

const none: Nested[] = [];
/** Of marks that reach equally far the first is the outermost, so that equal documents give equal trees. */
const order: Record<RichMark["type"], number> = { link: 0, bold: 1, italic: 2, strike: 3, code: 4 };

/** Marks made into nodes, once for all formats: adjacent equal marks are one. */
export const nest = (doc: RichDoc): Nested<"doc"> => {
  if (doc.type !== "doc") throw unknownKind(doc);
  return { type: "doc", children: nestBlocks(doc.content, { nodes: 0 }, 1) };
};

function nestBlocks(blocks: readonly (RichBlock | RichItem)[] | undefined, budget: Budget, depth: number): Nested[] {
  // A parsed document keeps the limits; one that was never parsed must not be able to hang or crash a conversion.
  budget.nodes += blocks?.length ?? 0;
  if (depth > limits.depth || budget.nodes > limits.nodes) {
    throw new AppError("invalid_input", "The text is nested too deeply or has too many parts.");
  }
  return blocks?.map((block) => nestBlock(block, budget, depth)) ?? [];
}

function nestBlock(block: RichBlock | RichItem, budget: Budget, depth: number): Nested {
  switch (block.type) {
    case "paragraph":
      return { type: "paragraph", children: nestInline(block.content) };
    case "heading":
      return { type: "heading", level: block.attrs.level, children: nestInline(block.content) };
    case "bulletList":
    case "listItem":
    case "blockquote":
      return { type: block.type, children: nestBlocks(block.content, budget, depth + 1) };
    case "orderedList":
      return {
        type: "orderedList",
        start: block.attrs?.start ?? 1,
        children: nestBlocks(block.content, budget, depth + 1),
      };
    case "codeBlock": {
      const text = block.content?.map((part) => part.text).join("") ?? "";
      return { type: "codeBlock", text, language: block.attrs?.language ?? null, children: none };
    }
    case "horizontalRule":
      return { type: "horizontalRule", children: none };
    default:
      throw unknownKind(block);
  }
}

/** The compiler knows that every kind is handled; a document that was never parsed may still bring another. */
const unknownKind = (found: { type: unknown }) =>
  new AppError("invalid_input", `The text has a part of a kind that is not known here: ${String(found.type)}.`);

function nestInline(content: readonly RichInline[] | undefined): Nested[] {
  const leaves: Leaf[] = [];
  for (const part of content ?? []) {
    const leaf = toLeaf(part);
    if (leaf.text !== "") leaves.push(leaf);
  }
  // A break that ends a block breaks nothing; Markdown would print it.
  while (leaves.at(-1)?.text === null) leaves.pop();
  return build(merge(leaves), 0, undefined, []);
}

function toLeaf(part: RichInline): Leaf {
  const { type }: { type: string } = part;
  if (type !== "text" && type !== "hardBreak") throw unknownKind({ type });
  // Parsing has made breaks of line ends; in a document of our own making one must not start a new line either.
  const text = part.type === "text" ? part.text.replace(/[\r\n]+/g, " ") : null;
  if (part.marks === undefined || part.marks.length === 0) return { text, code: false, marks: [] };
  const code = text !== null && part.marks.some((mark) => mark.type === "code");
  const kept = part.marks.filter(
    (mark) => mark.type !== "code" && (mark.type !== "link" || safeHref(mark.attrs.href) !== null),
  );
  return { text, code, marks: kept };
}

const sameMark = (a: RichMark, b: RichMark) =>
  a.type === b.type && (a.type !== "link" || b.type !== "link" || a.attrs.href === b.attrs.href);
const has = (leaf: Leaf | undefined, mark: RichMark) => leaf?.marks.some((other) => sameMark(mark, other)) ?? false;

/** Neighbours with the same marks are one text: where a document was cut says nothing. */
function merge(leaves: Leaf[]): Leaf[] {
  const merged: Leaf[] = [];
  for (const leaf of leaves) {
    const last = merged.at(-1);
    const alike =
      last !== undefined &&
      last.text !== null &&
      leaf.text !== null &&
      last.code === leaf.code &&
      last.marks.length === leaf.marks.length &&
      last.marks.every((mark) => has(leaf, mark));
    if (alike) merged[merged.length - 1] = { ...leaf, text: `${last.text}${leaf.text}` };
    else merged.push(leaf);
  }
  return merged;
}

/** The leaves of one run as nodes. Of the marks still closed, the one that reaches furthest is opened first. */
function build(leaves: Leaf[], from: number, to = leaves.length, open: RichMark[]): Nested[] {
  const built: Nested[] = [];
  for (let i = from; i < to; ) {
    const leaf = leaves[i];
    if (leaf === undefined) break;
    let best: RichMark | undefined;
    let end = i;
    for (const mark of leaf.marks) {
      if (open.length > 0 && open.some((other) => sameMark(mark, other))) continue;
      let reach = i + 1;
      while (reach < to && has(leaves[reach], mark)) reach += 1;
      if (best === undefined || reach > end || (reach === end && order[mark.type] < order[best.type])) {
        best = mark;
        end = reach;
      }
    }
    if (best === undefined) {
      built.push(leafNode(leaves, i, open));
      i += 1;
      continue;
    }
    if (best.type !== "link") end = beforeLink(leaves, i, end);
    built.push(markNode(best, build(leaves, i, end, [...open, best])));
    i = end;
  }
  return built;
}

/** A link that goes on where another mark ends is not cut in two: the other mark ends before it and begins anew inside. */
function beforeLink(leaves: Leaf[], from: number, end: number): number {
  const link = leaves[end]?.marks.find((mark) => mark.type === "link");
  if (link === undefined) return end;
  let start = end;
  while (start > from && has(leaves[start - 1], link)) start -= 1;
  return start > from ? start : end;
}

const markNode = (mark: RichMark, children: Nested[]): Nested =>
  mark.type === "link" ? { type: "link", href: mark.attrs.href, children } : ({ type: mark.type, children } as Nested); // The marks without attributes, which TypeScript does not tell apart.

function leafNode(leaves: Leaf[], at: number, open: RichMark[]): Nested {
  const leaf = leaves[at];
  if (leaf === undefined || leaf.text === null) return { type: "hardBreak", children: none };
  if (leaf.code) return { type: "code", text: leaf.text, children: none };
  let where = 0;
  if (at === 0 || leaves[at - 1]?.text === null) where |= place.lineStart;
  if (at === leaves.length - 1 || leaves[at + 1]?.text === null) where |= place.lineEnd;
  if (open.length > 0 && open.some((mark) => mark.type === "link")) where |= place.inLink;
  return { type: "text", text: leaf.text, place: where, children: none };
}
