// @vitest-environment happy-dom
import { Editor, getSchema } from "@tiptap/core";
import { describe, expect, it } from "vitest";

import { code, codeBlock, doc, heading, link, orderedList, paragraph } from "@/lib/richtext/build";
import { emptyDoc, marks, nodes, parseDoc } from "@/lib/richtext/doc";
import { toMarkdown } from "@/lib/richtext/to-markdown";
import { extensions, highlight } from "./extensions";
import { readDoc } from "./read-doc";

const edit = (content: unknown) =>
  new Editor({ extensions: extensions(""), content: content as never, injectCSS: false });

describe("the editor", () => {
  it("[G1] has exactly the kinds of the document", () => {
    const schema = getSchema(extensions(""));
    expect(Object.keys(schema.nodes).sort()).toEqual(Object.keys(nodes).sort());
    expect(Object.keys(schema.marks).sort()).toEqual(Object.keys(marks).sort());
  });

  it("[G1] gives back the document that it was given, and the server takes it", () => {
    const document = parseDoc(
      doc(
        heading(6, "a"),
        paragraph(link("https://x.y/", "b"), "\n", code("c")),
        orderedList(4, [paragraph("d")]),
        codeBlock("e", "ts"),
        paragraph(),
      ),
    );
    const read = readDoc(edit(document));
    expect(parseDoc(read)).toEqual(parseDoc(JSON.parse(JSON.stringify(read))));
    expect(toMarkdown(read)).toEqual(toMarkdown(document));
    expect(readDoc(edit(emptyDoc())).content).toEqual(emptyDoc().content);
  });

  it("[G1] takes no link to a place that a document may not have", () => {
    const editor = edit("<p><a href='javascript:alert(1)'>a</a> <a href='https://x.y'>b</a></p>");
    expect(toMarkdown(readDoc(editor)).output).toBe("a [b](https://x.y)");
    editor.commands.setContent("<p>x</p>");
    editor.commands.selectAll();
    expect(editor.commands.setLink({ href: "ftp://x" })).toBe(false);
  });

  it("[G1] colours code once the grammars have come", async () => {
    const editor = edit(doc(codeBlock("const a = 1;", "typescript")));
    expect(editor.view.dom.querySelector(".hljs-keyword")).toBeNull();
    await highlight(editor);
    expect(editor.view.dom.querySelector(".hljs-keyword")?.textContent).toBe("const");
  });
});
