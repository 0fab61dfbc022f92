// @vitest-environment happy-dom
import { Fragment, Slice } from "@tiptap/pm/model";
import { AllSelection } from "@tiptap/pm/state";
import { beforeAll, describe, expect, it } from "vitest";

import {
  attachment,
  bold,
  codeBlock,
  doc,
  emoji,
  highlight,
  image,
  link,
  mention,
  paragraph,
} from "@/lib/richtext/build";
import { emptyDoc, parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { shapeOfDoc } from "@/lib/richtext/testing/shape";
import { Clipboard, foreign } from "./clipboard";
import { readDoc } from "./read-doc";
import { openEditor, press } from "./testing";
import { UploadPlaces } from "./uploads";

type Copied = { html?: string; text?: string; files?: File[] };
const news: string[] = [];
const open = (content: RichDoc = emptyDoc()) =>
  openEditor(content, [Clipboard, UploadPlaces.configure({ onNews: (_, words) => news.push(words) })]);
type Opened = ReturnType<typeof open>;

function paste(editor: Opened, { html = "", text = "", files = [] }: Copied) {
  const given: Record<string, string> = { "text/html": html, "text/plain": text };
  const data = { getData: (type: string) => given[type] ?? "", files, types: [] };
  const event = Object.assign(new Event("paste"), { clipboardData: data }) as unknown as ClipboardEvent; // what is read of one
  const slice = text ? new Slice(Fragment.from(editor.schema.text(text)), 0, 0) : Slice.empty;
  return editor.view.someProp("handlePaste", (take) => take(editor.view, event, slice)) === true;
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const held = (editor: Opened) => shapeOfDoc(parseDoc(JSON.parse(JSON.stringify(readDoc(editor)))));

describe("the editor's clipboard", () => {
  beforeAll(foreign);

  it("[G1] keeps what is highlighted, in its colour", () => {
    const editor = open(doc(paragraph("a ", highlight("#baf3db", "b"), " ", highlight(null, "c"))));
    const before = held(editor);
    const { dom } = editor.view.serializeForClipboard(new AllSelection(editor.state.doc).content());
    editor.commands.selectAll();
    editor.view.pasteHTML(dom.innerHTML);
    expect(held(editor)).toEqual(before);
  });

  it("[G1] keeps all that is known of a file, a picture, a person and an emoji", () => {
    const file = { attachmentId: "0197", name: "a.log", mediaType: "text/plain", sizeBytes: 12 };
    const person = { id: "5b", label: "Ada", handle: "ada", integrationId: "here" };
    const picture = { src: null, alt: "b", title: "c", width: 80, height: 40, attachmentId: "0198" };
    const editor = open(doc(paragraph(mention(person), emoji("tada", "🎉"), image(picture)), attachment(file)));
    const { dom } = editor.view.serializeForClipboard(new AllSelection(editor.state.doc).content());
    editor.commands.selectAll();
    editor.view.pasteHTML(dom.innerHTML);
    const found = new Map<string, unknown>();
    editor.state.doc.descendants(({ type, attrs }) => void found.set(type.name, attrs));
    expect(found.get("attachment")).toEqual(file);
    expect(found.get("mention")).toEqual(person);
    expect(found.get("emoji")).toEqual({ name: "tada", text: "🎉" });
    expect(found.get("image")).toEqual(picture);
  });

  it("[G1] reads what other programs copy, and lets it join the line that it is pasted into", async () => {
    const editor = open(doc(paragraph("ab")));
    editor.commands.setTextSelection(2);
    expect(paste(editor, { html: "<b>X</b>", text: "X" })).toBe(true);
    await settled();
    expect(held(editor)).toEqual(shapeOfDoc(doc(paragraph("a", bold("X"), "b"))));
  });

  it("[G1] a table takes the place of an empty line, and the cursor goes to its end", async () => {
    const editor = open(doc(paragraph("a"), paragraph(), paragraph("b")));
    editor.commands.setTextSelection(4);
    paste(editor, { html: "<table><tr><td>x</td><td>y</td></tr></table>", text: "x\ty" });
    await settled();
    expect(editor.getJSON().content.map(({ type }) => type)).toEqual(["paragraph", "table", "paragraph"]);
    editor.commands.insertContent("!");
    expect(editor.getText()).toContain("y!");
  });

  it("[G1] pastes plain text by its own key, letter for letter", async () => {
    const editor = open();
    const keys = { ctrlKey: true, shiftKey: true, key: "V" };
    editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { ...keys, bubbles: true }));
    paste(editor, { html: "<b>X</b>", text: "**X** `y`" });
    await settled();
    expect(held(editor)).toEqual(shapeOfDoc(doc(paragraph("**X** `y`"))));
    // The next one is an ordinary one again.
    press(editor, "v", { ctrlKey: true });
    editor.commands.setContent("");
    paste(editor, { html: "<b>X</b>", text: "X" });
    await settled();
    expect(held(editor)).toEqual(shapeOfDoc(doc(paragraph(bold("X")))));
  });

  it("[G1] leaves code and a link over a selection to those who know them", () => {
    const inCode = open(doc(codeBlock("x")));
    inCode.commands.setTextSelection(1);
    expect(paste(inCode, { html: "<b>X</b>", text: "X" })).toBe(false);

    const selected = open(doc(paragraph("abc")));
    selected.commands.selectAll();
    paste(selected, { text: "https://a.b/c" });
    expect(held(selected)).toEqual(shapeOfDoc(doc(paragraph(link("https://a.b/c", "abc")))));
  });

  it("[G1][G8] takes a file for a file, unless it is the picture of a text that is there as well", async () => {
    const png = new File(["x"], "image.png", { type: "image/png" });
    const editor = open();
    paste(editor, { files: [png] });
    expect(news).toEqual(["Files cannot be added to this text."]);
    paste(editor, { html: "<p>cells</p>", text: "cells", files: [png] });
    await settled();
    expect(news).toHaveLength(1);
    expect(held(editor)).toEqual(shapeOfDoc(doc(paragraph("cells"))));
    // A picture of a page: HTML around it that says nothing.
    paste(editor, { html: "<meta><img src='https://a.b/c.png'>", files: [png] });
    expect(news).toHaveLength(2);
  });
});
