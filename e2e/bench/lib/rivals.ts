import { type Extensions, getSchema } from "@tiptap/core";
import { Highlight } from "@tiptap/extension-highlight";
import { Image } from "@tiptap/extension-image";
import { TaskItem, TaskList } from "@tiptap/extension-list";
import { TableKit } from "@tiptap/extension-table";
import { TextStyle } from "@tiptap/extension-text-style";
import { generateHTML } from "@tiptap/html/server";
import { MarkdownManager } from "@tiptap/markdown";
import { Node } from "@tiptap/pm/model";
import { StarterKit } from "@tiptap/starter-kit";
import { defaultMarkdownSerializer as known, MarkdownSerializer } from "prosemirror-markdown";
import type { RichDoc } from "@/lib/richtext/doc";

const extensions: Extensions = [
  StarterKit,
  TableKit,
  TaskList,
  TaskItem.configure({ nested: true }),
  Image.configure({ inline: true }),
  Highlight,
  TextStyle,
];
const schema = getSchema(extensions);
const manager = new MarkdownManager({ extensions });
const { nodes, marks } = known;

// Its own rules, under the names that TipTap gives to the same kinds.
const serializer = new MarkdownSerializer(
  {
    ...nodes,
    bulletList: (state, node) => state.renderList(node, "  ", () => "- "),
    orderedList: (state, node) => state.renderList(node, "   ", (at) => `${(node.attrs.start ?? 1) + at}. `),
    listItem: (state, node) => state.renderContent(node),
    codeBlock: (state, node) => {
      state.write(`\`\`\`${node.attrs.language ?? ""}\n`);
      state.text(node.textContent, false);
      state.write("\n```");
      state.closeBlock(node);
    },
    horizontalRule: (state, node) => {
      state.write("---");
      state.closeBlock(node);
    },
    hardBreak: (state) => state.write("\\\n"),
  },
  {
    ...marks,
    bold: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
    italic: { open: "*", close: "*", mixable: true, expelEnclosingWhitespace: true },
    strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
  },
);

/** What others make of a document; prosemirror-markdown knows the common kinds alone. */
export const rivals = {
  prosemirrorMarkdown: (doc: RichDoc) => serializer.serialize(Node.fromJSON(schema, doc)),
  tiptapMarkdown: (doc: RichDoc) => manager.serialize(doc),
  tiptapHtml: (doc: RichDoc) => generateHTML(doc, extensions),
};
