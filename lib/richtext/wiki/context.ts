import type { Loss } from "../losses";
import type { Nested } from "../nested";
import type { Target } from "../target";

/** Where a block stands, as far as it decides how it is written. */
export type Where = {
  /** The signs of the lists around it, such as `*#`. */
  bullets: string;
  /** In an item or a cell: there a blank line would end the list or the table. */
  isTight: boolean;
  isInCell: boolean;
  /** The macros around it. Jira ends a macro at its name, wherever that stands, so none can hold itself. */
  inside: readonly string[];
};

export type Context = {
  losses: Loss[];
  target: Target;
  where: ReadonlyMap<Nested, Where>;
  /** How many empty cells stand before and after a cell, for those that it or a cell above reached over. */
  gaps: ReadonlyMap<Nested, { before: number; after: number }>;
};

const outermost: Where = { bullets: "", isTight: false, isInCell: false, inside: [] };
/** Empty cells that a document gets at most: spans are numbers that anybody can write. */
const mostGaps = 20_000;

/** What a block has to know from above, found before the tree is folded from below. `nest` has bounded its depth. */
export function placeBlocks(tree: Nested): Pick<Context, "where" | "gaps"> {
  const where = new Map<Nested, Where>();
  const gaps = new Map<Nested, { before: number; after: number }>();
  let gapCount = 0;

  function visit(node: Nested, here: Where): void {
    where.set(node, here);
    switch (node.type) {
      case "paragraph":
      case "heading":
      case "codeBlock":
      case "horizontalRule":
      case "attachment":
      case "detailsSummary":
        return;
      case "bulletList":
      case "taskList":
      case "orderedList": {
        const bullets = here.bullets + (node.type === "orderedList" ? "#" : "*");
        for (const item of node.children) visit(item, { ...here, bullets, isTight: true });
        return;
      }
      default:
        if (node.type === "table") placeGaps(node);
        for (const child of node.children) visit(child, inside(node, here));
    }
  }

  function placeGaps(table: Nested<"table">): void {
    /** The first row, for each column, that no cell from above reaches into. */
    const free: number[] = [];
    for (const [at, row] of table.children.entries()) {
      let column = 0;
      for (const cell of row.children) {
        if (cell.type !== "tableCell" && cell.type !== "tableHeader") continue;
        let before = 0;
        for (; (free[column] ?? 0) > at && gapCount < mostGaps; column++) {
          before += 1;
          gapCount += 1;
        }
        const after = Math.min(cell.colspan - 1, mostGaps - gapCount);
        gapCount += after;
        if (before > 0 || after > 0) gaps.set(cell, { before, after });
        for (let i = 0; i <= after; i++) free[column + i] = at + cell.rowspan;
        column += after + 1;
      }
    }
  }

  visit(tree, outermost);
  return { where, gaps };
}

function inside(node: Nested, here: Where): Where {
  if (node.type === "blockquote") return within("quote", here);
  if (node.type === "panel" || node.type === "details") return within("panel", here);
  if (node.type !== "tableHeader" && node.type !== "tableCell") return here;
  return { ...here, bullets: "", isTight: true, isInCell: true };
}

/** A macro that is around already stays unwritten, and what is in it stands where it would have stood. */
const within = (macro: string, here: Where): Where =>
  here.inside.includes(macro)
    ? here
    : { bullets: "", isTight: false, isInCell: false, inside: [...here.inside, macro] };
