import type { RichBlock, RichInline } from "../doc";
import { holding, inside, lines, oneLine } from "./enter";
import type { Flow } from "./flow";
import { foldEdge, takeMark, triangles } from "./forms";
import type { Scope, Step } from "./frame";
import { filled, List, startOf } from "./lists";
import { edgeOf, panelTypeOf, untitled } from "./panels";
import { attr } from "./parse";
import { styleOf } from "./style";
import { alignOf, cellOf, TableParts } from "./tables";

/** Lists, tables, details, panels: what holds blocks, and what its parts have to know of it. */

// One by one: as arguments of one call there could be more than a call can have.
function add(flow: Flow, blocks: RichBlock[]): void {
  for (const block of blocks) flow.block(block);
}

export const quote: Step = (...args) => {
  const [, { flow }] = args;
  return holding(args, 1, (blocks) => flow.block({ type: "blockquote", content: filled(blocks) }));
};

export const list =
  (isOrdered: boolean): Step =>
  (...args) => {
    const [element, { flow }] = args;
    const bullets = styleOf(element).get("list-style-type") ?? styleOf(element).get("list-style") ?? "";
    const made = new List(isOrdered ? startOf(attr(element, "start")) : null, bullets.includes("none"));
    return holding(args, 1, () => add(flow, made.blocks()), { flow: made.stray, list: made });
  };

export const item: Step = (...args) => {
  const [element, { list: around }] = args;
  if (around === null) return looseItem(...args);
  const ticked = attr(element, "role") === "checkbox" ? attr(element, "aria-checked") : undefined;
  const made = { checked: ticked === undefined ? null : ticked === "true" };
  return holding(args, 1, (blocks) => around.add(made.checked, blocks), { item: made });
};

/** Items that nobody put into a list; the next one joins them. */
const loose = new WeakSet<RichBlock>();
const looseItem: Step = (...args) => {
  const [, { flow }] = args;
  return holding(args, 2, (blocks) => {
    const last = flow.blocks.at(-1);
    const added = { type: "listItem" as const, content: filled(blocks) };
    if (last?.type === "bulletList" && !flow.hasLine && loose.has(last)) {
      last.content.push(added);
      return;
    }
    const made: RichBlock = { type: "bulletList", content: [added] };
    loose.add(made);
    flow.block(made);
  });
};

export const table: Step = (...args) => {
  const [, { flow }] = args;
  const made = new TableParts();
  return holding(args, 1, () => add(flow, made.blocks()), { flow: made.stray, table: made });
};

export const rowGroup =
  (isHead: boolean): Step =>
  (...args) => ({ scope: { ...inside(args), isHead } });

export const row: Step = (...args) => {
  const [, { table: around }] = args;
  around?.row();
  return around ? { scope: inside(args) } : lines(args);
};

export const cell: Step = (...args) => {
  const [element, { table: around, isHead }] = args;
  if (around === null) return lines(args);
  const made = { align: alignOf(element) };
  const isHeader = element.tagName === "th" || isHead;
  return holding(args, 2, (blocks) => around.cell(cellOf(element, isHeader, made.align, blocks)), { cell: made });
};

export const details: Step = (...args) => {
  const [element, { flow }] = args;
  const made: NonNullable<Scope["details"]> = { summary: null };
  const isOpen = attr(element, "open") !== undefined;
  // A browser says so where nobody else does.
  const end = (blocks: RichBlock[]) =>
    flow.block(detailsOf(isOpen, made.summary ?? [{ type: "text", text: "Details" }], blocks));
  return holding(args, 2, end, { details: made });
};

export const summary: Step = (...args) => {
  const [, { details: around }] = args;
  if (around === null || around.summary !== null) return lines(args);
  return oneLine(args, (line) => {
    around.summary = line;
  });
};

const detailsOf = (open: boolean, line: RichInline[], blocks: RichBlock[]): RichBlock => ({
  type: "details",
  attrs: { open },
  content: [
    { type: "detailsSummary", content: line },
    { type: "detailsContent", content: filled(blocks) },
  ],
});

/** A `div`: a panel, details as `toHtml` shows them, or only lines. */
export const box: Step = (...args) => {
  const [element, { flow, marks }] = args;
  if (edgeOf(element) === foldEdge) {
    return holding(args, 2, (blocks) => {
      const taken = takeMark(blocks, Object.values(triangles));
      if (taken === null) add(flow, blocks);
      else flow.block(detailsOf(taken.mark === triangles.open, taken.line, taken.rest));
    });
  }
  const panelType = panelTypeOf(element);
  if (panelType === null) return lines(args);
  const end = (blocks: RichBlock[]) =>
    flow.block({ type: "panel", attrs: { panelType }, content: filled(untitled(panelType, blocks)) });
  // The letters' colour is the panel's.
  return holding(args, 1, end, { marks });
};
