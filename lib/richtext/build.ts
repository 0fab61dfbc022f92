import {
  type Alignment,
  type PanelType,
  parseDoc,
  type RichBlock,
  type RichCell,
  type RichDoc,
  type RichInline,
  type RichMark,
} from "./doc";

type Inline = string | RichInline | RichInline[];

const flat = (parts: Inline[]): RichInline[] =>
  parts.flatMap((part) => (typeof part === "string" ? plain(part) : part)).filter((part) => !isEmpty(part));
const plain = (text: string): RichInline[] =>
  text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .flatMap((line, i): RichInline[] =>
      i === 0 ? [{ type: "text", text: line }] : [{ type: "hardBreak" }, { type: "text", text: line }],
    );
const isEmpty = (part: RichInline) => part.type === "text" && part.text === "";
const marked = (mark: RichMark, parts: Inline[]): RichInline[] =>
  flat(parts).map((part) => ({ ...part, marks: [...(part.marks ?? []), mark] }));

/** Builders for documents that the product writes itself. Strings are plain text; a line end in one is a hard break. */
export const doc = (...content: RichBlock[]): RichDoc => ({ type: "doc", content });
export const paragraph = (...parts: Inline[]): RichBlock => ({ type: "paragraph", content: flat(parts) });
export const heading = (level: number, ...parts: Inline[]): RichBlock => ({
  type: "heading",
  attrs: { level },
  content: flat(parts),
});
export const codeBlock = (text: string, language?: string): RichBlock => ({
  type: "codeBlock",
  attrs: { language: language ?? null },
  content: text === "" ? [] : [{ type: "text", text: text.replace(/\r\n?/g, "\n") }],
});
export const blockquote = (...content: RichBlock[]): RichBlock => ({ type: "blockquote", content });
export const bulletList = (...items: RichBlock[][]): RichBlock => ({
  type: "bulletList",
  content: items.map((content) => ({ type: "listItem", content })),
});
export const orderedList = (start: number, ...items: RichBlock[][]): RichBlock => ({
  type: "orderedList",
  attrs: { start },
  content: items.map((content) => ({ type: "listItem", content })),
});
/** Each item with whether it is done. */
export const taskList = (...items: [checked: boolean, content: RichBlock[]][]): RichBlock => ({
  type: "taskList",
  content: items.map(([checked, content]) => ({ type: "taskItem", attrs: { checked }, content })),
});
type CellAttrs = { colspan?: number; rowspan?: number; align?: Alignment };
export const cell = (content: RichBlock[], attrs: CellAttrs = {}): RichCell => ({ type: "tableCell", attrs, content });
export const headerCell = (content: RichBlock[], attrs: CellAttrs = {}): RichCell => ({
  type: "tableHeader",
  attrs,
  content,
});
export const table = (...rows: RichCell[][]): RichBlock => ({
  type: "table",
  content: rows.map((content) => ({ type: "tableRow", content })),
});
export const details = (summary: Inline[], content: RichBlock[], open = false): RichBlock => ({
  type: "details",
  attrs: { open },
  content: [
    { type: "detailsSummary", content: flat(summary) },
    { type: "detailsContent", content },
  ],
});
export const panel = (panelType: PanelType, ...content: RichBlock[]): RichBlock => ({
  type: "panel",
  attrs: { panelType },
  content,
});
type NodeOf<Type> = Extract<RichBlock | RichInline, { type: Type }>;
export const attachment = (attrs: NodeOf<"attachment">["attrs"]): RichBlock => ({ type: "attachment", attrs });
export const image = (attrs: NodeOf<"image">["attrs"]): RichInline => ({ type: "image", attrs });
export const mention = (attrs: NodeOf<"mention">["attrs"]): RichInline => ({ type: "mention", attrs });
export const emoji = (name: string, text: string | null = null): RichInline => ({
  type: "emoji",
  attrs: { name, text },
});
export const horizontalRule = (): RichBlock => ({ type: "horizontalRule" });
export const hardBreak = (): RichInline => ({ type: "hardBreak" });
export const bold = (...parts: Inline[]) => marked({ type: "bold" }, parts);
export const italic = (...parts: Inline[]) => marked({ type: "italic" }, parts);
export const strike = (...parts: Inline[]) => marked({ type: "strike" }, parts);
export const underline = (...parts: Inline[]) => marked({ type: "underline" }, parts);
export const subscript = (...parts: Inline[]) => marked({ type: "subscript" }, parts);
export const superscript = (...parts: Inline[]) => marked({ type: "superscript" }, parts);
export const highlight = (color: string | null, ...parts: Inline[]) =>
  marked({ type: "highlight", attrs: { color } }, parts);
export const textColour = (color: string, ...parts: Inline[]) => marked({ type: "textStyle", attrs: { color } }, parts);
export const code = (...parts: Inline[]) => marked({ type: "code" }, parts);
/** A link to an address of our own making; `parseDoc` judges addresses of others. */
export const link = (href: string, ...parts: Inline[]) => marked({ type: "link", attrs: { href } }, parts);

/** Plain text as a document: a blank line parts paragraphs, a line end inside one is a hard break. Nothing is markup. */
export const docFromText = (text: string): RichDoc =>
  parseDoc(
    doc(
      ...text
        .replace(/\r\n?/g, "\n")
        .replace(/^\n+|\n+$/g, "")
        .split(/\n(?:[ \t]*\n)+/)
        .map((part) => paragraph(part)),
    ),
  );
