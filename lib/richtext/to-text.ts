import type { RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import { type Converted, type Loss, lose } from "./losses";
import { type CellData, type Nested, nest } from "./nest";
import { panelLooks } from "./panel-looks";

/** Plain text as people write it in a mail: lists with their marks, addresses in brackets after their text. */
export function toText(doc: RichDoc): Converted {
  const losses: Loss[] = [];
  return { output: fold(nest(doc), text, losses), losses };
}

/** A mark that plain text has no sign for. */
const plain = ({ type }: Nested, inline: string[], losses: Loss[]) => {
  const content = inline.join("");
  lose(losses, type, content, "the text without it");
  return content;
};

const text: Table<string, Loss[]> = {
  doc: (_, blocks) => joinBlocks(blocks),
  paragraph: (_, inline) => inline.join(""),
  heading: (_, inline, losses) => {
    const content = inline.join("");
    lose(losses, "heading", content, "a line as any other");
    return content;
  },
  bulletList: (_, items) => items.map((item) => hang("- ", item)).join("\n"),
  orderedList: ({ start }, items) => items.map((item, i) => hang(`${start + i}. `, item)).join("\n"),
  listItem: (_, blocks) => joinBlocks(blocks, "\n"),
  taskList: (_, items) => items.join("\n"),
  taskItem: ({ checked }, blocks) => hang(checked ? "[x] " : "[ ] ", joinBlocks(blocks, "\n")),
  blockquote: (_, blocks) => `> ${joinBlocks(blocks).replaceAll("\n", "\n> ")}`,
  codeBlock: ({ text: code }, _, losses) => {
    lose(losses, "codeBlock", code, "its lines without a frame");
    return code;
  },
  table: (_, rows) => rows.join("\n"),
  tableRow: (_, cells) => cells.join(" | "),
  tableHeader: cell,
  tableCell: cell,
  details: (_, parts, losses) => {
    lose(losses, "details", parts[0] ?? "", "unfolded");
    return joinBlocks(parts, "\n");
  },
  detailsSummary: (_, inline) => inline.join(""),
  detailsContent: (_, blocks) => hang("  ", joinBlocks(blocks)),
  panel: ({ panelType }, blocks) =>
    joinBlocks([`${panelLooks[panelType].title}:`, hang("  ", joinBlocks(blocks))], "\n"),
  attachment: ({ name }) => `Attachment: ${name}`,
  horizontalRule: () => "---",
  hardBreak: () => "\n",
  image: ({ src, alt, title }, _, losses) => {
    const name = [...new Set([alt, title ?? ""])].filter(Boolean).join(", ");
    lose(losses, "image", name, src === null ? "its name" : "its name and address");
    return withAddress(name, src);
  },
  // Without an @, so that no reader of the text can take it for a mention of its own.
  mention: ({ label }) => label,
  emoji: ({ name, text: characters }) => characters ?? `:${name}:`,
  text: ({ text: letters }) => letters,
  bold: plain,
  italic: plain,
  underline: plain,
  strike: plain,
  highlight: plain,
  textStyle: plain,
  // Left out, 10² would read as another number.
  superscript: (_, inline) => raised("^", inline.join("")),
  subscript: (_, inline) => raised("_", inline.join("")),
  code: ({ type, text: code }, _, losses) => {
    lose(losses, type, code, "the text without it");
    return code;
  },
  link: ({ href }, inline) => withAddress(inline.join(""), href),
};

const joinBlocks = (blocks: string[], between = "\n\n") => blocks.filter((block) => block !== "").join(between);

const hang = (marker: string, item: string) => `${marker}${item.replaceAll("\n", `\n${" ".repeat(marker.length)}`)}`;

function withAddress(label: string, href: string | null): string {
  if (href === null || href === label || href === `mailto:${label}`) return label;
  return label === "" ? href : `${label} (${href})`;
}

const raised = (sign: string, content: string) =>
  /^[\p{L}\p{N}]+$/u.test(content) ? sign + content : `${sign}(${content})`;

function cell(
  { type, colspan, rowspan, align }: CellData & { type: string },
  blocks: string[],
  losses: Loss[],
): string {
  const content = joinBlocks(blocks, "\n");
  if (colspan > 1 || rowspan > 1) lose(losses, type, content, "a cell that reaches over no other");
  if (align === "center" || align === "right") lose(losses, type, content, "a cell with its text on the left");
  return oneLine(content, losses);
}

/** A row of a table is a line. */
function oneLine(cell: string, losses: Loss[]): string {
  if (!cell.includes("\n")) return cell;
  lose(losses, "tableCell", cell, "one line, its own lines with / between them");
  return cell.replaceAll(/\n+ */g, " / ");
}
