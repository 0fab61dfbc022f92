import { type Extensions, getSchema } from "@tiptap/core";
import { generateHTML } from "@tiptap/html/server";
import { MarkdownManager } from "@tiptap/markdown";
import { Node } from "@tiptap/pm/model";
import { StarterKit } from "@tiptap/starter-kit";
import { defaultMarkdownSerializer as known, MarkdownSerializer } from "prosemirror-markdown";

const extensions: Extensions = [StarterKit];
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

/** What others make of a document in the JSON of an editor with the usual kinds. */
export const rivals = {
  prosemirrorMarkdown: (json: string) => serializer.serialize(Node.fromJSON(schema, JSON.parse(json))),
  tiptapMarkdown: (json: string) => manager.serialize(JSON.parse(json)),
  tiptapHtml: (json: string) => generateHTML(JSON.parse(json), extensions),
};
