import { lose } from "../losses";
import type { Nested } from "../nested";
import { panelLooks } from "../panel-looks";
import type { Context, Where } from "./context";
import { escapeWiki } from "./escape";
import { fileLink } from "./inline";
import { forcedBreak, languageAliases, languages, nothing } from "./notation";

const placeOf = (node: Nested, { where }: Context): Where =>
  where.get(node) ?? { bullets: "", isTight: false, isInCell: false, inside: [] };

type Kind = "text" | "list" | "table" | "block";
const kindOf = ({ type }: Nested): Kind => {
  if (type === "paragraph" || type === "attachment") return "text";
  if (type === "bulletList" || type === "taskList" || type === "orderedList") return "list";
  return type === "table" ? "table" : "block";
};

/** Blocks with a blank line between them; where that would end the list or the table around them, without. */
export function joinBlocks(node: Nested, blocks: string[], context: Context, isTight: boolean): string {
  if (!isTight) return blocks.filter((block) => block !== "").join("\n\n");
  let out = "";
  let before: Nested | undefined;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i] ?? "";
    const child = node.children[i];
    if (block === "" || child === undefined) continue;
    out += before === undefined ? block : between(before, child, block, context) + block;
    before = child;
  }
  return out;
}

function between(before: Nested, child: Nested, block: string, { losses }: Context): string {
  const [above, below] = [kindOf(before), kindOf(child)];
  if (above === "text" && below === "text") {
    lose(losses, "paragraph", block, "a new line, because an item and a cell are one paragraph");
    return forcedBreak;
  }
  if (above === "list" && below !== "list") lose(losses, child.type, block, "a part of the list item above it");
  const isSame = (before.type === "orderedList") === (child.type === "orderedList");
  if (above === "list" && below === "list" && isSame) lose(losses, child.type, block, "a part of the list above it");
  if (above === "table" && below === "table") lose(losses, "table", block, "rows of the table above it");
  return "\n";
}

/** An item, with the items of the lists in it on lines of their own below. */
export function listItem(node: Nested, blocks: string[], context: Context, sign = ""): string {
  const { bullets } = placeOf(node, context);
  const content = joinBlocks(node, blocks, context, true);
  const first = node.children.find((_, i) => blocks[i]);
  const own =
    first === undefined || kindOf(first) === "list"
      ? `${sign || nothing}${content === "" ? "" : "\n"}`
      : sign && `${sign} `;
  return `${bullets} ${own}${content}`;
}

export function heading(level: number, content: string): string {
  return `h${level}. ${content === "" ? nothing : content.replaceAll(forcedBreak, "\\\\ ")}`;
}

export function quote(node: Nested, blocks: string[], context: Context): string {
  const { inside, isTight } = placeOf(node, context);
  if (!inside.includes("quote")) return macro("quote", joinBlocks(node, blocks, context, false));
  const content = joinBlocks(node, blocks, context, isTight);
  lose(context.losses, "blockquote", content, "a part of the quote around it");
  return content;
}

export function panel(node: Nested<"panel">, blocks: string[], context: Context): string {
  const { inside, isTight } = placeOf(node, context);
  const tag = `panel:bgColor=${panelLooks[node.panelType].fill}`;
  if (!inside.includes("panel")) return macro("panel", joinBlocks(node, blocks, context, false), tag);
  const content = joinBlocks(node, blocks, context, isTight);
  lose(context.losses, "panel", content, "a part of the panel around it");
  return content;
}

export function details(node: Nested<"details">, [summary = "", content = ""]: string[], context: Context): string {
  const { inside, isTight } = placeOf(node, context);
  const isNested = inside.includes("panel");
  lose(
    context.losses,
    "details",
    summary,
    isNested ? "its summary and its text" : "a panel with the summary as its title",
  );
  const [only] = node.children[0]?.children ?? [];
  const isTitle =
    node.children[0]?.children.length === 1 && only?.type === "text" && /^[\p{L}\p{N} .,_/()-]+$/u.test(only.text);
  if (!isNested && isTitle) return macro("panel", content, `panel:title=${only.text.trim()}`);
  const parts = [summary, content].filter((part) => part !== "").join(isTight ? forcedBreak : "\n\n");
  return isNested ? parts : macro("panel", parts);
}

