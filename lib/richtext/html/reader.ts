import type { RichBlock } from "../doc";
import type { Origin } from "../target";
import { Flow } from "./flow";
import { nowhere, type Scope } from "./frame";
import { isElement, isText, type Node } from "./parse";
import { enter } from "./steps";

type Frame = { scope: Scope; children: Node[]; next: number; end: (() => void) | undefined };

/** The blocks of foreign HTML. It walks with a stack of its own, because a tree may be 10,000 levels deep. */
export function readBlocks(nodes: Node[], origin: Origin): RichBlock[] {
  const flow = new Flow();
  const scope: Scope = { ...nowhere, flow, marks: [], isKept: false, depth: 1 };
  const open: Frame[] = [{ scope, children: nodes, next: 0, end: undefined }];
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const node = frame.children[frame.next];
    frame.next += 1;
    if (node === undefined) {
      frame.end?.();
      open.pop();
    } else if (isText(node)) {
      frame.scope.flow.text(node.value, frame.scope.marks, frame.scope.isKept);
    } else if (isElement(node)) {
      const entered = enter(node, frame.scope, origin);
      if (entered) open.push({ scope: entered.scope, children: node.childNodes, next: 0, end: entered.end });
    }
  }
  flow.endLine(true);
  return flow.blocks;
}
