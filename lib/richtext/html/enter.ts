import type { RichBlock, RichInline } from "../doc";
import { Flow, LineFlow } from "./flow";
import { type Entered, nowhere, type Scope, type StepArgs } from "./frame";
import { marksInside } from "./marks";
import { styleOf } from "./style";
import { alignOf } from "./tables";

/** How many levels of blocks are made; below are those that the deepest one needs, and the document's limit. */
const deepest = 90;

/** What every element does to the text in it. */
export function inside([element, scope, origin]: StepArgs): Scope {
  const whiteSpace = styleOf(element).get("white-space");
  return {
    ...scope,
    marks: marksInside(element, scope.marks, origin),
    isKept: whiteSpace === undefined ? scope.isKept : /^(?:pre|break-spaces)/.test(whiteSpace),
  };
}

/** An element whose content stands on lines of its own. `isSoup`: one that is no paragraph by itself. */
export function lines(args: StepArgs, isSoup = true): Entered {
  const [element, { flow, cell }] = args;
  flow.endLine(true);
  if (cell) cell.align ??= alignOf(element);
  return { scope: inside(args), end: () => flow.endLine(isSoup) };
}

/** Something with a place of its own for blocks; `end` takes what gathered there. `own`: what those inside are told. */
export function holding(
  args: StepArgs,
  levels: number,
  end: (blocks: RichBlock[]) => void,
  own?: Partial<Scope>,
): Entered {
  const [, { depth, flow: outer }] = args;
  // Past the deepest level content goes on where it stands.
  if (depth + levels > deepest) return lines(args);
  outer.endLine(true);
  const flow = own?.flow ?? new Flow();
  return {
    scope: { ...inside(args), ...nowhere, depth: depth + levels, ...own, flow },
    end: () => {
      flow.endLine(true);
      end(flow.blocks);
    },
  };
}

/** Something of one line, as a heading is: what would be blocks in it is a part of the line. */
export function oneLine(args: StepArgs, end: (line: RichInline[]) => void): Entered {
  const [, scope] = args;
  scope.flow.endLine(true);
  const flow = new LineFlow();
  return {
    scope: { ...inside(args), ...nowhere, flow, depth: Number.POSITIVE_INFINITY },
    end: () => end(flow.takeLine()),
  };
}
