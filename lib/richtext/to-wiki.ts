import type { RichDoc } from "./doc";
import { fold, type Table } from "./fold";
import { type Converted, lose } from "./losses";
import { type Nested, nest } from "./nest";
import type { Target } from "./target";
import {
  attachment,
  codeBlock,
  details,
  heading,
  joinBlocks,
  listItem,
  panel,
  quote,
  table,
  tableCell,
  tableRow,
} from "./wiki/blocks";
import { type Context, placeBlocks } from "./wiki/context";
import { escapeWiki } from "./wiki/escape";
import { byLine, code, emoji, emphasis, image, joinInline, link, mention } from "./wiki/inline";
import { forcedBreak, taskSigns } from "./wiki/notation";

/** The markup of Jira Data Center. Text stays text: nothing in it becomes emphasis, a macro, a mention or a picture. */
export function toWiki(doc: RichDoc, target: Target = {}): Converted {
  const tree = nest(doc);
  const context: Context = { losses: [], target, ...placeBlocks(tree) };
  return { output: fold(tree, wiki, context), losses: context.losses };
}

const list = (_: Nested, items: string[]) => items.join("\n");
const isTight = (node: Nested, { where }: Context) => where.get(node)?.isTight ?? false;

const wiki: Table<string, Context> = {
  doc: (node, blocks, context) => joinBlocks(node, blocks, context, false),
  paragraph: joinInline,
  heading: (node, inline) => heading(node.level, joinInline(node, inline)),
  bulletList: list,
  orderedList: (node, items, { losses }) => {
    if (node.start !== 1) lose(losses, "orderedList", items[0] ?? "", "a list that begins with 1");
    return list(node, items);
  },
  listItem: (node, blocks, context) => listItem(node, blocks, context),
  taskList: (node, items, { losses }) => {
    lose(losses, "taskList", items[0] ?? "", `a list with ${taskSigns.done} and ${taskSigns.open}`);
    return list(node, items);
  },
  taskItem: (node, blocks, context) => listItem(node, blocks, context, node.checked ? taskSigns.done : taskSigns.open),
  blockquote: quote,
  codeBlock: (node, _, context) => codeBlock(node, context),
  table,
  tableRow,
  tableHeader: tableCell,
  tableCell,
  details,
  detailsSummary: joinInline,
  detailsContent: (node, blocks, context) => joinBlocks(node, blocks, context, isTight(node, context)),
  panel,
  attachment: (node, _, context) => attachment(node, context),
  horizontalRule: () => "----",
  hardBreak: () => forcedBreak,
  image: (node, _, context) => image(node, context),
  mention: (node, _, context) => mention(node, context),
  emoji: (node, _, context) => emoji(node, context),
  text: ({ text, place }) => escapeWiki(text, place),
  bold: (node, inline) => emphasis("*", joinInline(node, inline), "outside"),
  italic: (node, inline) => emphasis("_", joinInline(node, inline), "outside"),
  strike: (node, inline) => emphasis("-", joinInline(node, inline), "outside"),
  underline: (node, inline) => emphasis("+", joinInline(node, inline), "inside"),
  superscript: (node, inline) => emphasis("^", joinInline(node, inline), "inside"),
  subscript: (node, inline) => emphasis("~", joinInline(node, inline), "inside"),
  code: ({ text }) => code(text),
  link: (node, inline, context) => link(node, joinInline(node, inline), context),
  highlight: (node, inline, { losses }) => {
    const content = joinInline(node, inline);
    lose(losses, "highlight", content, "the text without its background");
    return content;
  },
  textStyle: (node, inline) => byLine(joinInline(node, inline), (line) => `{color:${node.color}}${line}{color}`),
};
