import type { Alignment, RichBlock, RichCell, RichRow } from "../doc";
import { Flow } from "./flow";
import { filled } from "./lists";
import { attr, type Element } from "./parse";
import { styleOf } from "./style";

/** A table in the making. `stray` gathers what stands in it outside of a cell, as a caption does: it goes above. */
export class TableParts {
  readonly stray = new Flow();
  private readonly rows: RichRow[] = [];

  row(): void {
    this.rows.push({ type: "tableRow", content: [] });
  }

  cell(cell: RichCell): void {
    if (this.rows.length === 0) this.row();
    this.rows.at(-1)?.content.push(cell);
  }

  blocks(): RichBlock[] {
    this.stray.endLine(true);
    const rows = this.rows.filter(({ content }) => content.length > 0);
    // A cell that reaches below the last row would make the table longer than it is.
    for (const [at, { content }] of rows.entries()) {
      for (const { attrs } of content) if (attrs.rowspan) attrs.rowspan = Math.min(attrs.rowspan, rows.length - at);
    }
    return rows.length === 0 ? this.stray.blocks : [...this.stray.blocks, { type: "table", content: rows }];
  }
}

export function cellOf(element: Element, isHeader: boolean, align: Alignment | null, content: RichBlock[]): RichCell {
  return {
    type: isHeader ? "tableHeader" : "tableCell",
    attrs: { colspan: span(attr(element, "colspan"), 100), rowspan: span(attr(element, "rowspan"), 1_000), align },
    content: filled(content),
  };
}

const span = (value: string | undefined, limit: number) => {
  const wanted = Number.parseInt(value ?? "", 10);
  return wanted >= 1 ? Math.min(wanted, limit) : 1;
};

/** How an element says that the lines in it stand. */
export function alignOf(element: Element): Alignment | null {
  const value = styleOf(element).get("text-align") ?? attr(element, "align")?.trim().toLowerCase();
  if (value === "left" || value === "start") return "left";
  if (value === "right" || value === "end") return "right";
  return value === "center" || value === "-webkit-center" || value === "middle" ? "center" : null;
}
