import type { RichBlock, RichCell, RichInline, RichMark, RichRow } from "../doc";
import { List } from "../html/lists";
import { alertOf } from "./alerts";
import { lettersOf, plain, type ReadPhrases, readPhrase } from "./inline";
import type { Reading } from "./origin";
import { lineOfBlocks, Slots } from "./slots";
import { isComment, isKnownTag, onlyKnownTags } from "./tags";
import type { Node, NodeOf, Phrase } from "./tree";

/** The blocks that nodes of the tree say, with the HTML that stands among them. */
export function readBlocks(nodes: readonly Node[], reading: Reading): RichBlock[] {
  const shown = nodes.filter((node) => node.type !== "html" || !isComment(node.value));
  if (!shown.some((node) => node.type === "html")) return shown.flatMap((node) => readBlock(node, reading));

  const slots = new Slots(reading);
  for (const node of shown) {
    if (node.type === "html") slots.addHtml(onlyKnownTags(node.value));
    else slots.add({ blocks: readBlock(node, reading) });
  }
  return slots.read();
}

function readBlock(node: Node, reading: Reading): RichBlock[] {
  switch (node.type) {
    case "paragraph":
      return readParagraph(node.children, reading);
    case "heading":
      return [{ type: "heading", attrs: { level: node.depth }, content: readLine(node.children, reading) }];
    case "blockquote":
      return readQuote(node, reading);
    case "list":
      return readList(node, reading);
    case "listItem":
      return readList({ type: "list", ordered: false, children: [node] }, reading);
    case "code":
      return [codeBlock(node.value, node.lang ?? null)];
    case "table":
      return [readTable(node, reading)];
    case "thematicBreak":
      return [{ type: "horizontalRule" }];
    case "footnoteDefinition":
      return readNote(node, reading);
    // Read beforehand, and shown nowhere.
    case "definition":
      return [];
    default:
      // Parts of a line or of a table cannot stand here; a grammar of tomorrow may bring more, and its letters are kept.
      return [{ type: "paragraph", content: [plain(lettersOf(node), [])] }];
  }
}

const codeBlock = (text: string, language: string | null): RichBlock => ({
  type: "codeBlock",
  attrs: { language: language !== null && language.length <= 64 ? language : null },
  content: text === "" ? [] : [{ type: "text", text }],
});

/** A paragraph; more, when there is HTML in it that brings blocks of its own. */
function readParagraph(phrases: readonly Phrase[], reading: Reading): RichBlock[] {
  const blocks = withHtml(phrases, [], reading);
  return blocks ?? [{ type: "paragraph", content: plainPhrases(phrases, [], reading) }];
}

/** What stands in a line, and stays in it whatever it brings. */
const readLine = (phrases: readonly Phrase[], reading: Reading) => readPhrases(phrases, [], reading);

const readPhrases: ReadPhrases = (phrases, marks, reading) => {
  const blocks = withHtml(phrases, marks, reading);
  return blocks ? lineOfBlocks(blocks) : plainPhrases(phrases, marks, reading);
};

const plainPhrases: ReadPhrases = (phrases, marks, reading) => {
  const parts: RichInline[] = [];
  for (const phrase of phrases) {
    if (phrase.type === "html" && isComment(phrase.value)) continue;
    for (const part of readPhrase(phrase, marks, reading, readPhrases)) parts.push(part);
  }
  return parts;
};

/** The line as HTML in which what is none are slots; null, when there is no HTML in it. */
function withHtml(phrases: readonly Phrase[], marks: readonly RichMark[], reading: Reading): RichBlock[] | null {
  const isTag = (phrase: Phrase) => phrase.type === "html" && isKnownTag(phrase.value);
  if (!phrases.some(isTag)) return null;

  const slots = new Slots(reading);
  slots.addHtml("<p>");
  let from = 0;
  for (const [at, phrase] of phrases.entries()) {
    if (phrase.type !== "html" || !isTag(phrase)) continue;
    if (at > from) slots.add({ inline: plainPhrases(phrases.slice(from, at), marks, reading) });
    slots.addHtml(phrase.value);
    from = at + 1;
  }
  if (from < phrases.length) slots.add({ inline: plainPhrases(phrases.slice(from), marks, reading) });
  return slots.read(marks);
}

function readQuote(node: NodeOf<"blockquote">, reading: Reading): RichBlock[] {
  const alert = alertOf(node, reading);
  const content = filled(readBlocks(alert ? alert.children : node.children, reading));
  return [alert ? { type: "panel", attrs: { panelType: alert.panelType }, content } : { type: "blockquote", content }];
}

/** Tasks and other items share a list in Markdown; ours is parted where they meet. */
function readList(node: NodeOf<"list">, reading: Reading): RichBlock[] {
  const list = new List(node.ordered ? (node.start ?? 1) : null);
  for (const item of node.children) list.add(item.checked ?? null, readBlocks(item.children, reading));
  return list.blocks();
}

function readTable({ children, align }: NodeOf<"table">, reading: Reading): RichBlock {
  const width = Math.max(...children.slice(0, 1).map((row) => row.children.length), 1);
  const content = children.map((row, at): RichRow => {
    const cells = row.children.map(
      (cell, column): RichCell => ({
        type: at === 0 ? "tableHeader" : "tableCell",
        attrs: { align: align?.[column] ?? null },
        content: readParagraph(cell.children, reading),
      }),
    );
    // A row may end early.
    for (let column = cells.length; column < width; column++) {
      const attrs = { align: align?.[column] ?? null };
      cells.push({ type: "tableCell", attrs, content: [{ type: "paragraph", content: [] }] });
    }
    return { type: "tableRow", content: cells };
  });
  return { type: "table", content };
}

/** A note at the end of a page: its text behind its name, as it was written. */
function readNote(node: NodeOf<"footnoteDefinition">, reading: Reading): RichBlock[] {
  const name = plain(`[^${node.label ?? node.identifier}]: `, []);
  const [first, ...rest] = readBlocks(node.children, reading);
  if (first?.type === "paragraph") return [{ ...first, content: [name, ...first.content] }, ...rest];
  return [{ type: "paragraph", content: [name] }, ...(first ? [first] : []), ...rest];
}

/** What holds blocks holds one at least. */
const filled = (blocks: RichBlock[]): RichBlock[] =>
  blocks.length > 0 ? blocks : [{ type: "paragraph", content: [] }];
