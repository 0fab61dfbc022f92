import type { Nested } from "../nest";
import { type Context, flat, loseNode, type Part } from "./context";
import { list } from "./places";
import type { AdfNode } from "./types";

/** Theirs have ids; numbered, so that equal documents give equal output. */
const localId = (context: Context) => `faultline-${++context.tasks}`;

/**
 * A task is one line to them, and the tasks below it are a list beside it. Its further lines are kept by line breaks;
 * from the first block that is no line on, its content stands below the list.
 */
export function taskItem({ checked }: Nested<"taskItem">, blocks: Part[], context: Context): Part {
  const content: AdfNode[] = [];
  const below: AdfNode[] = [];
  for (const block of flat(blocks)) {
    const isLine = block.type === "paragraph" || block.type === "heading";
    if (isLine && below.length === 0) addLine(block);
    else {
      below.push(block);
      const stays = block.type === "taskList" && below.every(({ type }) => type === "taskList");
      if (!stays && !context.moved.has(block)) {
        loseNode(context, block.type === "expand" ? "details" : block.type, block, "below the task");
        context.moved.add(block);
      }
    }
  }
  const attrs = { localId: localId(context), state: checked ? "DONE" : "TODO" };
  return [{ type: "taskItem", attrs, content }, ...below];

  function addLine(block: AdfNode): void {
    if (block.content === undefined || block.content.length === 0) return;
    if (block.type === "heading") loseNode(context, "heading", block, "a line of the task");
    else if (content.length > 0) loseNode(context, "paragraph", block, "a further line of the task");
    if (content.length > 0) content.push({ type: "hardBreak" });
    content.push(...block.content);
  }
}

export const taskList = (items: Part[], context: Context): Part =>
  list(
    flat(items),
    ({ type }) => type === "taskItem" || type === "taskList",
    (content) => ({ type: "taskList", attrs: { localId: localId(context) }, content }),
  );