const macro = (name: string, content: string, tag = name) =>
  `{${tag}}\n${content}${content === "" ? "" : "\n"}{${name}}`;

/** Code as it is: nothing in it is markup, but its own end and the ends of the macros around it. */
export function codeBlock(node: Nested<"codeBlock">, context: Context): string {
  const { text, language } = node;
  const { losses } = context;
  const { inside } = placeOf(node, context);
  const known = languageOf(language, text, losses);
  const ends = (name: string) => text.includes(`{${name}}`);
  // {code} without a language is Java to Jira.
  let name = known === null && !ends("noformat") ? "noformat" : "code";
  if (known !== null && ends("code") && !ends("noformat")) {
    name = "noformat";
    lose(losses, "codeBlock", text, "a block without a language, because it has {code} in it");
  }
  const tag = name === "code" ? `code:${known ?? "none"}` : name;
  const broken = [name, ...inside].filter(ends);
  if (broken.length === 0) return `{${tag}}\n${text}\n{${name}}`;
  lose(losses, "codeBlock", text, `code with an invisible character in {${broken[0]}}, which would end the block`);
  const kept = broken.reduce((code, end) => code.replaceAll(`{${end}}`, `{\u200b${end}}`), text);
  return `{${tag}}\n${kept}\n{${name}}`;
}

function languageOf(language: string | null, text: string, losses: Context["losses"]): string | null {
  if (language === null) return null;
  const name = language.toLowerCase();
  const known = languages.has(name) ? name : Object.hasOwn(languageAliases, name) ? languageAliases[name] : undefined;
  if (known === undefined)
    lose(losses, "codeBlock", text, `a block without a language, because Jira knows no ${language}`);
  else if (known !== language) lose(losses, "codeBlock", text, `a block of ${known}`);
  return known ?? null;
}

export function table(node: Nested<"table">, rows: string[], context: Context): string {
  const lines = rows.filter((row) => row !== "");
  if (!placeOf(node, context).isInCell) return lines.join("\n");
  const content = lines.join(forcedBreak);
  lose(context.losses, "table", content, "lines of the cell around it");
  return content;
}

export function tableRow(node: Nested<"tableRow">, cells: string[], context: Context): string {
  if (cells.length === 0) return "";
  if (placeOf(node, context).isInCell) return cells.join(" &#124; ");
  let row = "";
  for (let i = 0; i < cells.length; i++) {
    const cell = node.children[i];
    const { before = 0, after = 0 } = (cell && context.gaps.get(cell)) ?? {};
    const sign = cell?.type === "tableHeader" ? "||" : "|";
    row += "| ".repeat(before) + sign + (cells[i] || " ") + `${sign} `.repeat(after);
  }
  return `${row}${node.children.at(-1)?.type === "tableHeader" ? "||" : "|"}`;
}

export function tableCell(node: Nested<"tableHeader" | "tableCell">, blocks: string[], context: Context): string {
  const content = joinBlocks(node, blocks, context, true);
  const { losses } = context;
  if (node.colspan > 1 || node.rowspan > 1) lose(losses, node.type, content, "a cell with empty cells beside it");
  if (node.align === "center" || node.align === "right")
    lose(losses, node.type, content, "a cell with its text on the left");
  return content;
}

export function attachment(node: Nested<"attachment">, { target, losses }: Context): string {
  const { attachmentId, name } = node;
  const file = target.attachment?.(attachmentId) ?? null;
  if (file === null) {
    lose(losses, "attachment", name, "its name");
    return escapeWiki(name, 1);
  }
  return fileLink(name, file.url);
}
