import type { RichBlock, RichCell, RichRow } from "../doc";
import { type BlockReading, content, readBlocks } from "./read-blocks";
import { spend } from "./read-inline";
import { readImage, readLink } from "./read-link";

export const isTableLine = (line: string): boolean => /^[ \t]*\|/.test(line);

/** The table that begins at that line. A row goes on until a line ends with a bar, or another begins with one. */
export function readTable(
  lines: readonly string[],
  from: number,
  reading: BlockReading,
): { blocks: RichBlock[]; next: number } {
  const rows: string[] = [];
  let open: string[] = [];
  const endRow = () => {
    if (open.length > 0) rows.push(open.join("\n"));
    open = [];
  };
  let next = from;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (/^\s*$/.test(line) || (open.length === 0 && !isTableLine(line))) break;
    if (isTableLine(line)) endRow();
    open.push(line);
    if (/\|[ \t\r]*$/.test(line)) endRow();
  }
  endRow();

  const inside = { ...reading, depth: reading.depth + 1 };
  const read = rows.map((row) => cellsOf(row, inside));
  const width = Math.min(
    read.reduce((most, cells) => Math.max(most, cells.length), 1),
    200,
  );
  const content = read.map(
    (cells): RichRow => ({ type: "tableRow", content: [...cells, ...blank(width - cells.length)] }),
  );
  return { blocks: [{ type: "table", content }], next };
}

/** Editors and trackers want rows of one length. */
const blank = (count: number): RichCell[] =>
  Array.from({ length: Math.max(0, count) }, () => ({ type: "tableCell", attrs: {}, content: [] }));

/** The cells of a row: bars part them, but not those of a link or a picture, nor what a backslash protects. */
function cellsOf(row: string, reading: BlockReading): RichCell[] {
  const text = row.trim();
  const cells: RichCell[] = [];
  let from = 1;
  let isHeader = false;
  const endCell = (to: number) => {
    spend(reading.spent);
    const type = isHeader ? ("tableHeader" as const) : ("tableCell" as const);
    const lines = content(text.slice(from, to)).split("\n");
    cells.push({ type, attrs: {}, content: readBlocks(lines, reading) });
    isHeader = false;
  };
  for (let i = 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\") i += 1;
    else if (character === "[") i = (readLink(text, i, reading.origin)?.end ?? i + 1) - 1;
    else if (character === "!") i = (readImage(text, i, reading.origin)?.end ?? i + 1) - 1;
    else if (character === "|") {
      if (i === from && text.charAt(i - 1) === "|") isHeader = true;
      else endCell(i);
      from = i + 1;
    }
  }
  if (from < text.length) endCell(text.length);
  return cells.length > 0 ? cells : blank(1);
}
