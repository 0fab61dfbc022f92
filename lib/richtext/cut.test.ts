import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attachment,
  blockquote,
  bold,
  bulletList,
  cell,
  codeBlock,
  details,
  doc,
  headerCell,
  heading,
  panel,
  paragraph,
  table,
  taskList,
} from "./build";
import { keepStart, sizeOf } from "./cut";
import { parseDoc, type RichBlock, type RichDoc } from "./doc";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { textOf } from "./testing/text";

const parsed = anyDoc.map(parseDoc);
const line = (text: string): RichBlock[] => [paragraph(text)];
const long = "x".repeat(3_000);

describe("what is kept of a part that is cut", () => {
  it.each<[what: string, whole: RichDoc, size: number, kept: RichDoc]>([
    ["a paragraph: its first letters", doc(paragraph("abcdef")), 4, doc(paragraph("abc"))],
    ["no half of a character", doc(paragraph("a🙂b")), 3, doc(paragraph("a"))],
    ["code: whole lines", doc(codeBlock("one\ntwo\nthree")), 11, doc(codeBlock("one\ntwo\n"))],
    ["a single endless line of code", doc(codeBlock("abcdef")), 4, doc(codeBlock("abc"))],
    [
      "a table: whole rows",
      doc(table([headerCell(line("h"))], [cell(line("one"))], [cell(line("two"))])),
      13,
      doc(table([headerCell(line("h"))], [cell(line("one"))])),
    ],
    ["a table of which no row fits: nothing", doc(paragraph("a"), table([cell(line(long))])), 900, doc(paragraph("a"))],
    [
      "a cell does not reach over rows that are gone",
      doc(table([cell(line("a"), { rowspan: 3 }), cell(line("b"))], [cell(line("c"))], [cell(line(long))])),
      50,
      doc(table([cell(line("a"), { rowspan: 2 }), cell(line("b"))], [cell(line("c"))])),
    ],
    ["a list: whole items", doc(bulletList(line("one"), line("two"))), 8, doc(bulletList(line("one")))],
    [
      "a task list: whole tasks",
      doc(taskList([true, line("one")], [false, line("two")])),
      8,
      doc(taskList([true, line("one")])),
    ],
    [
      "an item that is long by itself: its start",
      doc(bulletList(line("one"), [paragraph("Log"), codeBlock(`${long}\n${long}`)])),
      3_050,
      doc(bulletList(line("one"), [paragraph("Log"), codeBlock(`${long}\n`)])),
    ],
    [
      "details: the summary and the start of the content",
      doc(details(["Log"], [codeBlock("one\ntwo\nthree")])),
      14,
      doc(details(["Log"], [codeBlock("one\ntwo\n")])),
    ],
    ["details of whose content nothing fits: nothing", doc(details(["Summary"], line("one"))), 9, doc()],
    [
      "a quotation and a panel",
      doc(blockquote(paragraph("ab"), panel("info", paragraph("cdef")))),
      9,
      doc(blockquote(paragraph("ab"), panel("info", paragraph("cde")))),
    ],
    ["a heading that does not fit at all: nothing", doc(paragraph("ab"), heading(1, "cd")), 4, doc(paragraph("ab"))],
    [
      "a file: whole or not",
      doc(paragraph("ab"), attachment({ attachmentId: "1", name: "a.log" })),
      3,
      doc(paragraph("ab")),
    ],
    [
      "nothing after what was cut, however small",
      doc(paragraph(bold("abcdef")), paragraph("g")),
      4,
      doc(paragraph(bold("abc"))),
    ],
  ])("[G5] %s", (_, whole, size, kept) => expect(keepStart(whole, size)).toEqual(kept));
});

it("[G5] a start of any document is one: a prefix that splits no character, no larger than asked, and valid", () => {
  fc.assert(
    fc.property(parsed, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
      const size = Math.floor(sizeOf(whole) * share);
      const kept = keepStart(whole, size);
      expect(sizeOf(kept)).toBeLessThanOrEqual(size + 1);
      const [start, all] = [kept, whole].map((one) => textOf(one).replace(/\s+/g, ""));
      expect(all?.startsWith(start ?? "")).toBe(true);
      expect(() => encodeURIComponent(textOf(kept)), "half a character").not.toThrow();
      if (kept.content.length > 0) expect(parseDoc(kept)).toEqual(kept);
    }),
    fuzz,
  );
});

it("[G5] with room for all of it, a document is itself", () => {
  fc.assert(
    fc.property(parsed, (whole) => {
      expect(keepStart(whole, sizeOf(whole))).toEqual(whole);
    }),
    fuzz,
  );
});
