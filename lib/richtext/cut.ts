import type { RichBlock, RichDoc, RichInline, RichItem, RichRow, RichTask } from "./doc";

// An item of a list that is no longer than this is kept whole or not at all.
const smallItemChars = 2_000;

type Part = RichBlock | RichItem | RichTask | RichRow | RichRow["content"][number] | RichInline;

/** What a part counts for: its letters, and one for each node, so that a document of empty ones can be cut as well. */
export function sizeOf(part: Part | RichDoc): number {
  switch (part.type) {
    case "text":
      return part.text.length;
    case "details":
      return part.content.reduce((sum, half) => sum + sizeOfAll(half.content), 1);
    default:
      return "content" in part ? 1 + sizeOfAll(part.content) : 1;
  }
}

const sizeOfAll = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + sizeOf(part), 0);

/**
 * The start of a document, in the structure that it stands in. Texts are cut at a character, code at a line; rows of
 * tables and short list items are kept whole or not at all; what is left of details has its summary and some content.
 */
export function keepStart(document: RichDoc, size: number): RichDoc {
  let left = size;

  const takeText = (text: string): string => {
    let part = text.slice(0, Math.max(0, left));
    if (/[\uD800-\uDBFF]$/.test(part) && part.length < text.length) part = part.slice(0, -1);
    left -= text.length;
    return part;
  };

  const takeInline = (content: readonly RichInline[]): RichInline[] =>
    content.flatMap((node): RichInline[] => {
      if (left <= 0) return [];
      if (node.type !== "text") {
        left -= 1;
        return [node];
      }
      const text = takeText(node.text);
      return text ? [{ ...node, text }] : [];
    });

  /** The parts from the first on, until one does not fit: that one is cut if it can be, and nothing comes after it. */
  const takeWhile = <T extends Part>(content: readonly T[], cut: (part: T) => T | null): T[] => {
    const kept: T[] = [];
    for (const part of content) {
      if (left <= 0) break;
      const partSize = sizeOf(part);
      const fits = partSize <= left;
      const taken = fits ? part : cut(part);
      if (fits) left -= partSize;
      else left = 0;
      if (taken) kept.push(taken);
    }
    return kept;
  };

  const takeBlocks = (content: readonly RichBlock[]): RichBlock[] => takeWhile(content, cutBlock);

  const cutItem = <T extends RichItem | RichTask>(item: T): T | null => {
    if (sizeOf(item) <= smallItemChars) return null;
    left -= 1;
    const content = takeBlocks(item.content);
    return content.length > 0 ? { ...item, content } : null;
  };

  /** A block that is too large, without its end; null when nothing worth showing is left of it. */
  const cutBlock = (block: RichBlock): RichBlock | null => {
    left -= 1;
    switch (block.type) {
      case "paragraph":
      case "heading": {
        const content = takeInline(block.content);
        return content.length > 0 ? { ...block, content } : null;
      }
      case "codeBlock": {
        const part = takeText(block.content.map((node) => node.text).join(""));
        // Half a line of a stack trace misleads; a single endless line is better than none.
        const text = part.slice(0, part.lastIndexOf("\n") + 1 || undefined);
        return text ? { ...block, content: [{ type: "text", text }] } : null;
      }
      case "blockquote":
      case "panel": {
        const content = takeBlocks(block.content);
        return content.length > 0 ? { ...block, content } : null;
      }
      case "bulletList":
      case "orderedList": {
        const content = takeWhile(block.content, cutItem);
        return content.length > 0 ? { ...block, content } : null;
      }
      case "taskList": {
        const content = takeWhile(block.content, cutItem);
        return content.length > 0 ? { ...block, content } : null;
      }
      case "table": {
        const rows = takeWhile(block.content, () => null);
        return rows.length > 0 ? { ...block, content: withinTable(rows) } : null;
      }
      case "details": {
        const [summary, body] = block.content;
        left -= sizeOfAll(summary.content);
        const content = takeBlocks(body.content);
        return content.length > 0 ? { ...block, content: [summary, { ...body, content }] } : null;
      }
      case "attachment":
      case "horizontalRule":
        return null;
    }
  };

  return { ...document, content: takeBlocks(document.content) };
}

/** A cell cannot reach over rows that are gone. */
const withinTable = (rows: readonly RichRow[]): RichRow[] =>
  rows.map((row, at) => ({
    ...row,
    content: row.content.map((cell) => {
      const rowspan = cell.attrs.rowspan ?? 1;
      return rowspan > rows.length - at ? { ...cell, attrs: { ...cell.attrs, rowspan: rows.length - at } } : cell;
    }),
  }));
