import { AppError } from "@/lib/errors";
import type { RichBlock, RichCell, RichDetailsPart, RichDoc, RichInline, RichItem, RichRow, RichTask } from "./doc";
import { nestInline } from "./nest-inline";
import { type Nested, none, place, unknownKind } from "./nested";
import { limits } from "./tidy";

export type * from "./nested";
export { place } from "./nested";

type Budget = { nodes: number };
type Part = RichBlock | RichItem | RichTask | RichRow | RichCell | RichDetailsPart;

/** Marks made into nodes, once for all formats: adjacent equal marks are one. */
export const nest = (doc: RichDoc): Nested<"doc"> => {
  if (doc.type !== "doc") throw unknownKind(doc);
  return { type: "doc", children: nestBlocks(doc.content, { nodes: 0 }, 1, 0) };
};

function nestBlocks(parts: readonly Part[] | undefined, budget: Budget, depth: number, where: number): Nested[] {
  if (parts === undefined || parts.length === 0) return none;
  // A parsed document keeps the limits; one that was never parsed must not be able to hang or crash a conversion.
  budget.nodes += parts.length;
  if (depth > limits.depth || budget.nodes > limits.nodes) {
    throw new AppError("invalid_input", "The text is nested too deeply or has too many parts.");
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return [nestBlock(only, budget, depth + 1, where)];
  // A list that grows takes room for sixteen at once, and most have one or two.
  const nested = new Array<Nested>(parts.length);
  for (const [at, part] of parts.entries()) nested[at] = nestBlock(part, budget, depth + 1, where);
  return nested;
}

/** `depth` is that of the part's own content. */
function nestBlock(block: Part, budget: Budget, depth: number, where: number): Nested {
  switch (block.type) {
    case "paragraph":
      return { type: "paragraph", children: nestInline(block.content, where) };
    case "heading":
      return { type: "heading", children: nestInline(block.content, where), level: block.attrs.level };
    case "bulletList":
    case "listItem":
    case "taskList":
    case "blockquote":
    case "tableRow":
    case "detailsContent":
      return { type: block.type, children: nestBlocks(block.content, budget, depth, where) };
    case "orderedList": {
      const children = nestBlocks(block.content, budget, depth, where);
      return { type: "orderedList", children, start: block.attrs?.start ?? 1 };
    }
    case "taskItem": {
      const children = nestBlocks(block.content, budget, depth, where);
      return { type: "taskItem", children, checked: block.attrs?.checked === true };
    }
    case "codeBlock":
      return { type: "codeBlock", children: none, text: codeOf(block), language: block.attrs?.language ?? null };
    case "table": {
      const plain = isPlainTable(block.content);
      return { type: "table", children: nestBlocks(block.content, budget, depth, plain ? place.inRow : where), plain };
    }
    case "tableHeader":
    case "tableCell": {
      const children = nestBlocks(block.content, budget, depth, where);
      const { attrs } = block;
      const [colspan, rowspan] = [span(attrs?.colspan, 100), span(attrs?.rowspan, 1_000)];
      return { type: block.type, children, colspan, rowspan, align: attrs?.align ?? null };
    }
    case "details": {
      const children = nestBlocks(block.content, budget, depth, where);
      return { type: "details", children, open: block.attrs?.open === true };
    }
    case "detailsSummary":
      return { type: "detailsSummary", children: nestInline(block.content, where | place.inRow) };
    case "panel": {
      const children = nestBlocks(block.content, budget, depth, where);
      return { type: "panel", children, panelType: block.attrs.panelType };
    }
    case "attachment": {
      const { attachmentId, name, mediaType = null, sizeBytes = null } = block.attrs;
      return { type: "attachment", children: none, attachmentId, name, mediaType, sizeBytes };
    }
    case "horizontalRule":
      return { type: "horizontalRule", children: none };
    default:
      throw unknownKind(block);
  }
}

function codeOf({ content }: { content?: readonly { text: string }[] | undefined }): string {
  if (!content || content.length === 0) return "";
  return content.length === 1 ? (content[0]?.text ?? "") : content.map(({ text }) => text).join("");
}

const span = (value: number | null | undefined, most: number) =>
  typeof value === "number" && value >= 1 ? Math.min(Math.floor(value), most) : 1;

/** Whether a table is of the simple shape that Markdown and wiki markup write with bars. */
function isPlainTable(rows: readonly RichRow[] | undefined): boolean {
  const [head] = rows ?? [];
  const width = head?.content?.length ?? 0;
  if (!rows || width === 0) return false;
  for (let at = 0; at < rows.length; at++) {
    const cells = rows[at]?.content;
    if (cells?.length !== width) return false;
    for (let column = 0; column < width; column++) {
      const cell = cells[column];
      if (!cell || (cell.type === "tableHeader") !== (at === 0)) return false;
      const { attrs, content = [] } = cell;
      if (span(attrs?.colspan, 2) > 1 || span(attrs?.rowspan, 2) > 1) return false;
      if ((attrs?.align ?? null) !== (head?.content[column]?.attrs?.align ?? null)) return false;
      if (content.length > 1) return false;
      const [only] = content;
      if (only && (only.type !== "paragraph" || only.content?.some(isHardBreak))) return false;
    }
  }
  return true;
}

const isHardBreak = ({ type }: RichInline) => type === "hardBreak";
