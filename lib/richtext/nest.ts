import { AppError } from "@/lib/errors";
import type {
  Alignment,
  marks,
  nodes,
  PanelType,
  RichBlock,
  RichCell,
  RichDetailsPart,
  RichDoc,
  RichInline,
  RichItem,
  RichMark,
  RichRow,
  RichTask,
} from "./doc";
import { safeHref, safeImageSrc } from "./href";
import { limits } from "./tidy";

/** Every node and every mark: what a table has to answer for. */
export type Kind = keyof typeof nodes | keyof typeof marks;

/**
 * What a text or another inline part has to know of its place to be written safely. Bits, because most formats ask for
 * none of them. `inRow`: in a cell of a table that is `plain`, or in the summary of details, where a line is all.
 */
export const place = { lineStart: 1, lineEnd: 2, inLink: 4, inRow: 8 };

export type ImageData = {
  src: string | null;
  alt: string;
  title: string | null;
  width: number | null;
  height: number | null;
  attachmentId: string | null;
};
export type MentionData = { id: string; label: string; handle: string | null; integrationId: string | null };
export type EmojiData = { name: string; text: string | null };
export type AttachmentData = {
  attachmentId: string;
  name: string;
  mediaType: string | null;
  sizeBytes: number | null;
};
export type CellData = { colspan: number; rowspan: number; align: Alignment | null };

type Data = {
  heading: { level: number };
  orderedList: { start: number };
  taskItem: { checked: boolean };
  codeBlock: { text: string; language: string | null };
  /** `plain`: a first row of headers, none elsewhere, no spans, equally long rows, and in each cell a line at most. */
  table: { plain: boolean };
  tableHeader: CellData;
  tableCell: CellData;
  details: { open: boolean };
  panel: { panelType: PanelType };
  attachment: AttachmentData;
  image: ImageData & { place: number };
  mention: MentionData & { place: number };
  emoji: EmojiData & { place: number };
  text: { text: string; place: number };
  code: { text: string; place: number };
  link: { href: string };
  highlight: { color: string | null };
  textStyle: { color: string };
};

/** A node of the nested tree, in which marks are nodes as well. */
export type Nested<K extends Kind = Kind> = K extends Kind
  ? { type: K; children: Nested[] } & (K extends keyof Data ? Data[K] : unknown)
  : never;

type Atom = Exclude<RichInline, { type: "text" } | { type: "hardBreak" }>;
/** `text` is null for what is none: a line break, or with `atom` a picture, a mention, an emoji. */
type Leaf = { text: string | null; atom: Atom | null; code: boolean; marks: RichMark[] };
type Budget = { nodes: number };
type Part = RichBlock | RichItem | RichTask | RichRow | RichCell | RichDetailsPart;

const none: Nested[] = [];
/** Of marks that reach equally far the first is the outermost, so that equal documents give equal trees. */
const order: Record<RichMark["type"], number> = {
  link: 0,
  textStyle: 1,
  highlight: 2,
  bold: 3,
  italic: 4,
  underline: 5,
  strike: 6,
  subscript: 7,
  superscript: 8,
  code: 9,
};

/** Marks made into nodes, once for all formats: adjacent equal marks are one. */
export const nest = (doc: RichDoc): Nested<"doc"> => {
  if (doc.type !== "doc") throw unknownKind(doc);
  return { type: "doc", children: nestBlocks(doc.content, { nodes: 0 }, 1, 0) };
};

function nestBlocks(parts: readonly Part[] | undefined, budget: Budget, depth: number, where: number): Nested[] {
  // A parsed document keeps the limits; one that was never parsed must not be able to hang or crash a conversion.
  budget.nodes += parts?.length ?? 0;
  if (depth > limits.depth || budget.nodes > limits.nodes) {
    throw new AppError("invalid_input", "The text is nested too deeply or has too many parts.");
  }
  return parts?.map((part) => nestBlock(part, budget, depth, where)) ?? [];
}

function nestBlock(block: Part, budget: Budget, depth: number, where: number): Nested {
  const inside = (parts: readonly Part[] | undefined, place = where) => nestBlocks(parts, budget, depth + 1, place);
  switch (block.type) {
    case "paragraph":
      return { type: "paragraph", children: nestInline(block.content, where) };
    case "heading":
      return { type: "heading", level: block.attrs.level, children: nestInline(block.content, where) };
    case "bulletList":
    case "listItem":
    case "taskList":
    case "blockquote":
    case "tableRow":
    case "detailsContent":
      return { type: block.type, children: inside(block.content) };
    case "orderedList":
      return { type: "orderedList", start: block.attrs?.start ?? 1, children: inside(block.content) };
    case "taskItem":
      return { type: "taskItem", checked: block.attrs?.checked === true, children: inside(block.content) };
    case "codeBlock": {
      const text = block.content?.map((part) => part.text).join("") ?? "";
      return { type: "codeBlock", text, language: block.attrs?.language ?? null, children: none };
    }
    case "table": {
      const plain = isPlainTable(block.content);
      return { type: "table", plain, children: inside(block.content, plain ? place.inRow : where) };
    }
    case "tableHeader":
    case "tableCell":
      return { type: block.type, ...cellData(block), children: inside(block.content) };
    case "details":
      return { type: "details", open: block.attrs?.open === true, children: inside(block.content) };
    case "detailsSummary":
      return { type: "detailsSummary", children: nestInline(block.content, where | place.inRow) };
    case "panel":
      return { type: "panel", panelType: block.attrs.panelType, children: inside(block.content) };
    case "attachment": {
      const { attachmentId, name, mediaType = null, sizeBytes = null } = block.attrs;
      return { type: "attachment", attachmentId, name, mediaType, sizeBytes, children: none };
    }
    case "horizontalRule":
      return { type: "horizontalRule", children: none };
    default:
      throw unknownKind(block);
  }
}

