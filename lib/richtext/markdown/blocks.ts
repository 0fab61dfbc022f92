import { AppError } from "@/lib/errors";
import type { Alignment, PanelType } from "../doc";
import { lose } from "../losses";
import type { Kind, Nested } from "../nest";
import { panelLooks } from "../panel-looks";
import { limits } from "../tidy";
import { longestRun } from "./inline";
import { separator } from "./references";
import { said, type Writing } from "./writing";

/**
 * Blocks with a blank line between them. Empty ones are nothing in Markdown. Two lists in a row would be read as one,
 * so a comment parts them. A short list directly below its item's text stays close to it.
 */
export function joinBlocks(node: Nested, blocks: string[], isItem = false): string {
  let out = "";
  let previous: Kind | undefined;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (!block) continue;
    const type = asListed(node.children[i]?.type);
    if (out === "") out = block;
    else if (type === previous && (type === "bulletList" || type === "orderedList"))
      out += `\n\n${separator}\n\n${block}`;
    else out += isItem && previous === "paragraph" && mayFollow(block) ? `\n${block}` : `\n\n${block}`;
    previous = type;
  }
  return out;
}

/** Lists with equal signs are one list where they meet. */
const asListed = (type: Kind | undefined) => (type === "taskList" ? "bulletList" : type);

/** Of the ordered lists only one that begins with 1 may interrupt a paragraph; to some readers that holds further in. */
const mayFollow = (block: string) => /^(?:- |1\. )+[^\d-]/.test(block);

/** Items are close together when none of them has a blank line inside. */
export const joinItems = (items: string[]) => items.join(items.some((item) => item.includes("\n\n")) ? "\n\n" : "\n");

/** An empty item gets a comment: markers alone would be a rule, an underline, or text of the paragraph above. */
export function hang(marker: string, item: string): string {
  if (item === "") return `${marker} ${separator}`;
  if (!item.includes("\n")) return `${marker} ${item}`;
  return bounded(`${marker} ${item.replace(/\n(?!\n)/g, `\n${" ".repeat(marker.length + 1)}`)}`);
}

export const quote = (content: string) => (content === "" ? ">" : bounded(`> ${content.replaceAll("\n", "\n> ")}`));

/** Each level writes into each line below it: a megabyte of line ends in a hundred quotes is no text of anybody. */
function bounded(text: string): string {
  if (text.length <= 4 * limits.text) return text;
  throw new AppError("invalid_input", "The text is too long for how deeply it is nested.");
}

/** A box belongs to the text behind it, so what begins otherwise gets an empty one. */
export function task(node: Nested<"taskItem">, blocks: string[]): string {
  const content = joinBlocks(node, blocks, true);
  const box = node.checked ? "[x]" : "[ ]";
  const hasText = node.children[0]?.type === "paragraph" && blocks[0] !== "";
  if (hasText) return `${box} ${content}`;
  return content === "" ? `${box} ${separator}` : `${box} ${separator}\n\n${content}`;
}

export function atxHeading(level: number, content: string): string {
  const marker = "#".repeat(level);
  if (content === "") return marker;
  // A heading is one line; HTML breaks it nevertheless.
  const line = content.replaceAll("\\\n", "<br>");
  // Number signs at the end would be read as a closing sequence.
  return line.endsWith("#") ? `${marker} ${line.slice(0, -1)}\\#` : `${marker} ${line}`;
}

/** A fence longer than any run of backticks inside, and a language that cannot be anything else. */
export function fence(node: Nested<"codeBlock">, { losses }: Writing): string {
  const { text } = node;
  const language = node.language ?? "";
  const info = language.replace(/[^\w+#.-]/g, "");
  if (info !== language)
    lose(losses, "codeBlock", text, info === "" ? "a block without a language" : `a block of ${info}`);
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return text === "" ? `${ticks}${info}\n${ticks}` : `${ticks}${info}\n${text}\n${ticks}`;
}

/**
 * GitLab looks for quick actions in the source and knows no fences of more than three backticks, so in a block that
 * stands at the margin a line could be one. A fence may be indented, and takes its indentation from its lines.
 */
export const awayFromMargin = (block: string) =>
  /(?:^|\n)\/\w/.test(block) ? block.replace(/(^|\n)(?=[^\n])/g, "$1 ") : block;

const columns: Record<Alignment | "none", string> = { left: ":--", center: ":-:", right: "--:", none: "---" };

/** A plain table: rows of cells between bars. */
export function bars({ children }: Nested<"table">, rows: string[]): string {
  const [head = "", ...rest] = rows;
  const aligned = children[0]?.children.map((cell) => columns["align" in cell ? (cell.align ?? "none") : "none"]) ?? [];
  return [head, `| ${aligned.join(" | ")} |`, ...rest].join("\n");
}

export function details({ open }: Nested<"details">, summary: string, content: string): string {
  const head = `<details${open ? " open" : ""}>\n<summary>${summary}</summary>`;
  return content === "" ? `${head}\n\n</details>` : `${head}\n\n${content}\n\n</details>`;
}

const alerts: Record<PanelType, string> = {
  info: "NOTE",
  note: "IMPORTANT",
  success: "TIP",
  warning: "WARNING",
  error: "CAUTION",
};

/** Only a paragraph may go on in the line below the alert's kind: a list that begins with 2 would be text of it. */
export function alert(node: Nested<"panel">, blocks: string[]): string {
  const first = blocks.findIndex((block) => block !== "");
  const gap = node.children[first]?.type === "paragraph" ? "\n" : "\n\n";
  return quote(`[!${alerts[node.panelType]}]${gap}${joinBlocks(node, blocks) || separator}`);
}

/** Alerts inside of anything else are shown as plain quotes, so they say in words what they are. */
export function nestedPanel(node: Nested<"panel">, content: string, { losses }: Writing): string {
  lose(losses, "panel", said(node), "a quote with its kind as a title");
  return quote(`**${panelLooks[node.panelType].title}**\n\n${content}`.trimEnd());
}
