import { type Context, flat, loseNode, type Part, textOf } from "./adf/context";
import { code, emoji, highlighter, image, letters, lines, linked, marked, mention, picture, text } from "./adf/inline";
import { around, emptyParagraph, item, list, settle } from "./adf/places";
import { taskItem, taskList } from "./adf/tasks";
import type { AdfDoc, AdfMark, AdfNode } from "./adf/types";
import type { RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import { type Loss, lose } from "./losses";
import { type CellData, type Nested, nest } from "./nest";
import type { Target } from "./target";

/**
 * The document in Atlassian's format, valid under its schema. Where that does not let a thing stand in another, the
 * thing takes the nearest form that may, or stands beside; the losses say so.
 */
export function toAdf(doc: RichDoc, target: Target = {}): { output: AdfDoc; losses: Loss[] } {
  const losses: Loss[] = [];
  const blocks = fold(nest(doc), adf, { target, losses, tasks: 0, pictures: 0, moved: new Set<AdfNode>() });
  return { output: { version: 1, type: "doc", content: flat([blocks]) }, losses };
}

const strong: AdfMark = { type: "strong" };
const em: AdfMark = { type: "em" };
const underline: AdfMark = { type: "underline" };
const strike: AdfMark = { type: "strike" };
const sub: AdfMark = { type: "subsup", attrs: { type: "sub" } };
const sup: AdfMark = { type: "subsup", attrs: { type: "sup" } };

const adf: Table<Part, Context> = {
  doc: (_, blocks) => flat(blocks),
  paragraph: (_, inline, context) => lines(inline, paragraph, context),
  heading: ({ level }, inline, context) => {
    const written = lines(inline, (content) => ({ type: "heading", attrs: { level }, content }), context);
    const [first] = flat([written]);
    if (first && !flat([written]).some(({ type }) => type === "heading"))
      loseNode(context, "heading", first, "a picture, which no heading can hold");
    return written;
  },
  bulletList: (_, items) => list(flat(items), isItem, (content) => ({ type: "bulletList", content })),
  orderedList: ({ start }, items) =>
    list(flat(items), isItem, (content, at) => ({ type: "orderedList", attrs: { order: start + at }, content })),
  listItem: (_, blocks, context) => around("listItem", flat(blocks), item, context),
  taskList: (_, items, context) => taskList(items, context),
  taskItem,
  blockquote: (_, blocks, context) =>
    around("blockquote", flat(blocks), (content) => ({ type: "blockquote", content }), context),
  codeBlock: ({ text: letters, language }) => ({
    type: "codeBlock",
    attrs: language === null ? {} : { language },
    content: letters === "" ? [] : [text(letters)],
  }),
  table: (_, rows) => (rows.length === 0 ? [] : { type: "table", content: flat(rows) }),
  tableRow: (_, cells) => ({ type: "tableRow", content: flat(cells) }),
  tableHeader: cell,
  tableCell: cell,
  details: ({ open }, [title, blocks], context) => {
    const content = settle("expand", flat(blocks === undefined ? [] : [blocks]), context);
    const shown =
      title === undefined
        ? ""
        : flat([title])
            .map((node) => textOf(node))
            .join("");
    if (open) lose(context.losses, "details", shown, "closed at first");
    return { type: "expand", attrs: { title: shown }, content: content.length > 0 ? content : [emptyParagraph()] };
  },
  detailsSummary: (_, inline, context) => {
    const nodes = flat(inline);
    context.pictures = 0;
    const shown = nodes.map((node) => (node.type === "hardBreak" ? " " : textOf(node))).join("");
    const isPlain = nodes.every(({ type, marks }) => type === "text" && marks === undefined);
    if (!isPlain) lose(context.losses, "detailsSummary", shown, "plain letters");
    return letters(shown);
  },
  detailsContent: (_, blocks) => flat(blocks),
  panel: ({ panelType }, blocks, context) =>
    around("panel", flat(blocks), (content) => ({ type: "panel", attrs: { panelType }, content }), context),
  attachment: ({ attachmentId, name }, _, { target, losses }) => {
    const reachable = target.attachment?.(attachmentId) ?? null;
    if (reachable?.embeds) return picture(reachable.url, { alt: name, title: null, width: null, height: null });
    if (reachable) return paragraph([linked(name || reachable.url, reachable.url)]);
    lose(losses, "attachment", name, "its name as text");
    return paragraph(flat([letters(name)]));
  },
  horizontalRule: () => ({ type: "rule" }),
  hardBreak: () => ({ type: "hardBreak" }),
  image: (node, _, context) => image(node, context),
  mention: (node, _, context) => mention(node, context),
  emoji: (node) => emoji(node),
  text: (node) => text(node.text),
  code: (node) => code(node.text),
  bold: (_, inline, context) => marked("bold", strong, inline, context),
  italic: (_, inline, context) => marked("italic", em, inline, context),
  underline: (_, inline, context) => marked("underline", underline, inline, context),
  strike: (_, inline, context) => marked("strike", strike, inline, context),
  subscript: (_, inline, context) => marked("subscript", sub, inline, context),
  superscript: (_, inline, context) => marked("superscript", sup, inline, context),
  link: ({ href }, inline, context) => marked("link", { type: "link", attrs: { href } }, inline, context),
  textStyle: ({ color }, inline, context) =>
    marked("textStyle", { type: "textColor", attrs: { color } }, inline, context),
  highlight: ({ color }, inline, context) =>
    marked("highlight", { type: "backgroundColor", attrs: { color: color ?? highlighter } }, inline, context),
};

const paragraph = (content: AdfNode[]): AdfNode => ({ type: "paragraph", content });
const isItem = ({ type }: AdfNode) => type === "listItem";

function cell(node: Nested<"tableHeader" | "tableCell">, blocks: Part[], context: Context): Part {
  const content = settle("tableCell", flat(blocks), context);
  if (content.length === 0) content.push(emptyParagraph());
  if (node.align === "center" || node.align === "right") align(content, node.align, context);
  const attrs = spans(node);
  return attrs ? { type: node.type, attrs, content } : { type: node.type, content };
}

function spans({ colspan, rowspan }: CellData): Record<string, number> | null {
  if (rowspan > 1) return colspan > 1 ? { colspan, rowspan } : { rowspan };
  return colspan > 1 ? { colspan } : null;
}

/** Cells have no alignment of their own: their lines have, others in them stand where they stand. */
function align(content: AdfNode[], side: "center" | "right", context: Context): void {
  for (const block of content) {
    if (block.type === "paragraph" || block.type === "heading") {
      block.marks = [{ type: "alignment", attrs: { align: side === "right" ? "end" : "center" } }];
    } else lose(context.losses, "tableCell", textOf(block, 80), "a part of the cell that is not aligned");
  }
}
