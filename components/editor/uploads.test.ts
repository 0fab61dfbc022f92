// @vitest-environment happy-dom
import type { Editor } from "@tiptap/core";
import { expect, it } from "vitest";

import { attachment, doc, image, paragraph } from "@/lib/richtext/build";
import { parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { shapeOfDoc } from "@/lib/richtext/testing/shape";
import { readDoc } from "./read-doc";
import { openEditor, type } from "./testing";
import { addFiles, type Upload, type Uploaded, UploadPlaces } from "./uploads";

const png = new File(["x"], "shot.png", { type: "image/png" });
const log = new File(["xyz"], "trace.log", { type: "text/plain" });

/** An editor whose uploads end when the test says so. */
function withUploads(content: RichDoc = doc(paragraph())) {
  const started: { done: () => void; fail: (reason: string) => void; signal: AbortSignal }[] = [];
  const news: string[] = [];
  const pending: number[] = [];
  const upload: Upload = (file, { signal }) =>
    new Promise<Uploaded>((resolve, reject) => {
      const { name, type: mediaType, size: sizeBytes } = file;
      started.push({
        done: () => resolve({ attachmentId: "0197", name, mediaType, sizeBytes, url: "/files/0197" }),
        fail: (reason) => reject(new Error(reason)),
        signal,
      });
    });
  const editor = openEditor(content, [
    UploadPlaces.configure({
      upload: () => upload,
      onNews: (count, words) => {
        pending.push(count);
        news.push(words);
      },
    }),
  ]);
  const faces = () => [...editor.view.dom.querySelectorAll<HTMLElement>(".upload")];
  const press = (label: string) =>
    editor.view.dom.querySelector<HTMLButtonElement>(`.upload button[aria-label="${label}"]`)?.click();
  return { editor, started, news, pending, faces, press };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const expectDoc = (editor: Editor, ...content: RichDoc["content"]) =>
  expect(shapeOfDoc(parseDoc(JSON.parse(JSON.stringify(readDoc(editor)))))).toEqual(shapeOfDoc(doc(...content)));

const picture = image({ attachmentId: "0197", alt: "shot.png" });
const file = attachment({ attachmentId: "0197", name: "trace.log", mediaType: "text/plain", sizeBytes: 3 });

it("[G1][G8] puts a picture where it was pasted, whatever is typed meanwhile, and undo takes it alone", async () => {
  const { editor, started, faces, pending } = withUploads();
  type(editor, "before ");
  addFiles(editor, [png]);
  type(editor, "after");
  expect(faces()).toHaveLength(1);
  expectDoc(editor, paragraph("before after"));
  started[0]?.done();
  await settled();
  expect(faces()).toHaveLength(0);
  expectDoc(editor, paragraph("before ", picture, "after"));
  editor.commands.undo();
  expectDoc(editor, paragraph("before after"));
  editor.commands.redo();
  expectDoc(editor, paragraph("before ", picture, "after"));
  expect(pending).toEqual([1, 0]);
});

it.each([
  ["one after the other", [0, 1, 2]],
  ["the last one first", [2, 1, 0]],
  ["any way", [1, 2, 0]],
])("[G1][G8] keeps the order of several files, whichever is there first: %s", async (_, order) => {
  const { editor, started } = withUploads(doc(paragraph("a"), paragraph("b")));
  editor.commands.setTextSelection(2);
  addFiles(
    editor,
    ["1.log", "2.log", "3.log"].map((name) => new File(["xyz"], name, { type: "text/plain" })),
  );
  for (const at of order) {
    started[at]?.done();
    await settled();
  }
  const names: unknown[] = [];
  editor.state.doc.forEach(({ attrs, textContent }) => void names.push(attrs.name ?? textContent));
  expect(names).toEqual(["a", "1.log", "2.log", "3.log", "b"]);

  const shots = withUploads(doc(paragraph("ab")));
  shots.editor.commands.setTextSelection(2);
  addFiles(
    shots.editor,
    ["1.png", "2.png", "3.png"].map((name) => new File(["x"], name, { type: "image/png" })),
  );
  for (const at of order) {
    shots.started[at]?.done();
    await settled();
  }
  const seen: unknown[] = [];
  shots.editor.state.doc.firstChild?.forEach(({ attrs, text }) => void seen.push(attrs.alt ?? text));
  expect(seen).toEqual(["a", "1.png", "2.png", "3.png", "b"]);
});

it("[G1][G8] is undone alone, not with the words that were typed just before", async () => {
  const { editor, started } = withUploads();
  type(editor, "before");
  addFiles(editor, [png]);
  started[0]?.done();
  await settled();
  editor.commands.undo();
  expectDoc(editor, paragraph("before"));
});

it("[G1][G8] keeps the placeholder through undo, and through deleting all around it", async () => {
  const { editor, started, faces } = withUploads();
  type(editor, "abc");
  addFiles(editor, [png]);
  editor.commands.undo();
  expect(faces()).toHaveLength(1);
  type(editor, "def");
  editor.commands.selectAll();
  editor.commands.deleteSelection();
  expect(faces()).toHaveLength(1);
  started[0]?.done();
  await settled();
  expect(JSON.stringify(readDoc(editor))).toContain("0197");
});

it("[G1][G8] puts a file on a line of its own, and in a cell into the cell", async () => {
  const plain = withUploads(doc(paragraph("abc")));
  plain.editor.commands.focus("end");
  addFiles(plain.editor, [log]);
  plain.started[0]?.done();
  await settled();
  expectDoc(plain.editor, paragraph("abc"), file);

  const table = withUploads();
  table.editor.commands.insertTable({ rows: 1, cols: 1, withHeaderRow: false });
  addFiles(table.editor, [log]);
  table.started[0]?.done();
  await settled();
  expect(JSON.stringify(readDoc(table.editor).content[0])).toContain("trace.log");
});

it("[G1][G8] says why an upload failed, and tries again or gives up as the person decides", async () => {
  const { editor, started, news, faces, press, pending } = withUploads();
  addFiles(editor, [png]);
  started[0]?.fail("The file is too large.");
  await settled();
  expect(faces()[0]?.textContent).toContain("The file is too large.");
  expect(news.at(-1)).toContain("The file is too large.");
  press("Try again: upload shot.png");
  started[1]?.fail("No connection.");
  await settled();
  press("Try again: upload shot.png");
  started[2]?.done();
  await settled();
  expectDoc(editor, paragraph(picture));
  expect(pending.at(-1)).toBe(0);

  addFiles(editor, [log]);
  press("Cancel: do not add trace.log");
  expect(started[3]?.signal.aborted).toBe(true);
  expect(faces()).toHaveLength(0);
  expectDoc(editor, paragraph(picture));
});

it("[G1][G8] stops what is under way when the editor goes", () => {
  const { editor, started } = withUploads();
  addFiles(editor, [png]);
  editor.destroy();
  expect(started[0]?.signal.aborted).toBe(true);
});

it("[G1][G8] refuses files in words where none can be stored", () => {
  const news: string[] = [];
  const editor = openEditor("", [
    UploadPlaces.configure({ upload: () => undefined, onNews: (_, words) => news.push(words) }),
  ]);
  addFiles(editor, [png]);
  expect(news).toEqual(["Files cannot be added to this text."]);
  expectDoc(editor, paragraph());
});
