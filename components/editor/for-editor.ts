import type { JSONContent } from "@tiptap/core";

import type { RichDoc, RichNode } from "@/lib/richtext/doc";

type Part = { type: string; text?: string; attrs?: unknown; marks?: unknown; content?: readonly Part[] };

const line: Part = { type: "paragraph", content: [] };
/** What has to stand in a node for which a document of ours may have nothing. */
const least: Partial<Record<RichNode["type"], Part>> = {
  doc: line,
  blockquote: line,
  listItem: line,
  taskItem: line,
  tableHeader: line,
  tableCell: line,
  detailsContent: line,
  panel: line,
  bulletList: { type: "listItem", content: [line] },
  orderedList: { type: "listItem", content: [line] },
  taskList: { type: "taskItem", content: [line] },
  tableRow: { type: "tableCell", content: [line] },
  table: { type: "tableRow", content: [{ type: "tableCell", content: [line] }] },
};

/**
 * A document as ProseMirror takes it: its schema asks for at least one part where ours may be empty, and refuses a
 * document as a whole for one text without letters. All that was there is still there.
 */
export const forEditor = (doc: RichDoc): JSONContent => mend(doc) as JSONContent; // the same shape, by other names

function mend(part: Part): Part {
  if (part.type === "text" || part.content === undefined) return part;
  const content = part.content.filter((child) => child.type !== "text" || child.text !== "").map(mend);
  const missing = least[part.type as RichNode["type"]]; // a kind that is not in the list needs nothing
  return { ...part, content: content.length === 0 && missing ? [missing] : content };
}
