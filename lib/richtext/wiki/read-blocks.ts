import { bold, codeBlock, details, doc, heading, horizontalRule, panel, paragraph } from "../build";
import { safeColour } from "../colour";
import { type PanelType, panelTypes, type RichBlock } from "../doc";
import { panelLooks } from "../panel-looks";
import type { Origin } from "../target";
import { decode } from "./entities";
import { type Macro, macroToken, macroTokens, readMacros, settingsOf } from "./macros";
import { nothing } from "./notation";
import { type Reading, readInline, type Spent, spend } from "./read-inline";
import { isListLine, readList } from "./read-list";
import { isTableLine, readTable } from "./read-table";

/** What is being read, and how deep in it we are. */
export type BlockReading = Reading & { macros: readonly Macro[]; depth: number };

/** Deeper in each other, macros, items and cells are read as text: a document has a limited depth as well. */
const mostLevels = 12;

export function readWiki(wiki: string, origin: Origin, spent: Spent = { nodes: 0 }, depth = 0): RichBlock[] {
  const { text, macros, colours } = readMacros(wiki);
  return readBlocks(text.split("\n"), { origin, macros, colours, colour: null, spent, depth });
}

/** The blocks that these lines are. Each line is read once here, and once more in each item or cell around it. */
export function readBlocks(lines: readonly string[], reading: BlockReading): RichBlock[] {
  const blocks: RichBlock[] = [];
  let open: string[] = [];
  const isDeep = reading.depth > mostLevels;
  const endParagraph = () => {
    if (open.length === 0) return;
    const content = readInline(open.join("\n"), reading);
    open = [];
    if (content.length === 0) return;
    blocks.push({ type: "paragraph", content });
    spend(reading.spent);
  };

  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (/^[ \t\v\f\r]*$/.test(line)) {
      endParagraph();
      at += 1;
      continue;
    }
    if (!isDeep && (isListLine(line) || isTableLine(line))) {
      endParagraph();
      const read = isTableLine(line) ? readTable(lines, at, reading) : readList(lines, at, reading);
      blocks.push(...read.blocks);
      at = read.next;
      continue;
    }
    at += 1;
    const block = readLine(line, reading);
    if (block) {
      spend(reading.spent);
      endParagraph();
      blocks.push(block);
    } else if (macroToken.test(line)) {
      let from = 0;
      for (const token of line.matchAll(macroTokens)) {
        const before = line.slice(from, token.index);
        if (before.trim() !== "") open.push(before);
        endParagraph();
        const macro = reading.macros[Number(token[1])];
        if (macro) blocks.push(...readMacro(macro, reading));
        from = token.index + token[0].length;
      }
      if (line.slice(from).trim() !== "") open.push(line.slice(from));
    } else open.push(line);
  }
  endParagraph();
  return blocks;
}

/** What is a block in one line. */
function readLine(line: string, reading: BlockReading): RichBlock | null {
  if (macroToken.test(line)) return null;
  if (/^\s*-{4,5}\s*$/.test(line)) return horizontalRule();
  const title = /^\s*h([1-6])\.\s*(.*)$/s.exec(line);
  if (title) return heading(Number(title[1]), readInline(content(title[2]), reading));
  const quote = /^\s*bq\.\s*(.*)$/s.exec(line);
  return (
    quote && { type: "blockquote", content: [{ type: "paragraph", content: readInline(content(quote[1]), reading) }] }
  );
}

/** Of a heading or an item that has nothing in it Jira shows a space that does not break. */
export const content = (text: string | undefined): string => {
  const trimmed = (text ?? "").replace(/^[ \t\r]+|[ \t\r]+$/g, "");
  return trimmed === nothing ? "" : trimmed;
};

function readMacro({ name, args, body }: Macro, { origin, spent, depth }: BlockReading): RichBlock[] {
  spend(spent);
  const settings = settingsOf(args, "|");
  const title = decode(settings.get("title") ?? (name === "expand" ? (settings.get("") ?? "") : ""));
  const titled = title === "" ? [] : [paragraph(bold(title))];
  if (name === "code" || name === "noformat") {
    const language = settings.get("language") ?? settings.get("lang") ?? settings.get("") ?? "";
    const code = body.replace(/^[ \t]*\n/, "").replace(/\n[ \t]*$/, "");
    const isNone = name === "noformat" || language === "" || language === "none" || language.length > 64;
    return [...titled, codeBlock(code, isNone ? undefined : language)];
  }
  // Too deep to be read once more, what is in it is text.
  const blocks = depth >= mostLevels ? doc(paragraph(body.trim())).content : readWiki(body, origin, spent, depth + 1);
  if (name === "quote") return [{ type: "blockquote", content: blocks }];
  if (name === "expand") return [details([title || "Details"], blocks)];
  return [panel(panelTypeOf(name, settings.get("bgcolor")), ...titled, ...blocks)];
}

function panelTypeOf(name: string, background: string | undefined): PanelType {
  if (name === "info" || name === "note" || name === "warning") return name;
  if (name === "tip") return "success";
  const colour = safeColour(background);
  return panelTypes.find((type) => panelLooks[type].fill === colour) ?? "info";
}
