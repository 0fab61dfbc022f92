import { cell, headerCell, paragraph, table } from "../build";
import type { RichBlock, RichCell, RichDoc } from "../doc";

/** Whether a spreadsheet wrote it: Excel, Google's, LibreOffice's. */
export const isSpreadsheet = (html: string): boolean =>
  /urn:schemas-microsoft-com:office:excel|Excel\.Sheet|google-sheets-html-origin|data-sheets-|\bsdval=|\bsdnum=/i.test(
    html,
  );

/** A pasted sheet: one cell is its text; a first row that is bold is the header; columns are aligned as wholes. */
export function fromSheet(doc: RichDoc): RichDoc {
  const content = doc.content.flatMap((block) => (block.type === "table" ? sheet(block) : [block]));
  return { ...doc, content };
}

function sheet(block: Extract<RichBlock, { type: "table" }>): RichBlock[] {
  const rows = block.content;
  while (rows.length > 1 && rows.at(-1)?.content.every(isBlank)) rows.pop();
  const [first] = rows;
  const [only] = first?.content ?? [];
  if (rows.length === 1 && first?.content.length === 1 && only) return only.content;
  if (first && rows.length > 1 && (first.content.every(isBold) || areNames(first.content.map(lettersOf)))) {
    first.content = first.content.map((one) => ({ ...one, type: "tableHeader", content: plain(one.content) }));
  }
  alignColumns(block);
  return [block];
}

/** Whether a first row names its columns: every cell says something, each something else, none of it a number. */
const areNames = (row: string[]) =>
  row.length > 1 && new Set(row).size === row.length && row.every((name) => /\p{L}/u.test(name) && name.length <= 60);

const lettersOf = ({ content }: RichCell) =>
  content
    .flatMap((block) => (block.type === "paragraph" ? block.content : []))
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("");

const isBlank = ({ content }: RichCell) =>
  content.every((block) => block.type === "paragraph" && block.content.length === 0);

function isBold({ content }: RichCell): boolean {
  return content.every(
    (block) =>
      block.type === "paragraph" &&
      block.content.length > 0 &&
      block.content.every((part) => part.marks?.some(({ type }) => type === "bold")),
  );
}

const plain = (blocks: RichBlock[]): RichBlock[] =>
  blocks.map((block) =>
    block.type === "paragraph"
      ? {
          ...block,
          content: block.content.map((part) => ({ ...part, marks: part.marks?.filter(({ type }) => type !== "bold") })),
        }
      : block,
  );

/** A sheet aligns each cell by what is in it. A column whose cells agree is aligned, with its header; no other is. */
function alignColumns({ content: rows }: Extract<RichBlock, { type: "table" }>): void {
  const isRegular = rows.every(({ content }) => content.length === rows[0]?.content.length);
  for (const [at] of rows[0]?.content.entries() ?? []) {
    const column = rows.flatMap(({ content }) => content[at] ?? []);
    const said = new Set(
      column.filter((one) => one.type === "tableCell" && !isBlank(one)).map(({ attrs }) => attrs.align ?? null),
    );
    const [align] = said;
    const agreed = isRegular && said.size === 1 && align !== "left" ? align : null;
    for (const one of column) one.attrs = { ...one.attrs, align: agreed ?? null };
  }
  if (!isRegular) for (const { content } of rows) for (const one of content) one.attrs = { ...one.attrs, align: null };
}

/** Lines of equally many cells with tabs between them, as a spreadsheet writes them; null for any other text. */
export function tableFromTabs(text: string): RichBlock | null {
  if (!text.includes("\t")) return null;
  const rows = splitRows(text.replace(/\n+$/, ""));
  const width = rows[0]?.length ?? 0;
  // A leading tab in every line is an indentation.
  if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) return null;
  // More is a file for another place than a description.
  if (rows.length * width > 5_000) return null;
  if (rows.every(([first]) => first === "")) return null;
  const hasHead = areNames(rows[0] ?? []);
  return table(
    ...rows.map((row, at) => row.map((value) => (hasHead && at === 0 ? headerCell : cell)([paragraph(value)]))),
  );
}

/** Cells and rows; in quotes a cell may hold a line end, a tab, and a quote as two. */
function splitRows(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/gy;
  for (let match = cells.exec(text); match; match = cells.exec(text)) {
    const [, quoted, bare = "", end] = match;
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}
