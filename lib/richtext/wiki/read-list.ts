import type { RichBlock, RichItem } from "../doc";
import { taskSigns } from "./notation";
import { type BlockReading, content, readBlocks } from "./read-blocks";
import { spend } from "./read-inline";

const listLine = /^[ \t]*([*#]+|-)[ \t]+(\S.*|)$/s;
/** Two and three dashes are a dash in the text. */
export const isListLine = (line: string): boolean => /^[ \t]*(?:[*#]+|-)[ \t]/.test(line) && listLine.test(line);

/** Deeper items are read as items of this level. */
const mostLevels = 10;

type List = { isOrdered: boolean; items: Item[] };
type Item = { lines: string[]; lists: List[] };

/** The lists that begin at that line: up to a blank line, all that is no item goes on with the item above. */
export function readList(
  lines: readonly string[],
  from: number,
  reading: BlockReading,
): { blocks: RichBlock[]; next: number } {
  const root: List[] = [];
  let last: Item | undefined;
  let next = from;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (/^\s*$/.test(line)) break;
    const match = listLine.exec(line);
    if (match) {
      spend(reading.spent);
      last = { lines: [match[2] ?? ""], lists: [] };
      place(root, match[1] ?? "*", last);
    } else last?.lines.push(line);
  }
  return { blocks: root.map((list) => toBlock(list, { ...reading, depth: reading.depth + 1 })), next };
}

function place(root: List[], bullets: string, item: Item): void {
  let lists = root;
  const levels = Math.min(bullets.length, mostLevels);
  for (let level = 0; ; level++) {
    const isLast = level === levels - 1;
    const isOrdered = bullets.charAt(isLast ? bullets.length - 1 : level) === "#";
    let list = lists.at(-1);
    if (list === undefined || (isLast && list.isOrdered !== isOrdered)) {
      list = { isOrdered, items: [] };
      lists.push(list);
    }
    if (isLast) {
      list.items.push(item);
      return;
    }
    let parent = list.items.at(-1);
    if (parent === undefined) {
      parent = { lines: [""], lists: [] };
      list.items.push(parent);
    }
    lists = parent.lists;
  }
}

const task = new RegExp(`^[${taskSigns.done}${taskSigns.open}](?: |$)`);

function toBlock({ isOrdered, items }: List, reading: BlockReading): RichBlock {
  if (!isOrdered && items.every(({ lines }) => task.test(lines[0] ?? ""))) {
    return {
      type: "taskList",
      content: items.map(({ lines: [first = "", ...more], lists }) => ({
        type: "taskItem",
        attrs: { checked: first.startsWith(taskSigns.done) },
        content: toContent({ lines: [first.slice(2), ...more], lists }, reading),
      })),
    };
  }
  const content = items.map((item): RichItem => ({ type: "listItem", content: toContent(item, reading) }));
  return isOrdered ? { type: "orderedList", attrs: { start: 1 }, content } : { type: "bulletList", content };
}

function toContent({ lines, lists }: Item, reading: BlockReading): RichBlock[] {
  const [first = "", ...more] = lines;
  return [...readBlocks([content(first), ...more], reading), ...lists.map((list) => toBlock(list, reading))];
}
