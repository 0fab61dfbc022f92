import type { RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import type { Converted } from "./losses";
import { type Nested, nest } from "./nest";

/** Plain text as people write it in a mail: lists with their marks, addresses in brackets after their text. */
export const toText = (doc: RichDoc): Converted => ({ output: fold(nest(doc), text, undefined), losses: [] });

const text: Table<string, undefined> = {
  doc: (node, blocks) => joinBlocks(node, blocks),
  paragraph: (_, inline) => inline.join(""),
  heading: (_, inline) => inline.join(""),
  bulletList: (_, items) => items.map((item) => hang("- ", item)).join("\n"),
  orderedList: ({ start }, items) => items.map((item, i) => hang(`${start + i}. `, item)).join("\n"),
  listItem: (node, blocks) => joinBlocks(node, blocks),
  blockquote: (node, blocks) => `> ${joinBlocks(node, blocks).replaceAll("\n", "\n> ")}`,
  codeBlock: ({ text: code }) => code,
  horizontalRule: () => "---",
  hardBreak: () => "\n",
  text: ({ text: plain }) => plain,
  bold: (_, inline) => inline.join(""),
  italic: (_, inline) => inline.join(""),
  strike: (_, inline) => inline.join(""),
  code: ({ text: code }) => code,
  link: ({ href }, inline) => {
    const label = inline.join("");
    return href === label || href === `mailto:${label}` ? label : `${label} (${href})`;
  },
};

const joinBlocks = (node: Nested, blocks: string[]) =>
  blocks.filter((block) => block !== "").join(node.type === "listItem" ? "\n" : "\n\n");

const hang = (marker: string, item: string) => `${marker}${item.replaceAll("\n", `\n${" ".repeat(marker.length)}`)}`;
