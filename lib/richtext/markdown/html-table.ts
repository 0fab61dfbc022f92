import type { Table } from "../fold";
import { lose } from "../losses";
import type { Nested } from "../nest";
import { panelLooks } from "../panel-looks";
import { emoji, htmlAttachment, htmlImage, mention } from "./atoms";
import { attribute, escapeHtml, escapeHtmlCode } from "./escape-html";
import { joinInline } from "./inline";
import { said, type Writing } from "./writing";

/** The marks that Markdown has no sign for: tags stand for them wherever they are. */
export const tags = {
  underline: (node, inline) => `<ins>${joinInline(node, inline)}</ins>`,
  subscript: (node, inline) => `<sub>${joinInline(node, inline)}</sub>`,
  superscript: (node, inline) => `<sup>${joinInline(node, inline)}</sup>`,
  highlight: (node, inline, { losses }) => {
    if (node.color !== null) lose(losses, "highlight", said(node), "highlighted in the reader's own colour");
    return `<mark>${joinInline(node, inline)}</mark>`;
  },
  textStyle: (node, inline, { losses }) => {
    lose(losses, "textStyle", said(node), "the text without its colour");
    return joinInline(node, inline);
  },
} satisfies Partial<Table<string, Writing>>;

/**
 * HTML for what Markdown cannot write: the cells of a table with spans or blocks, and the summary of details. It is all
 * in the lists of elements that GitHub and GitLab let through, and has no line of its own but those of a table's rows,
 * because a blank line would end it.
 */
export const html: Table<string, Writing> = {
  doc: (node, blocks) => joinHtml(node, blocks),
  paragraph: (node, inline) => joinInline(node, inline),
  heading: (node, inline) => `<h${node.level}>${joinInline(node, inline)}</h${node.level}>`,
  bulletList: (_, items) => `<ul>${items.join("")}</ul>`,
  orderedList: ({ start }, items) => `<ol${start === 1 ? "" : ` start="${start}"`}>${items.join("")}</ol>`,
  listItem: (node, blocks) => `<li>${joinHtml(node, blocks)}</li>`,
  taskList: (node, items, { losses }) => {
    lose(losses, "taskList", said(node), "a list with ☐ and ☑, which cannot be ticked");
    return `<ul>${items.join("")}</ul>`;
  },
  taskItem: (node, blocks) => `<li>${node.checked ? "☑" : "☐"} ${joinHtml(node, blocks)}</li>`,
  blockquote: (node, blocks) => `<blockquote>${joinHtml(node, blocks)}</blockquote>`,
  codeBlock: ({ text, language }, _, { losses }) => {
    const known = language !== null && /^[\w+#.-]+$/.test(language) ? language : "";
    if (known !== (language ?? "")) lose(losses, "codeBlock", text, "a block without a language");
    // A last line end says nothing to a reader of HTML, so one that counts is written twice.
    const code = escapeHtmlCode(text.endsWith("\n") ? `${text}\n` : text);
    return `<pre${known === "" ? "" : ` lang="${known}"`}><code>${code}</code></pre>`;
  },
  table: (_, rows) => (rows.length === 0 ? "" : `<table>\n${rows.join("\n")}\n</table>`),
  tableRow: (_, cells) => `<tr>${cells.join("")}</tr>`,
  tableHeader: (node, blocks) => `<th${cellAttributes(node)}>${joinHtml(node, blocks)}</th>`,
  tableCell: (node, blocks) => `<td${cellAttributes(node)}>${joinHtml(node, blocks)}</td>`,
  details: ({ open }, parts) => `<details${open ? " open" : ""}>${parts.join("")}</details>`,
  detailsSummary: (node, inline) => `<summary>${joinInline(node, inline)}</summary>`,
  detailsContent: (node, blocks) => joinHtml(node, blocks),
  panel: (node, blocks, { losses }) => {
    lose(losses, "panel", said(node), "a quote with its kind as a title");
    return `<blockquote><p><strong>${panelLooks[node.panelType].title}</strong></p>${joinHtml(node, blocks, true)}</blockquote>`;
  },
  attachment: (node, _, writing) => htmlAttachment(node, writing),
  horizontalRule: () => "<hr>",
  hardBreak: () => "<br>",
  image: (node, _, writing) => htmlImage(node, writing),
  mention: (node, _, writing) => mention(node, writing, escapeHtml),
  emoji: (node, _, writing) => emoji(node, writing, escapeHtml),
  text: ({ text, place }, _, { flavor }) => escapeHtml(text, place, flavor),
  bold: (node, inline) => `<strong>${joinInline(node, inline)}</strong>`,
  italic: (node, inline) => `<em>${joinInline(node, inline)}</em>`,
  strike: (node, inline) => `<del>${joinInline(node, inline)}</del>`,
  ...tags,
  code: ({ text }) => `<code>${escapeHtmlCode(text)}</code>`,
  link: (node, inline) => `<a href="${attribute(node.href)}">${joinInline(node, inline)}</a>`,
};

/** Blocks in a row. Text that stands alone, or above what is no text, needs no paragraph around it. */
function joinHtml({ children }: Nested, blocks: string[], areAllParagraphs = false): string {
  let out = "";
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (!block) continue;
    const isText = children[i]?.type === "paragraph" || children[i]?.type === "attachment";
    const isPlain = !isText || (out === "" && !areAllParagraphs && !isParted(block, children, blocks, i));
    out += isPlain ? block : `<p>${block}</p>`;
  }
  return out;
}

/** An empty line parts text without a paragraph around it in two, as its end parts it from text below it. */
function isParted(block: string, children: readonly Nested[], blocks: string[], at: number): boolean {
  if (block.includes("<br>")) return true;
  for (let i = at + 1; i < blocks.length; i++) {
    if (blocks[i]) return children[i]?.type === "paragraph" || children[i]?.type === "attachment";
  }
  return false;
}

function cellAttributes({ colspan, rowspan, align }: Nested<"tableCell"> | Nested<"tableHeader">): string {
  return `${colspan > 1 ? ` colspan="${colspan}"` : ""}${rowspan > 1 ? ` rowspan="${rowspan}"` : ""}${
    align === null ? "" : ` align="${align}"`
  }`;
}
