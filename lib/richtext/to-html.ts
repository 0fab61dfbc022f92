import type { Alignment, RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import { boxes, codeTitle, foldEdge, highlighter, inkOn, triangles } from "./html/forms";
import { panelLooks } from "./html/panels";
import { type Loss, lose } from "./losses";
import { type CellData, type Nested, nest, place } from "./nest";
import type { Target } from "./target";

/**
 * HTML for the fields of Azure DevOps, inside the list of html/allowed.ts. Text stays text. What the format has no
 * element for is shown in a form that `fromHtml` reads back, see html/forms.ts.
 */
export function toHtml(doc: RichDoc, target: Target = {}): { output: string; losses: Loss[] } {
  const losses: Loss[] = [];
  return {
    output: fold(nest(doc), html, { target, losses, isStart: true, hasOpenSpace: false, isKept: false }),
    losses,
  };
}

type Context = {
  target: Target;
  losses: Loss[];
  /** Nothing stands on the line yet, or what stands last is a space: another one would not show. */
  isStart: boolean;
  hasOpenSpace: boolean;
  /** The line has spaces that show only if it says so. */
  isKept: boolean;
};

const html: Table<string, Context> = {
  doc: (_, blocks) => blocks.join(""),
  paragraph: (node, inline, context) => {
    const style = lineStyle(context);
    return node.children.length === 0 ? "" : `<p${style}>${inline.join("")}</p>`;
  },
  heading: (node, inline, context) => `<h${node.level}${lineStyle(context)}>${inline.join("")}</h${node.level}>`,
  bulletList: (_, items) => `<ul>${items.join("")}</ul>`,
  orderedList: ({ start }, items) => `${start === 1 ? "<ol>" : `<ol start="${start}">`}${items.join("")}</ol>`,
  listItem: (node, blocks) => `<li>${tight(node, blocks)}</li>`,
  taskList: (_, items) => `<ul style="list-style-type:none">${items.join("")}</ul>`,
  taskItem: (node, blocks) => `<li>${boxed(node, blocks)}</li>`,
  blockquote: (_, blocks) => `<blockquote>${blocks.join("")}</blockquote>`,
  codeBlock: ({ text, language }) => {
    const title = language === null || language === "" ? "" : ` title="${codeTitle}${escapeAttr(language)}"`;
    // Readers take a last line end for the page's own.
    return `<pre${title}><code>${escapeText(text)}${text.endsWith("\n") ? "\n" : ""}</code></pre>`;
  },
  table: (_, rows) =>
    rows.length === 0
      ? ""
      : `<table style="border-collapse:collapse;margin:8px 0px"><tbody>${rows.join("")}</tbody></table>`,
  tableRow: (_, cells) => `<tr>${cells.join("")}</tr>`,
  tableHeader: (node, blocks) => `<th${cellAttrs(node)}>${tight(node, blocks)}</th>`,
  tableCell: (node, blocks) => `<td${cellAttrs(node)}>${tight(node, blocks)}</td>`,
  details: ({ open }, [summary = "", content = ""], { losses }) => {
    lose(losses, "details", visible(summary), "shown unfolded, because nothing folds there");
    const triangle = open ? triangles.open : triangles.closed;
    return `<div style="border-left:4px solid ${foldEdge};padding:0px 12px;margin:8px 0px">${summary.replace(">", `>${triangle} `)}${content}</div>`;
  },
  detailsSummary: (_, inline, context) => `<p${lineStyle(context)}>${inline.join("")}</p>`,
  detailsContent: (_, blocks) => blocks.join(""),
  panel: ({ panelType }, blocks) => {
    const { title, edge, fill } = panelLooks[panelType];
    const style = `border-left:4px solid ${edge};background-color:${fill};color:${inkOn(fill)};padding:8px 12px;margin:8px 0px`;
    return `<div style="${style}"><p><b>${title}</b></p>${blocks.join("")}</div>`;
  },
  attachment: ({ attachmentId, name }, _, { target, losses }) => {
    const file = target.attachment?.(attachmentId) ?? null;
    if (file) return `<p><a href="${escapeAttr(file.url)}" rel="${rel}">${escapeText(name)}</a></p>`;
    lose(losses, "attachment", name, "its name, because the file cannot be seen there");
    return `<p>${escapeText(name)}</p>`;
  },
  horizontalRule: () => "<hr>",
  hardBreak: (_, __, context) => {
    // A space before a break shows as little as one after it.
    if (context.hasOpenSpace) context.isKept = true;
    noteInk(context);
    context.isStart = true;
    return "<br>";
  },
  image: (node, _, context) => writeImage(node, context),
  mention: (node, _, context) => writeMention(node, context),
  emoji: ({ name, text }, _, context) => {
    noteInk(context);
    return `<span title=":${name}:">${escapeText(text ?? `:${name}:`)}</span>`;
  },
  text: ({ text }, _, context) => {
    noteSpaces(text, context);
    return escapeText(text);
  },
  code: ({ text }, _, context) => {
    noteSpaces(text, context);
    return `<code>${escapeText(text)}</code>`;
  },
  bold: (_, inline) => `<b>${inline.join("")}</b>`,
  italic: (_, inline) => `<i>${inline.join("")}</i>`,
  underline: (_, inline) => `<u>${inline.join("")}</u>`,
  strike: (_, inline) => `<s>${inline.join("")}</s>`,
  subscript: (_, inline) => `<sub>${inline.join("")}</sub>`,
  superscript: (_, inline) => `<sup>${inline.join("")}</sup>`,
  link: ({ href }, inline) => `<a href="${escapeAttr(href)}" rel="${rel}">${inline.join("")}</a>`,
  highlight: ({ color }, inline) => {
    const ground = color ?? highlighter;
    // The other property where somebody chose the very colour that stands for none.
    const property = color === highlighter ? "background" : "background-color";
    return `<span style="${property}:${ground};color:${inkOn(ground)}">${inline.join("")}</span>`;
  },
  // A highlight inside leaves the letters to the colour that somebody chose. No text has a quote and an angle unescaped.
  textStyle: ({ color }, inline) =>
    `<span style="color:${color}">${inline.join("").replace(/(<span style="background[^;"]*);color:#\w{6}">/g, '$1">')}</span>`,
};

const rel = "noopener noreferrer nofollow";

/** Whether a browser would swallow some of a text's spaces, with regard to what stands before it on the line. */
function noteSpaces(text: string, context: Context): void {
  const isAfterSpace = context.isStart || context.hasOpenSpace;
  if ((isAfterSpace && text.startsWith(" ")) || swallowed.test(text)) context.isKept = true;
  context.isStart = false;
  context.hasOpenSpace = text.endsWith(" ");
}
/** Something stands on the line now that is no space. */
function noteInk(context: Context): void {
  context.isStart = false;
  context.hasOpenSpace = false;
}

const swallowed = /[\t\f]| {2}/;

/** The style of a line whose parts are written, and a fresh start for the next one. */
function lineStyle(context: Context): string {
  // A space at the end shows no more than one at the start.
  const isKept = context.isKept || context.hasOpenSpace;
  context.isStart = true;
  context.hasOpenSpace = false;
  context.isKept = false;
  return isKept ? ' style="white-space:pre-wrap"' : "";
}

/** The content of an item or a cell; one whose text stands alone, or above lists, is no paragraph with space around. */
function tight({ children }: Nested, blocks: string[]): string {
  const [first = ""] = blocks;
  const isTight = first.startsWith("<p>") && !first.includes("<br>") && children.every(isLineOrList);
  if (!isTight) return blocks.join("");
  return blocks.length === 1 ? first.slice(3, -4) : first.slice(3, -4) + blocks.slice(1).join("");
}

const isLineOrList = ({ type }: Nested, at: number) =>
  at === 0 ? type === "paragraph" : type === "bulletList" || type === "orderedList" || type === "taskList";

function boxed(node: Nested<"taskItem">, blocks: string[]): string {
  const box = node.checked ? boxes.done : boxes.open;
  const content = tight(node, blocks);
  if (node.children[0]?.type !== "paragraph" || !blocks[0]) return `<p>${box}</p>${content}`;
  return content.startsWith("<p") ? content.replace(">", `>${box} `) : `${box} ${content}`;
}

function cellAttrs({ colspan, rowspan, align }: CellData): string {
  const spans = (colspan > 1 ? ` colspan="${colspan}"` : "") + (rowspan > 1 ? ` rowspan="${rowspan}"` : "");
  return `${spans} style="${cellStyles[align ?? "none"]}"`;
}

const cellStyle = "border:1px solid #c1c7d0;padding:4px 8px";
const cellStyles: Record<Alignment | "none", string> = {
  none: cellStyle,
  left: `${cellStyle};text-align:left`,
  center: `${cellStyle};text-align:center`,
  right: `${cellStyle};text-align:right`,
};

function writeImage(node: Nested<"image">, context: Context): string {
  const { alt, title, width, height, attachmentId } = node;
  const { target, losses } = context;
  const file = attachmentId === null ? null : (target.attachment?.(attachmentId) ?? null);
  const src = file === null ? node.src : file.embeds ? file.url : null;
  if (src !== null) {
    noteInk(context);
    const size = (width === null ? "" : ` width="${width}"`) + (height === null ? "" : ` height="${height}"`);
    return `<img src="${escapeAttr(src)}" alt="${escapeAttr(alt)}"${title ? ` title="${escapeAttr(title)}"` : ""}${size}>`;
  }
  const name = alt || title || "image";
  noteSpaces(name, context);
  if (file && (node.place & place.inLink) === 0) {
    lose(losses, "image", name, "a link to it, because it cannot be shown there");
    return `<a href="${escapeAttr(file.url)}" rel="${rel}">${escapeText(name)}</a>`;
  }
  lose(losses, "image", name, "its description, because it cannot be seen there");
  return escapeText(name);
}

function writeMention({ id, label, integrationId, place: where }: Nested<"mention">, context: Context): string {
  const { target, losses } = context;
  noteSpaces(label, context);
  if (integrationId === null || integrationId !== target.integrationId) {
    lose(losses, "mention", label, "the name as text, because it is nobody there");
    return escapeText(label);
  }
  if ((where & place.inLink) !== 0) {
    lose(losses, "mention", label, "the name as text, because it stands in a link");
    return escapeText(label);
  }
  noteInk(context);
  return `<a href="#" data-vss-mention="version:2.0,${escapeAttr(id)}">@${escapeText(label)}</a>`;
}

/** What a reader sees of a line, for the list of losses. */
const visible = (html: string) =>
  html.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp);/g, (_, name: string) => entities[name] ?? "");
const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&" };

const special = /[&<>]/;
const escapeText = (text: string) =>
  special.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") : text;
const escapeAttr = (text: string) => escapeText(text).replaceAll('"', "&quot;");
