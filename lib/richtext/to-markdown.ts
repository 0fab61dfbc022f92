import type { RichDoc } from "./doc";
import { escapeMarkdown } from "./escape-markdown";
import { fold, type Table } from "./fold";
import type { Converted } from "./losses";
import { emoji, markdownAttachment, markdownImage, mention } from "./markdown/atoms";
import {
  alert,
  atxHeading,
  awayFromMargin,
  bars,
  details,
  fence,
  hang,
  joinBlocks,
  joinItems,
  nestedPanel,
  quote,
  task,
} from "./markdown/blocks";
import { html, tags } from "./markdown/html-table";
import { codeSpan, joinInline, wrap, writeLink } from "./markdown/inline";
import { separator } from "./markdown/references";
import type { Flavor, Writing } from "./markdown/writing";
import { type Kind, type Nested, nest } from "./nest";
import type { Target } from "./target";

/** GitHub's or GitLab's Markdown. Text stays text: nothing in it becomes syntax, a mention, a reference or HTML. */
export function toMarkdown(doc: RichDoc, options: Target & { flavor: Flavor }): Converted {
  const writing: Writing = { ...options, losses: [] };
  return { output: fold(nest(doc), markdown, writing), losses: writing.losses };
}

const markdown: Table<string, Writing> = {
  inside: (type, node) => tableInside(type, node),
  doc: (node, blocks, { flavor }) => joinBlocks(node, atMargin(node, blocks, flavor)),
  paragraph: (node, inline) => paragraph(node, joinInline(node, inline)),
  heading: (node, inline) => atxHeading(node.level, joinInline(node, inline)),
  bulletList: (_, items) => joinItems(items.map((item) => hang("-", item))),
  // Nine digits are the most that CommonMark takes; only the first number counts anyway.
  orderedList: ({ start }, items) =>
    joinItems(items.map((item, i) => hang(`${Math.min(start + i, 999_999_999)}.`, item))),
  listItem: (node, blocks) => joinBlocks(node, blocks, true),
  taskList: (_, items) => joinItems(items.map((item) => hang("-", item))),
  taskItem: task,
  blockquote: (node, blocks) => quote(joinBlocks(node, blocks)),
  codeBlock: (node, _, writing) => fence(node, writing),
  table: (node, rows, writing) => (node.plain ? bars(node, rows) : html.table(node, rows, writing)),
  tableRow: (_, cells) => `| ${cells.join(" | ")} |`,
  tableHeader: (_, blocks) => blocks.join(""),
  tableCell: (_, blocks) => blocks.join(""),
  details: (node, [summary = "", content = ""]) => details(node, summary, content),
  detailsSummary: (node, inline) => joinInline(node, inline),
  detailsContent: (node, blocks, { flavor }) => joinBlocks(node, atMargin(node, blocks, flavor)),
  panel: (node, blocks, writing) => nestedPanel(node, joinBlocks(node, blocks), writing),
  attachment: (node, _, writing) => markdownAttachment(node, writing),
  // Not ---, which after a paragraph is a heading and after a list marker a longer rule.
  horizontalRule: () => "***",
  hardBreak: () => "\\\n",
  image: (node, _, writing) => markdownImage(node, writing),
  mention: (node, _, writing) => mention(node, writing, escapeMarkdown),
  emoji: (node, _, writing) => emoji(node, writing, escapeMarkdown),
  text: ({ text, place }, _, { flavor }) => escapeMarkdown(text, place, flavor),
  bold: (node, inline) => wrap("**", joinInline(node, inline)),
  // Not *: beside ** its runs would be counted together. Where _ may not stand, joinInline makes room.
  italic: (node, inline) => wrap("_", joinInline(node, inline)),
  strike: (node, inline) => wrap("~~", joinInline(node, inline)),
  ...tags,
  code: ({ text, place }) => codeSpan(text, place),
  link: (node, inline) => writeLink(node, joinInline(node, inline)),
};

/** Alerts are shown as such only where nothing is around them. */
const top: Table<string, Writing> = {
  ...markdown,
  panel: alert,
};

function tableInside(type: Kind, node: Nested): Table<string, Writing> {
  switch (type) {
    case "doc":
      return top;
    case "detailsSummary":
      return html;
    case "table":
      return node.type === "table" && node.plain ? markdown : html;
    default:
      return markdown;
  }
}

/** A tag alone in its line would begin a block of HTML, which takes in the lines below it. */
const paragraph = (node: Nested<"paragraph">, content: string) =>
  node.children.length === 1 && content.startsWith("<img ") ? content + separator : content;

/** Blocks whose lines begin where the document's lines begin. */
const atMargin = ({ children }: Nested, blocks: string[], flavor: Flavor) =>
  flavor === "glfm"
    ? blocks.map((block, i) => (children[i]?.type === "codeBlock" ? awayFromMargin(block) : block))
    : blocks;
