import type { Editor, JSONContent } from "@tiptap/core";

import type { RichDoc } from "@/lib/richtext/doc";

const leaves: ReadonlySet<string> = new Set([
  "text",
  "hardBreak",
  "horizontalRule",
  "image",
  "mention",
  "emoji",
  "attachment",
]);

/** ProseMirror leaves empty contents out; a document of ours always has them. */
const complete = (node: JSONContent): JSONContent =>
  leaves.has(node.type ?? "") ? node : { ...node, content: node.content?.map(complete) ?? [] };

/** What the editor holds. Its schema has exactly the kinds of a RichDoc, which a test guards; the server parses anyway. */
export const readDoc = (editor: Pick<Editor, "getJSON">): RichDoc => complete(editor.getJSON()) as RichDoc;
