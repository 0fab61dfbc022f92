import { z } from "zod";

import { AppError } from "@/lib/errors";
import { makeCheck } from "./check";
import { tidy } from "./tidy";

const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** The marks, each in the JSON shape that TipTap writes. The validators, the tables and the editor derive from here. */
export const marks = {
  bold: z.object({ type: z.literal("bold") }),
  italic: z.object({ type: z.literal("italic") }),
  underline: z.object({ type: z.literal("underline") }),
  strike: z.object({ type: z.literal("strike") }),
  code: z.object({ type: z.literal("code") }),
  link: z.object({ type: z.literal("link"), attrs: z.object({ href: z.string() }) }),
  /** Without a colour it is the reader's own, as a highlighter pen is yellow. */
  highlight: z.object({
    type: z.literal("highlight"),
    attrs: z.object({ color: colour.nullish() }).default({}),
  }),
  textStyle: z.object({ type: z.literal("textStyle"), attrs: z.object({ color: colour }) }),
  subscript: z.object({ type: z.literal("subscript") }),
  superscript: z.object({ type: z.literal("superscript") }),
};

const mark = z.discriminatedUnion("type", [
  marks.bold,
  marks.italic,
  marks.underline,
  marks.strike,
  marks.code,
  marks.link,
  marks.highlight,
  marks.textStyle,
  marks.subscript,
  marks.superscript,
]);
const marked = { marks: z.array(mark).optional() };

const text = z.object({ type: z.literal("text"), text: z.string(), ...marked });
const hardBreak = z.object({ type: z.literal("hardBreak"), ...marked });
/** Shows `src`, or the attachment; one of them is set, or it says its `alt` only. Sizes are CSS pixels. */
const image = z.object({
  type: z.literal("image"),
  attrs: z
    .object({
      src: z.string().nullish(),
      alt: z.string().max(4_096).nullish(),
      title: z.string().max(4_096).nullish(),
      width: z.int().min(1).max(10_000).nullish(),
      height: z.int().min(1).max(10_000).nullish(),
      attachmentId: z.string().max(64).nullish(),
    })
    .default({}),
  ...marked,
});
/** A person of one tracker: `id` and `handle` are theirs there. In every other tracker it is the label as text. */
const mention = z.object({
  type: z.literal("mention"),
  attrs: z.object({
    id: z.string().max(256),
    label: z.string().max(256),
    handle: z.string().max(256).nullish(),
    integrationId: z.string().max(64).nullish(),
  }),
  ...marked,
});
/** `name` without colons ("tada"); `text` the characters themselves, where there are any. */
const emoji = z.object({
  type: z.literal("emoji"),
  attrs: z.object({ name: z.string().regex(/^[\w+-]{1,64}$/), text: z.string().max(32).nullish() }),
  ...marked,
});
const inline = z.array(z.discriminatedUnion("type", [text, hardBreak, image, mention, emoji])).default([]);

const paragraph = z.object({ type: z.literal("paragraph"), content: inline });
const heading = z.object({
  type: z.literal("heading"),
  attrs: z.object({ level: z.int().min(1).max(6) }),
  content: inline,
});
const codeBlock = z.object({
  type: z.literal("codeBlock"),
  attrs: z.object({ language: z.string().max(64).nullish() }).default({}),
  content: z.array(z.object({ type: z.literal("text"), text: z.string() })).default([]),
});
const horizontalRule = z.object({ type: z.literal("horizontalRule") });
/** A file of ours that stands on a line of its own. */
const attachment = z.object({
  type: z.literal("attachment"),
  attrs: z.object({
    attachmentId: z.string().max(64),
    name: z.string().max(512),
    mediaType: z.string().max(128).nullish(),
    sizeBytes: z.int().min(0).nullish(),
  }),
});

// What holds blocks is held by blocks: getters tie the knot, as zod asks.
const listItem = z.object({
  type: z.literal("listItem"),
  get content() {
    return blocks;
  },
});
const items = z.array(listItem).default([]);
const bulletList = z.object({ type: z.literal("bulletList"), content: items });
const orderedList = z.object({
  type: z.literal("orderedList"),
  attrs: z.object({ start: z.int().min(0).max(999_999_999).nullish() }).default({}),
  content: items,
});
const taskItem = z.object({
  type: z.literal("taskItem"),
  attrs: z.object({ checked: z.boolean().nullish() }).default({}),
  get content() {
    return blocks;
  },
});
const taskList = z.object({ type: z.literal("taskList"), content: z.array(taskItem).default([]) });
const blockquote = z.object({
  type: z.literal("blockquote"),
  get content() {
    return blocks;
  },
});

