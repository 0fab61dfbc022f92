import { AppError } from "@/lib/errors";
import type { Alignment, marks, nodes, PanelType } from "./doc";

/** Every node and every mark: what a table has to answer for. */
export type Kind = keyof typeof nodes | keyof typeof marks;

/**
 * What a text or another inline part has to know of its place to be written safely. Bits, because most formats ask for
 * none of them. `inRow`: in a cell of a table that is `plain`, or in the summary of details, where a line is all.
 */
export const place = { lineStart: 1, lineEnd: 2, inLink: 4, inRow: 8 };

export type ImageData = {
  src: string | null;
  alt: string;
  title: string | null;
  width: number | null;
  height: number | null;
  attachmentId: string | null;
};
export type MentionData = { id: string; label: string; handle: string | null; integrationId: string | null };
export type EmojiData = { name: string; text: string | null };
export type AttachmentData = {
  attachmentId: string;
  name: string;
  mediaType: string | null;
  sizeBytes: number | null;
};
export type CellData = { colspan: number; rowspan: number; align: Alignment | null };

type Data = {
  heading: { level: number };
  orderedList: { start: number };
  taskItem: { checked: boolean };
  codeBlock: { text: string; language: string | null };
  /** `plain`: a first row of headers, none elsewhere, no spans, equally long rows, and in each cell a line at most. */
  table: { plain: boolean };
  tableHeader: CellData;
  tableCell: CellData;
  details: { open: boolean };
  panel: { panelType: PanelType };
  attachment: AttachmentData;
  image: ImageData & { place: number };
  mention: MentionData & { place: number };
  emoji: EmojiData & { place: number };
  text: { text: string; place: number };
  code: { text: string; place: number };
  link: { href: string };
  highlight: { color: string | null };
  textStyle: { color: string };
};

/** A node of the nested tree, in which marks are nodes as well. */
export type Nested<K extends Kind = Kind> = K extends Kind
  ? { type: K; children: Nested[] } & (K extends keyof Data ? Data[K] : unknown)
  : never;

/** The children of what has none. */
export const none: Nested[] = [];

/** The compiler knows that every kind is handled; a document that was never parsed may still bring another. */
export const unknownKind = (found: { type: unknown }) =>
  new AppError("invalid_input", `The text has a part of a kind that is not known here: ${String(found.type)}.`);
