// @vitest-environment happy-dom
import { Editor, getSchema } from "@tiptap/core";
import { describe, expect, it } from "vitest";

import * as build from "@/lib/richtext/build";
import { emptyDoc, marks, nodes, type RichDoc } from "@/lib/richtext/doc";
import { lostText, textOf } from "@/lib/richtext/testing/text";
import { extensions } from "./extensions";
import { forEditor } from "./for-editor";
import { highlight } from "./kinds/code-block";
import { readDoc } from "./read-doc";

const { doc, paragraph, codeBlock } = build;
const edit = (content: RichDoc | string) =>
  new Editor({
    extensions: extensions(""),
    content: typeof content === "string" ? content : forEditor(content),
    injectCSS: false,
  });

/** What TipTap knows of a link beside its address; the document does not, and parsing leaves it out. */
const besides: Record<string, string[]> = { link: ["class", "rel", "target", "title"] };

type Attributed = { shape: { attrs?: unknown } };
function attributesOf(schema: Attributed): string[] {
  const attrs = schema.shape.attrs;
  if (attrs === undefined) return [];
  // A default wraps the object; both are zod's own.
  const inner = attrs as { def: { innerType?: { shape: object } }; shape?: object };
  return Object.keys(inner.shape ?? inner.def.innerType?.shape ?? {}).sort();
}

describe("the editor", () => {
  const schema = getSchema(extensions(""));

  it("[G1] has exactly the kinds of the document", () => {
    expect(Object.keys(schema.nodes).sort()).toEqual(Object.keys(nodes).sort());
    expect(Object.keys(schema.marks).sort()).toEqual(Object.keys(marks).sort());
  });

  it.each([...Object.entries(nodes), ...Object.entries(marks)])("[G1] knows every attribute of %s", (kind, zod) => {
    const type = schema.nodes[kind] ?? schema.marks[kind];
    const found = Object.keys(type?.spec.attrs ?? {}).filter((name) => !besides[kind]?.includes(name));
    expect(found.sort()).toEqual(attributesOf(zod as Attributed));
  });

  it("[G1] gives back nothing as the document that says nothing", () => {
    expect(readDoc(edit(emptyDoc())).content).toEqual(emptyDoc().content);
  });

  it.each<[string, RichDoc["content"]]>([
    ["a quote", [{ type: "blockquote", content: [] }]],
    ["a list", [{ type: "bulletList", content: [] }]],
    ["a numbered list", [{ type: "orderedList", attrs: { start: 3 }, content: [] }]],
    ["a list of tasks", [{ type: "taskList", content: [] }]],
    ["an item", [{ type: "bulletList", content: [{ type: "listItem", content: [] }] }]],
    ["a table", [{ type: "table", content: [] }]],
    ["a row", [{ type: "table", content: [{ type: "tableRow", content: [] }] }]],
    ["a panel", [{ type: "panel", attrs: { panelType: "note" }, content: [] }]],
    ["a text", [codeBlock("x"), { type: "codeBlock", attrs: {}, content: [{ type: "text", text: "" }] }]],
  ])("[G1] opens a document with %s that is empty, and loses no text", (_, content) => {
    const given = doc(paragraph("before"), ...content, paragraph("after"));
    const read = readDoc(edit(given));
    expect(() => schema.nodeFromJSON(JSON.parse(JSON.stringify(read))).check()).not.toThrow();
    expect(read.content).toHaveLength(given.content.length);
    expect(lostText(given, textOf(read))).toBeNull();
  });

  it("[G1] takes no link and no picture from a place that a document may not name", () => {
    const editor = edit(
      "<p><a href='javascript:alert(1)'>a</a> <a href='https://x.y'>b</a><img src='data:image/png;base64,xx'></p>",
    );
    const [first] = readDoc(editor).content;
    expect(JSON.stringify(first)).not.toMatch(/javascript|data:/);
    expect(JSON.stringify(first)).toContain("https://x.y");
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
