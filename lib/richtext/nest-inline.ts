import type { RichInline, RichMark } from "./doc";
import { safeHref, safeImageSrc } from "./href";
import { type Nested, none, place, unknownKind } from "./nested";

type Atom = Exclude<RichInline, { type: "text" } | { type: "hardBreak" }>;
/** `text` is null for what is none: a line break, or with `atom` a picture, a mention, an emoji. */
type Leaf = { text: string | null; atom: Atom | null; code: boolean; marks: RichMark[] };

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

/** The inline parts of one block as nodes, in which marks are nodes as well; `where` are the bits of the block's place. */
export function nestInline(content: readonly RichInline[] | undefined, where: number): Nested[] {
  if (content === undefined || content.length === 0) return none;
  return nestSimple(content, where) ?? nestAny(content, where);
}

/**
 * What most paragraphs are: parts with a mark at most, none of which goes on in the next part. Null for all others.
 * It gives what `nestAny` gives, in half the time that a whole conversion takes.
 */
function nestSimple(content: readonly RichInline[], where: number): Nested[] | null {
  // A list that grows takes room for sixteen at once, and most have one or two.
  const nested = new Array<Nested>(content.length);
  const last = content.length - 1;
  // The kind of mark on the part before; "" for a text without one, null where nothing could go on.
  let before: string | null = null;
  let here = where | place.lineStart;
  for (let at = 0; at <= last; at++) {
    const part = content[at];
    if (part === undefined) return null;
    const mark = part.marks?.[0];
    const more = part.marks?.[1];
    if (part.type === "hardBreak") {
      if (mark !== undefined || at === last) return null;
      nested[at] = { type: "hardBreak", children: none };
      before = null;
      here = where | place.lineStart;
      continue;
    }
    if (more !== undefined || (mark !== undefined && mark.type === before)) return null;
    if (at === last || content[at + 1]?.type === "hardBreak") here |= place.lineEnd;
    if (mark?.type === "link") {
      if (safeHref(mark.attrs.href) === null) return null;
      here |= place.inLink;
    }
    let leaf: Nested;
    if (part.type === "text") {
      const { text } = part;
      if (text === "" || text.includes("\n") || text.includes("\r")) return null;
      if (mark === undefined && before === "") return null;
      leaf =
        mark?.type === "code"
          ? { type: "code", children: none, text, place: here }
          : { type: "text", children: none, text, place: here };
      before = mark?.type ?? "";
    } else {
      leaf = atomNode(part, here);
      before = mark?.type ?? null;
    }
    nested[at] = mark === undefined || mark.type === "code" ? leaf : markNode(mark, [leaf]);
    here = where;
  }
  return nested;
}

/** The same for any parts. */
export function nestAny(content: readonly RichInline[], where: number): Nested[] {
  const leaves: Leaf[] = [];
  for (const part of content) {
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
      return { type: "link", children, href: mark.attrs.href };
    case "highlight":
      return { type: "highlight", children, color: mark.attrs?.color ?? null };
    case "textStyle":
      return { type: "textStyle", children, color: mark.attrs.color };
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
    ? { type: "code", children: none, text, place: where }
    : { type: "text", children: none, text, place: where };
}

function atomNode(atom: Atom, where: number): Nested {
  switch (atom.type) {
    case "image": {
      const { alt, title = null, width = null, height = null, attachmentId = null } = atom.attrs ?? {};
      const src = safeImageSrc(atom.attrs?.src);
      return { type: "image", children: none, src, alt: alt ?? "", title, width, height, attachmentId, place: where };
    }
    case "mention": {
      const { id, label, handle = null, integrationId = null } = atom.attrs;
      return { type: "mention", children: none, id, label, handle, integrationId, place: where };
    }
    case "emoji":
      return { type: "emoji", children: none, name: atom.attrs.name, text: atom.attrs.text ?? null, place: where };
    default:
      throw unknownKind(atom);
  }
}
