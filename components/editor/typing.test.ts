// @vitest-environment happy-dom
import type { Editor } from "@tiptap/core";
import { describe, expect, it } from "vitest";

import {
  blockquote,
  bold,
  bulletList,
  code,
  codeBlock,
  details,
  doc,
  emoji,
  heading,
  horizontalRule,
  image,
  italic,
  link,
  orderedList,
  panel,
  paragraph,
  strike,
  taskList,
} from "@/lib/richtext/build";
import { marks, parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { shapeOfDoc } from "@/lib/richtext/testing/shape";
import { readDoc } from "./read-doc";
import { Shortcuts } from "./shortcuts";
import { openEditor, press, type } from "./testing";
import { allTools } from "./tools";

const held = (editor: Editor) => parseDoc(JSON.parse(JSON.stringify(readDoc(editor))));
const expectDoc = (editor: Editor, expected: RichDoc) =>
  expect(shapeOfDoc(held(editor))).toEqual(shapeOfDoc(parseDoc(expected)));

describe("Markdown that is typed", () => {
  it.each<[string, RichDoc]>([
    ["## a", doc(heading(2, "a"))],
    ["###### a", doc(heading(6, "a"))],
    ["- a", doc(bulletList([paragraph("a")]))],
    ["* a", doc(bulletList([paragraph("a")]))],
    ["3. a", doc(orderedList(3, [paragraph("a")]))],
    ["[] a", doc(taskList([false, [paragraph("a")]]))],
    ["[x] a", doc(taskList([true, [paragraph("a")]]))],
    ["- [ ] a", doc(taskList([false, [paragraph("a")]]))],
    ["- [x] a", doc(taskList([true, [paragraph("a")]]))],
    ["> a", doc(blockquote(paragraph("a")))],
    ["```ts a", doc(codeBlock("a", "ts"))],
    ["---", doc(horizontalRule(), paragraph())],
    ["**a** b", doc(paragraph(bold("a"), " b"))],
    ["_a_ b", doc(paragraph(italic("a"), " b"))],
    ["~~a~~ b", doc(paragraph(strike("a"), " b"))],
    ["`a` b", doc(paragraph(code("a"), " b"))],
    ["[a](https://b.c/d) e", doc(paragraph(link("https://b.c/d", "a"), " e"))],
    ["![a](https://b.c/d.png)", doc(paragraph(image({ src: "https://b.c/d.png", alt: "a" })))],
    ["a :tada: b", doc(paragraph("a ", emoji("tada", "🎉"), " b"))],
  ])("[G1] becomes what it means: %s", (text, expected) => {
    const editor = openEditor();
    type(editor, text);
    expectDoc(editor, expected);
  });

  it.each([
    "12:30:45 Foo::key::bar",
    "a == b == c",
    "![a](javascript:alert(1))",
    "![a](data:image/png;base64,xx)",
    "[a](javascript:b)",
    ":not-a-name:",
    "snake_case_name",
  ])("[G1] stays what it is where it means nothing: %s", (text) => {
    const editor = openEditor();
    type(editor, text);
    expectDoc(editor, doc(paragraph(text)));
  });
});

describe("the tools", () => {
  const tools = allTools.filter(({ id }) => !["undo", "redo", "plain"].includes(id));

  it("[G1] have no shortcut twice", () => {
    const keys = allTools.flatMap((tool) => tool.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(tools.map((tool) => [tool.id, tool] as const))("[G1] make %s, and undo takes it back", (id, tool) => {
    const editor = openEditor(doc(paragraph("word")));
    editor.commands.selectAll();
    const before = held(editor);
    tool.run(editor);
    const kinds = JSON.stringify(held(editor));
    expect(kinds).toContain(`"${id}"`);
    editor.commands.undo();
    expect(held(editor)).toEqual(before);
  });

  it.each(tools.filter(({ isOn, id }) => isOn && id !== "table").map((tool) => [tool.id, tool] as const))(
    "[G1] take %s away where it is, and its text stays",
    (_, tool) => {
      const editor = openEditor(doc(paragraph("word")));
      editor.commands.selectAll();
      tool.run(editor);
      // A mark is on what is selected, a block around the cursor.
      if (!(tool.id in marks)) editor.commands.setTextSelection(3);
      tool.run(editor);
      expectDoc(editor, doc(paragraph("word")));
    },
  );
});

describe("details", () => {
  const folded = doc(details(["Sum"], [paragraph("in")], false), paragraph("after"));

  it("[G1] open at Enter in the summary, and are left by Enter in an empty last line", () => {
    const editor = openEditor(folded);
    editor.commands.setTextSelection(5);
    press(editor, "Enter");
    type(editor, "side ");
    expectDoc(editor, doc(details(["Sum"], [paragraph("side in")], true), paragraph("after")));
    editor.commands.setTextSelection(editor.state.doc.child(0).nodeSize - 3);
    press(editor, "Enter");
    press(editor, "Enter");
    type(editor, "out");
    expectDoc(editor, doc(details(["Sum"], [paragraph("side in")], true), paragraph("out"), paragraph("after")));
  });

  it("[G1] fold without a cursor in what cannot be seen", () => {
    const editor = openEditor(doc(details(["Sum"], [paragraph("in")], true)));
    editor.commands.setTextSelection(9);
    press(editor, ".", { ctrlKey: true, altKey: true });
    type(editor, "!");
    expectDoc(editor, doc(details(["Sum!"], [paragraph("in")], false)));
  });

  it("[G1] go at Backspace at their start, and leave what they held", () => {
    const editor = openEditor(folded);
    editor.commands.setTextSelection(2);
    press(editor, "Backspace");
    expectDoc(editor, doc(paragraph("Sum"), paragraph("in"), paragraph("after")));
  });
});

describe("the keyboard", () => {
  it("[G1] does and undoes a task", () => {
    const editor = openEditor(doc(taskList([false, [paragraph("a")]])));
    editor.commands.setTextSelection(4);
    press(editor, "x", { ctrlKey: true, altKey: true });
    expectDoc(editor, doc(taskList([true, [paragraph("a")]])));
    press(editor, "x", { ctrlKey: true, altKey: true });
    expectDoc(editor, doc(taskList([false, [paragraph("a")]])));
  });

  it("[G1] leaves the text by Tab, except where Tab means something in it", () => {
    const editor = openEditor(doc(paragraph("word")));
    expect(press(editor, "Tab")).toBe(false);
    editor.commands.setContent({ type: "doc", content: [panel("info", paragraph("word"))] });
    expect(press(editor, "Tab")).toBe(false);
    editor.commands.setContent({ type: "doc", content: [bulletList([paragraph("a")], [paragraph("b")])] });
    editor.commands.setTextSelection(8);
    expect(press(editor, "Tab")).toBe(true);
    expectDoc(editor, doc(bulletList([paragraph("a"), bulletList([paragraph("b")])])));
  });

  it("[G1] leads out of a table to the toolbar, where each Tab would go on in it", () => {
    let isThere = false;
    const reach = Shortcuts.configure({
      onToolbar: () => {
        isThere = true;
        return true;
      },
    });
    const editor = openEditor("", [reach]);
    editor.commands.insertTable();
    expect(press(editor, "Tab")).toBe(true);
    expect(press(editor, "F10", { altKey: true })).toBe(true);
    expect(isThere).toBe(true);
  });
});
