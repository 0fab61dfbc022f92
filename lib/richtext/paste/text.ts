import { codeBlock } from "../build";
import type { RichBlock } from "../doc";
import { fromMarkdown } from "../from-markdown";
import { withoutCodes } from "../terminal";
import { tableFromTabs } from "./spreadsheet";
import { traceBlocks } from "./stack-trace";

/** Plain text that is clearly something else: a terminal's, cells, a stack trace, Markdown. Null: it is just text. */
export function blocksFromText(text: string): RichBlock[] | null {
  if (text.trim() === "") return null;
  const bare = withoutCodes(text);
  if (bare !== text) return [codeBlock(bare.replace(/^\n+|\s+$/g, ""))];
  const cells = tableFromTabs(text);
  if (cells) return [cells];
  return traceBlocks(text) ?? (isMarkdown(text) ? fromMarkdown(text).content : null);
}

/** Lines that nobody writes by chance; one of them is enough. */
const certain = /^ {0,3}(?:`{3,}[\w+#.-]*|~{3,}\w*|\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:?)? *|[-*+] \[[ xX]\] .*)$/;
/** Things that a text may have by chance; two kinds of them are not chance. */
const hints = [
  /^#{1,6} \S/,
  /^ {0,3}[-*+] \S/,
  /^ {0,3}\d{1,3}[.)] \S/,
  /^> \S/,
  /\[[^\]\n]{1,200}\]\(https?:\/\/[^)\s]{1,2000}\)/,
  /(?:^|\s)\*\*[^\s*][^*\n]{0,200}\*\*/,
  /(?:^|\s)`[^`\n]{1,200}`/,
];

function isMarkdown(text: string): boolean {
  // What a text is shows at its start.
  const lines = text.slice(0, 20_000).split("\n");
  if (lines.some((line) => certain.test(line))) return true;
  const kinds = hints.filter((hint) => lines.some((line) => hint.test(line)));
  return kinds.length >= 2;
}
