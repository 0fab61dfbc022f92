import { z } from "zod";

import { AppError } from "@/lib/errors";
import { tidy } from "./tidy";

/** The marks, each in the JSON shape that TipTap writes. The validators, the tables and the editor derive from here. */
export const marks = {
  bold: z.object({ type: z.literal("bold") }),
  italic: z.object({ type: z.literal("italic") }),
  strike: z.object({ type: z.literal("strike") }),
  code: z.object({ type: z.literal("code") }),
  link: z.object({ type: z.literal("link"), attrs: z.object({ href: z.string() }) }),
};

const mark = z.discriminatedUnion("type", [marks.bold, marks.italic, marks.strike, marks.code, marks.link]);
const text = z.object({ type: z.literal("text"), text: z.string(), marks: z.array(mark).optional() });
const hardBreak = z.object({ type: z.literal("hardBreak"), marks: z.array(mark).optional() });
const inline = z.array(z.discriminatedUnion("type", [text, hardBreak])).default([]);

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

// A list item and a quote hold blocks, which hold list items and quotes: getters tie the knot, as zod asks.
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
const blockquote = z.object({
  type: z.literal("blockquote"),
  get content() {
    return blocks;
  },
});

const block = z.discriminatedUnion("type", [
  paragraph,
  heading,
  bulletList,
  orderedList,
  blockquote,
  codeBlock,
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
  blockquote,
  codeBlock,
  horizontalRule,
  hardBreak,
  text,
};

export type RichDoc = z.output<typeof doc>;
export type RichBlock = z.output<typeof block>;
export type RichItem = z.output<typeof listItem>;
export type RichInline = z.output<typeof inline>[number];
export type RichMark = z.output<typeof mark>;

const kinds: ReadonlySet<string> = new Set(Object.keys(nodes));
const markKinds: ReadonlySet<string> = new Set(Object.keys(marks));

/**
 * A document from anywhere, made trustworthy: kinds, places and attributes as the schemas say, sizes within `limits`,
 * links that lead to the web or to a mailbox. Throws `invalid_input` otherwise.
 */
export function parseDoc(input: unknown): RichDoc {
  const parsed = doc.safeParse(tidy(input, kinds, markKinds));
  if (parsed.success) return parsed.data.content.length > 0 ? parsed.data : emptyDoc();

  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "its beginning";
  throw new AppError("invalid_input", `The text has a part that does not fit there (${place}).`, {
    cause: parsed.error,
  });
}

/** A document with one empty paragraph, as an editor that nobody has typed into holds it. */
export const emptyDoc = (): RichDoc => ({ type: "doc", content: [{ type: "paragraph", content: [] }] });
