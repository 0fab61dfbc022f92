import { codeBlock, doc, docFromText } from "../build";
import { parseDoc, type RichBlock, type RichDoc } from "../doc";
import { type Node, parseHtml } from "../html/parse";
import { readBlocks } from "../html/reader";
import { withoutCodes } from "../terminal";
import { clean } from "./clean";
import { withCodeBlocks } from "./code-pages";
import { isMonospace, linesOf } from "./monospace";
import { fromSheet, isSpreadsheet } from "./spreadsheet";
import { blocksFromText } from "./text";
import { isWord, withWordLists } from "./word";

/** What a clipboard holds of one thing that was copied. */
export type Clipboard = { html?: string | null; text?: string | null };

/**
 * What was copied, as a document without the habits of the program that it comes from. Null: plain text without any
 * structure, which an editor inserts where the caret is.
 */
export function docFromClipboard({ html, text }: Clipboard): RichDoc | null {
  const plain = (text ?? "").replace(/\r\n?/g, "\n");
  const fromText = () => {
    const blocks = blocksFromText(plain);
    return blocks && parseDoc({ type: "doc", content: blocks });
  };
  if (!html || html.trim() === "") return fromText();

  const nodes = parseHtml(html);
  if (isMonospace(nodes, html)) return asCode(plain === "" ? linesOf(nodes) : plain);
  const read = parseDoc({ type: "doc", content: readBlocks(cleaned(nodes, html), {}) });
  if (isSpreadsheet(html)) return fromSheet(read);
  // Where the HTML says no more than the text, the text may be something that it does not look like.
  return isPlain(read.content) ? (fromText() ?? (isEmpty(read) ? null : read)) : read;
}

function cleaned(nodes: Node[], html: string): Node[] {
  const lists = isWord(html) ? withWordLists(nodes) : nodes;
  return clean(withCodeBlocks(lists));
}

/** What a terminal or a code editor showed: one line is text, more are code. */
function asCode(text: string): RichDoc {
  const code = withoutCodes(text).replace(/^\n+|\s+$/g, "");
  return code.includes("\n") ? parseDoc(doc(codeBlock(code))) : docFromText(code.trim());
}

const isPlain = (blocks: RichBlock[]) =>
  blocks.every(
    (block) =>
      block.type === "paragraph" &&
      block.content.every((part) => part.type === "hardBreak" || (part.type === "text" && !part.marks?.length)),
  );

const isEmpty = ({ content }: RichDoc) =>
  content.every((block) => block.type === "paragraph" && block.content.length === 0);
