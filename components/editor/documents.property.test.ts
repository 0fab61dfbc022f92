// @vitest-environment happy-dom
import { getSchema } from "@tiptap/core";
import type { Node, Slice } from "@tiptap/pm/model";
import { AllSelection, Plugin } from "@tiptap/pm/state";
import fc from "fast-check";
import { expect, it } from "vitest";

import { marks as allMarks, parseDoc, type RichDoc, type RichMark } from "@/lib/richtext/doc";
import { anyDoc, countMade, docsOf } from "@/lib/richtext/testing/arbitrary";
import { fuzz } from "@/lib/richtext/testing/runs";
import { shapeOfDoc } from "@/lib/richtext/testing/shape";
import { Clipboard } from "./clipboard";
import { extensions } from "./extensions";
import { forEditor } from "./for-editor";
import { readDoc } from "./read-doc";
import { openEditor } from "./testing";

// The make-believe browser draws slowly; what it is needed for is tried on fewer documents.
const drawn = (most: number) => ({ ...fuzz, numRuns: Math.min(fuzz.numRuns, most) });
const shapeOfRead = (read: RichDoc) => shapeOfDoc(parseDoc(JSON.parse(JSON.stringify(read))));
const shapeOfNode = (node: Node) => shapeOfRead(readDoc({ getJSON: () => node.toJSON() }));

it("[G1] the editor's schema holds every document as it is", () => {
  const schema = getSchema(extensions(""));
  fc.assert(
    fc.property(anyDoc, (made) => {
      const given = parseDoc(made);
      const node = schema.nodeFromJSON(forEditor(given));
      node.check();
      expect(shapeOfNode(node)).toEqual(shapeOfDoc(given));
    }),
    fuzz,
  );
  countMade();
});

it("[G1] the editor gives back the document that it was given, with all that it does of itself", () => {
  const editor = openEditor();
  fc.assert(
    fc.property(anyDoc, (made) => {
      const given = parseDoc(made);
      editor.commands.setContent(forEditor(given), { emitUpdate: false, errorOnInvalidContent: true });
      expect(shapeOfRead(readDoc(editor))).toEqual(shapeOfDoc(given));
    }),
    drawn(100),
  );
});

// ProseMirror takes a line break at the end of <mark> for one that browsers put there, and leaves it out.
const marks = (Object.keys(allMarks) as RichMark["type"][]).filter((mark) => mark !== "highlight");

it("[G1] every kind is kept by what is copied in the editor and pasted in it", () => {
  const editor = openEditor("", [Clipboard]);
  let pasted: Slice | undefined;
  const catches = new Plugin({
    props: {
      handlePaste: (_, __, slice) => {
        pasted = slice;
        return true;
      },
    },
  });
  // Behind ours, which hands on what is marked as its own.
  editor.registerPlugin(catches);
  fc.assert(
    fc.property(docsOf({ marks }), (made) => {
      const given = parseDoc(made);
      const copied = editor.schema.nodeFromJSON(forEditor(given));
      const { dom } = editor.view.serializeForClipboard(new AllSelection(copied).content());
      expect(dom.innerHTML).toContain("data-faultline");
      const data = { getData: (type: string) => (type === "text/html" ? dom.innerHTML : ""), files: [] };
      const event = Object.assign(new Event("paste"), { clipboardData: data }) as unknown as ClipboardEvent; // what is read of one
      editor.view.pasteHTML(dom.innerHTML, event);
      if (!pasted) throw new Error("Nothing was pasted.");
      expect(shapeOfNode(editor.schema.topNodeType.create(null, pasted.content))).toEqual(shapeOfDoc(given));
    }),
    drawn(100),
  );
});
