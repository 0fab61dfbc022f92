import type { Alignment, RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import { boxes, codeTitle, foldEdge, highlighter, inkOn, triangles } from "./html/forms";
import { type Loss, lose } from "./losses";
import { type CellData, type Nested, nest, place } from "./nest";
import { panelLooks } from "./panel-looks";
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
  doc: (_, blocks) => all(blocks),
  paragraph: (node, inline, context) => {
    const style = lineStyle(context);
    return node.children.length === 0 ? "" : `<p${style}>${all(inline)}</p>`;
  },
  heading: (node, inline, context) => `<h${node.level}${lineStyle(context)}>${all(inline)}</h${node.level}>`,
  bulletList: (_, items) => `<ul>${all(items)}</ul>`,
  orderedList: ({ start }, items) => `${start === 1 ? "<ol>" : `<ol start="${start}">`}${all(items)}</ol>`,
  listItem: (node, blocks) => `<li>${tight(node, blocks)}</li>`,
  taskList: (_, items) => `<ul style="list-style-type:none">${all(items)}</ul>`,
  taskItem: (node, blocks) => `<li>${boxed(node, blocks)}</li>`,
  blockquote: (_, blocks) => `<blockquote>${all(blocks)}</blockquote>`,
  codeBlock: ({ text, language }) => {
    const title = language === null || language === "" ? "" : ` title="${codeTitle}${escapeAttr(language)}"`;
    // Readers take a last line end for the page's own.
    return `<pre${title}><code>${escapeText(text)}${text.endsWith("\n") ? "\n" : ""}</code></pre>`;
  },
  table: (_, rows) =>
    rows.length === 0
      ? ""
      : `<table style="border-collapse:collapse;margin:8px 0px"><tbody>${all(rows)}</tbody></table>`,
  tableRow: (_, cells) => `<tr>${all(cells)}</tr>`,
  tableHeader: (node, blocks) => `<th${cellAttrs(node)}>${tight(node, blocks)}</th>`,
  tableCell: (node, blocks) => `<td${cellAttrs(node)}>${tight(node, blocks)}</td>`,
  details: ({ open }, [summary = "", content = ""], { losses }) => {
    lose(losses, "details", visible(summary), "shown unfolded, because nothing folds there");
    const triangle = open ? triangles.open : triangles.closed;
    return `<div style="border-left:4px solid ${foldEdge};padding:0px 12px;margin:8px 0px">${summary.replace(">", `>${triangle} `)}${content}</div>`;
  },
  detailsSummary: (_, inline, context) => `<p${lineStyle(context)}>${all(inline)}</p>`,
  detailsContent: (_, blocks) => all(blocks),
  panel: ({ panelType }, blocks) => {
    const { title, edge, fill } = panelLooks[panelType];
    const ground = `border-left:4px solid ${edge};background-color:${fill};color:${inkOn(fill)}`;
    return `<div style="${ground};padding:8px 12px;margin:8px 0px"><p><b>${title}</b></p>${all(blocks)}</div>`;
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
  text: ({ text }, _, context) => writeText(text, context),
  code: ({ text }, _, context) => `<code>${writeText(text, context)}</code>`,
  bold: (_, inline) => `<b>${all(inline)}</b>`,
  italic: (_, inline) => `<i>${all(inline)}</i>`,
  underline: (_, inline) => `<u>${all(inline)}</u>`,
  strike: (_, inline) => `<s>${all(inline)}</s>`,
  subscript: (_, inline) => `<sub>${all(inline)}</sub>`,
  superscript: (_, inline) => `<sup>${all(inline)}</sup>`,
  link: ({ href }, inline) => `<a href="${escapeAttr(href)}" rel="${rel}">${all(inline)}</a>`,
  highlight: ({ color }, inline) => {
    const ground = color ?? highlighter;
    // The other property where somebody chose the very colour that stands for none.
    const property = color === highlighter ? "background" : "background-color";
    return `<span style="${property}:${ground};color:${inkOn(ground)}">${all(inline)}</span>`;
  },
  // A highlight inside leaves the letters to the colour that somebody chose. No text has a quote and an angle unescaped.
  textStyle: ({ color }, inline) => {
    const inner = all(inline);
    return `<span style="color:${color}">${inner.includes(ground) ? inner.replace(inkOfGround, '$1">') : inner}</span>`;
  },
};

/** How a highlight begins. */
const ground = '<span style="background';
const inkOfGround = /(<span style="background[^;"]*);color:#\w{6}">/g;

const rel = "noopener noreferrer nofollow";

/** Parts in a row. Not joined: most are one or two, and a list of them costs more than adding. */
function all(parts: string[]): string {
  let text = "";
  for (const part of parts) text += part;
  return text;
}

/** Text, with note of whether a browser would swallow some of its spaces, with regard to what stands before it. */
function writeText(text: string, context: Context): string {
  if ((context.isStart || context.hasOpenSpace) && text.startsWith(" ")) context.isKept = true;
  context.isStart = false;
  context.hasOpenSpace = text.endsWith(" ");
  if (!remarkable.test(text)) return text;
  if (swallowed.test(text)) context.isKept = true;
  return escapeText(text);
}
const remarkable = /[&<>\t\f]| {2}/;
const swallowed = /[\t\f]| {2}/;

/** Something stands on the line now that is no space. */
function noteInk(context: Context): void {
  context.isStart = false;
  context.hasOpenSpace = false;
}

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
  if (!isTight) return all(blocks);
  return blocks.length === 1 ? first.slice(3, -4) : first.slice(3, -4) + all(blocks.slice(1));
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
  const said = writeText(name, context);
  if (file && (node.place & place.inLink) === 0) {
    lose(losses, "image", name, "a link to it, because it cannot be shown there");
    return `<a href="${escapeAttr(file.url)}" rel="${rel}">${said}</a>`;
  }
  lose(losses, "image", name, "its description, because it cannot be seen there");
  return said;
}

function writeMention({ id, label, integrationId, place: where }: Nested<"mention">, context: Context): string {
  const { target, losses } = context;
  const said = writeText(label, context);
  if (integrationId === null || integrationId !== target.integrationId) {
    lose(losses, "mention", label, "the name as text, because it is nobody there");
    return said;
  }
  if ((where & place.inLink) !== 0) {
    lose(losses, "mention", label, "the name as text, because it stands in a link");
    return said;
  }
  noteInk(context);
  return `<a href="#" data-vss-mention="version:2.0,${escapeAttr(id)}">@${said}</a>`;
}

/** What a reader sees of a line, for the list of losses. */
const visible = (html: string) =>
  html.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp);/g, (_, name: string) => entities[name] ?? "");
const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&" };

const special = /[&<>]/;
// Split and joined, because replacing a million of them takes five times as long.
const escapeText = (text: string) =>
  special.test(text) ? text.split("&").join("&amp;").split("<").join("&lt;").split(">").join("&gt;") : text;
const escapeAttr = (text: string) => escapeText(text).replaceAll('"', "&quot;");
