import { type Context, loseNode } from "./context";
import { text } from "./inline";
import type { AdfMark, AdfNode } from "./types";

// What may stand in which, of the kinds that a document of ours becomes. A document itself takes all of them.
const common = ["paragraph", "bulletList", "orderedList", "codeBlock", "mediaSingle"];
const places = {
  blockquote: new Set(common),
  listItem: new Set([...common, "taskList"]),
  panel: new Set([...common, "taskList", "heading", "rule"]),
  nestedExpand: new Set([...common, "taskList", "heading", "rule", "panel", "blockquote"]),
  expand: new Set([...common, "taskList", "heading", "rule", "panel", "blockquote", "table", "nestedExpand"]),
  tableCell: new Set([...common, "taskList", "heading", "rule", "panel", "blockquote", "nestedExpand"]),
};
type Place = keyof typeof places;

export const emptyParagraph = (): AdfNode => ({ type: "paragraph", content: [] });
const strong: AdfMark = { type: "strong" };

/** The blocks in the form in which they may stand there, as far as there is one; `around` lifts out those without. */
export const settle = (place: Place, blocks: AdfNode[], context: Context): AdfNode[] =>
  mayStand(place, blocks) ? blocks : resettle(place, blocks, context);

function mayStand(place: Place, blocks: AdfNode[]): boolean {
  const allowed = places[place];
  for (const { type } of blocks) if (!allowed.has(type)) return false;
  return true;
}

const resettle = (place: Place, blocks: AdfNode[], context: Context): AdfNode[] =>
  blocks.flatMap((block) => (places[place].has(block.type) ? block : instead(place, block, context)));

function instead(place: Place, block: AdfNode, context: Context): AdfNode | AdfNode[] {
  const isList = place === "listItem";
  switch (block.type) {
    case "heading":
      loseNode(context, "heading", block, `a bold line, because it is in a ${isList ? "list" : "quote"}`);
      return boldLine(block.content ?? []);
    case "rule":
      loseNode(context, "horizontalRule", block, `a line of dashes, because it is in a ${isList ? "list" : "quote"}`);
      return { type: "paragraph", content: [text("———")] };
    case "blockquote":
      if (place !== "blockquote") return block;
      loseNode(context, "blockquote", block, "a part of the quote around it");
      return block.content ?? [];
    case "expand":
      return place === "expand" || place === "tableCell" ? folded(place, block, context) : block;
    case "table":
      if (place !== "tableCell") return block;
      loseNode(context, "table", block, "a line for each row, because it is in a table");
      return settle(place, (block.content ?? []).flatMap(rowAsLine), context);
    default:
      return block;
  }
}

const boldLine = (content: AdfNode[]): AdfNode => ({
  type: "paragraph",
  content: content.map((node) => {
    const isPlain = node.type === "text" && !node.marks?.some(({ type }) => type === "code" || type === "strong");
    return isPlain ? { ...node, marks: [...(node.marks ?? []), strong] } : node;
  }),
});

/** What unfolds in a table or in what unfolds itself is of a kind of its own, which holds less. */
function folded(place: Place, block: AdfNode, context: Context): AdfNode | AdfNode[] {
  const { attrs, content = [] } = block;
  if (mayStand("nestedExpand", content)) return { type: "nestedExpand", attrs, content };
  loseNode(context, "details", block, "its title in bold, and below it what it held");
  const title = typeof attrs?.title === "string" ? attrs.title : "";
  const head = title === "" ? [] : [boldLine([text(title)])];
  return [...head, ...settle(place, content, context)];
}

function rowAsLine({ content: cells = [] }: AdfNode): AdfNode[] {
  const isLine = cells.every(({ content: [first, ...more] = [] }) => first?.type === "paragraph" && more.length === 0);
  if (!isLine) return cells.flatMap(({ content = [] }) => content);
  const line = cells.flatMap((cell, at) => {
    const content = cell.content?.[0]?.content ?? [];
    const inline = cell.type === "tableHeader" ? (boldLine(content).content ?? []) : content;
    return at === 0 ? inline : [text(" | "), ...inline];
  });
  return [{ type: "paragraph", content: line }];
}

/** What may not stand there in any form is lifted out: the container ends before it and begins anew after it. */
export function around(
  place: "blockquote" | "listItem" | "panel",
  blocks: AdfNode[],
  container: (content: AdfNode[]) => AdfNode,
  context: Context,
): AdfNode | AdfNode[] {
  if (blocks.length === 0) return container([emptyParagraph()]);
  if (mayStand(place, blocks)) return container(blocks);
  const allowed = places[place];
  const outside = place === "listItem" ? "below the item of the list" : `outside of the ${names[place]}`;
  const parts: AdfNode[] = [];
  let run: AdfNode[] = [];
  for (const block of resettle(place, blocks, context)) {
    const isInside = allowed.has(block.type) && !(place === "listItem" && parts.length > 0);
    if (isInside) {
      run.push(block);
      continue;
    }
    // An item has one number, so it is not begun again: even if it is empty, it stands before what it held.
    if (run.length > 0 || (place === "listItem" && parts.length === 0)) {
      parts.push(container(run.length > 0 ? run : [emptyParagraph()]));
      run = [];
    }
    parts.push(block);
    if (!context.moved.has(block)) loseNode(context, kindOf(block), block, outside);
    context.moved.add(block);
  }
  if (run.length > 0) parts.push(container(run));
  return parts;
}

const names = { blockquote: "quote", panel: "panel" };
const kindOf = ({ type }: AdfNode) => (type === "expand" ? "details" : type);

/** The first thing in an item of a list is a line, for there its mark stands. */
export const item = (content: AdfNode[]): AdfNode => ({
  type: "listItem",
  content: content[0]?.type.endsWith("List") ? [emptyParagraph(), ...content] : content,
});

/** Items as a list; what was lifted out of them parts it, and its numbers go on. */
export function list(
  parts: AdfNode[],
  isItem: (node: AdfNode) => boolean,
  make: (items: AdfNode[], at: number) => AdfNode,
): AdfNode | AdfNode[] {
  if (parts.length > 0 && parts.every(isItem)) return make(parts, 0);
  const split: AdfNode[] = [];
  let run: AdfNode[] = [];
  let count = 0;
  for (const part of [...parts, null]) {
    if (part && isItem(part)) run.push(part);
    else {
      if (run.length > 0) split.push(make(run, count));
      count += run.length;
      run = [];
      if (part) split.push(part);
    }
  }
  return split;
}