const span = (value: number | null | undefined, most: number) =>
  typeof value === "number" && value >= 1 ? Math.min(Math.floor(value), most) : 1;

const cellData = ({ attrs }: RichCell): CellData => ({
  colspan: span(attrs?.colspan, 100),
  rowspan: span(attrs?.rowspan, 1_000),
  align: attrs?.align ?? null,
});

/** Whether a table is of the simple shape that Markdown and wiki markup write with bars. */
function isPlainTable(rows: readonly RichRow[] | undefined): boolean {
  const width = rows?.[0]?.content?.length ?? 0;
  if (!rows || width === 0) return false;
  return rows.every(({ content }, at) => {
    if (content?.length !== width) return false;
    return content.every((cell, column) => {
      if ((cell.type === "tableHeader") !== (at === 0)) return false;
      const { colspan, rowspan, align } = cellData(cell);
      if (colspan > 1 || rowspan > 1 || align !== cellData(rows[0]?.content[column] ?? cell).align) return false;
      const [only, ...more] = cell.content ?? [];
      if (!only) return true;
      return more.length === 0 && only.type === "paragraph" && !only.content?.some(({ type }) => type === "hardBreak");
    });
  });
}

/** The compiler knows that every kind is handled; a document that was never parsed may still bring another. */
const unknownKind = (found: { type: unknown }) =>
  new AppError("invalid_input", `The text has a part of a kind that is not known here: ${String(found.type)}.`);

function nestInline(content: readonly RichInline[] | undefined, where: number): Nested[] {
  const leaves: Leaf[] = [];
  for (const part of content ?? []) {
    const leaf = toLeaf(part);
    if (leaf.text !== "") leaves.push(leaf);
  }
  // A break that ends a block breaks nothing; Markdown would print it.
  while (isBreak(leaves.at(-1))) leaves.pop();
  return build(merge(leaves), 0, undefined, [], where);
}

const isBreak = (leaf: Leaf | undefined) => leaf !== undefined && leaf.text === null && leaf.atom === null;

function toLeaf(part: RichInline): Leaf {
  // Parsing has made breaks of line ends; in a document of our own making one must not start a new line either.
  const text = part.type === "text" ? part.text.replace(/[\r\n]+/g, " ") : null;
  const atom = part.type === "text" || part.type === "hardBreak" ? null : part;
  if (atom && atom.type !== "image" && atom.type !== "mention" && atom.type !== "emoji") throw unknownKind(atom);
  if (part.marks === undefined || part.marks.length === 0) return { text, atom, code: false, marks: [] };
  const code = text !== null && part.marks.some((mark) => mark.type === "code");
  const kept = part.marks.filter(
    (mark) => mark.type !== "code" && (mark.type !== "link" || safeHref(mark.attrs.href) !== null),
  );
  return { text, atom, code, marks: kept };
}

/** What a mark says beside its kind. */
const detail = (mark: RichMark): string | null => {
  if (mark.type === "link") return mark.attrs.href;
  if (mark.type === "textStyle") return mark.attrs.color;
  return mark.type === "highlight" ? (mark.attrs?.color ?? null) : null;
};
const sameMark = (a: RichMark, b: RichMark) => a.type === b.type && detail(a) === detail(b);
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
function build(leaves: Leaf[], from: number, to = leaves.length, open: RichMark[], where: number): Nested[] {
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
      built.push(leafNode(leaves, i, open, where));
      i += 1;
      continue;
    }
    if (best.type !== "link") end = beforeLink(leaves, i, end);
    built.push(markNode(best, build(leaves, i, end, [...open, best], where)));
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

function markNode(mark: RichMark, children: Nested[]): Nested {
  switch (mark.type) {
    case "link":
      return { type: "link", href: mark.attrs.href, children };
    case "highlight":
      return { type: "highlight", color: mark.attrs?.color ?? null, children };
    case "textStyle":
      return { type: "textStyle", color: mark.attrs.color, children };
    default:
      return { type: mark.type, children } as Nested; // The marks without attributes, which TypeScript does not tell apart.
  }
}

function leafNode(leaves: Leaf[], at: number, open: RichMark[], outer: number): Nested {
  const leaf = leaves[at];
  if (leaf === undefined || isBreak(leaf)) return { type: "hardBreak", children: none };
  let where = outer;
  if (at === 0 || isBreak(leaves[at - 1])) where |= place.lineStart;
  if (at === leaves.length - 1 || isBreak(leaves[at + 1])) where |= place.lineEnd;
  if (open.length > 0 && open.some((mark) => mark.type === "link")) where |= place.inLink;
  if (leaf.atom) return atomNode(leaf.atom, where);
  const text = leaf.text ?? "";
  return leaf.code
    ? { type: "code", text, place: where, children: none }
    : { type: "text", text, place: where, children: none };
}

function atomNode(atom: Atom, where: number): Nested {
  switch (atom.type) {
    case "image": {
      const { alt, title = null, width = null, height = null, attachmentId = null } = atom.attrs ?? {};
      const src = safeImageSrc(atom.attrs?.src);
      return { type: "image", src, alt: alt ?? "", title, width, height, attachmentId, place: where, children: none };
    }
    case "mention": {
      const { id, label, handle = null, integrationId = null } = atom.attrs;
      return { type: "mention", id, label, handle, integrationId, place: where, children: none };
    }
    case "emoji":
      return { type: "emoji", name: atom.attrs.name, text: atom.attrs.text ?? null, place: where, children: none };
  }
}
