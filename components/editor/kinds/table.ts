import { TableCell, TableHeader, TableRow, Table as TipTapTable } from "@tiptap/extension-table";

export const Table = TipTapTable.configure({ resizable: false, cellMinWidth: 48 });
export const Row = TableRow;
export const HeaderCell = TableHeader;
export const Cell = TableCell;