export const alignments = ["left", "center", "right"] as const;
const cellAttrs = z
  .object({
    colspan: z.int().min(1).max(100).nullish(),
    rowspan: z.int().min(1).max(1_000).nullish(),
    colwidth: z.array(z.int().min(0).max(10_000)).max(100).nullish(),
    align: z.enum(alignments).nullish(),
  })
  .default({});
const tableHeader = z.object({
  type: z.literal("tableHeader"),
  attrs: cellAttrs,
  get content() {
    return blocks;
  },
});
const tableCell = z.object({
  type: z.literal("tableCell"),
  attrs: cellAttrs,
  get content() {
    return blocks;
  },
});
const tableRow = z.object({
  type: z.literal("tableRow"),
  get content() {
    return cells;
  },
});
const cells: z.ZodDefault<z.ZodArray<z.ZodDiscriminatedUnion<[typeof tableHeader, typeof tableCell]>>> = z
  .array(z.discriminatedUnion("type", [tableHeader, tableCell]))
  .default([]);
const table = z.object({
  type: z.literal("table"),
  get content() {
    return rows;
  },
});
const rows: z.ZodDefault<z.ZodArray<typeof tableRow>> = z.array(tableRow).default([]);

const detailsSummary = z.object({ type: z.literal("detailsSummary"), content: inline });
const detailsContent = z.object({
  type: z.literal("detailsContent"),
  get content() {
    return blocks;
  },
});
/** A summary, and what unfolds below it. */
const details = z.object({
  type: z.literal("details"),
  attrs: z.object({ open: z.boolean().nullish() }).default({}),
  content: z.tuple([detailsSummary, detailsContent]),
});
export const panelTypes = ["info", "note", "success", "warning", "error"] as const;
const panel = z.object({
  type: z.literal("panel"),
  attrs: z.object({ panelType: z.enum(panelTypes) }),
  get content() {
    return blocks;
  },
});

const block = z.discriminatedUnion("type", [
  paragraph,
  heading,
  bulletList,
  orderedList,
  taskList,
  blockquote,
  codeBlock,
  table,
  details,
  panel,
  attachment,
  horizontalRule,
]);
const blocks: z.ZodDefault<z.ZodArray<typeof block>> = z.array(block).default([]);
const doc = z.object({ type: z.literal("doc"), content: blocks });

/** The nodes, each in the JSON shape that TipTap writes. */
export const nodes = {
  doc,
  paragraph,
  heading,
  bulletList,
  orderedList,
  listItem,
  taskList,
  taskItem,
  blockquote,
  codeBlock,
  table,
  tableRow,
  tableHeader,
  tableCell,
  details,
  detailsSummary,
  detailsContent,
  panel,
  attachment,
  horizontalRule,
  hardBreak,
  image,
  mention,
  emoji,
  text,
};

export type RichDoc = z.output<typeof doc>;
export type RichBlock = z.output<typeof block>;
export type RichItem = z.output<typeof listItem>;
export type RichTask = z.output<typeof taskItem>;
export type RichRow = z.output<typeof tableRow>;
export type RichCell = RichRow["content"][number];
export type RichInline = z.output<typeof inline>[number];
export type RichMark = z.output<typeof mark>;
export type RichDetailsPart = z.output<typeof details>["content"][number];
/** Every node that a document may have in it, itself included. */
export type RichNode = RichDoc | RichBlock | RichItem | RichTask | RichRow | RichCell | RichDetailsPart | RichInline;
export type Alignment = (typeof alignments)[number];
export type PanelType = (typeof panelTypes)[number];

const kinds: ReadonlySet<string> = new Set(Object.keys(nodes));
const markKinds: ReadonlySet<string> = new Set(Object.keys(marks));
const fits = makeCheck(nodes, marks);

/**
 * A document from anywhere, made trustworthy: kinds, places and attributes as the schemas say, sizes within `limits`,
 * links that lead to the web or to a mailbox. Throws `invalid_input` otherwise.
 */
export function parseDoc(input: unknown): RichDoc {
  const copy = tidy(input, kinds, markKinds);
  if (copy.type === "doc" && fits(copy)) {
    const fitting = copy as RichDoc; // what the schemas say, by a check that is made of them
    return fitting.content.length > 0 ? fitting : emptyDoc();
  }

  // The schemas themselves say what is wrong, and where.
  const parsed = doc.safeParse(copy);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "its beginning";
  throw new AppError("invalid_input", `The text has a part that does not fit there (${place}).`, {
    cause: parsed.error,
  });
}

/** A document with one empty paragraph, as an editor that nobody has typed into holds it. */
export const emptyDoc = (): RichDoc => ({ type: "doc", content: [{ type: "paragraph", content: [] }] });
