import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  attachment,
  blockquote,
  bold,
  bulletList,
  cell,
  code,
  codeBlock,
  details,
  doc,
  emoji,
  headerCell,
  heading,
  highlight,
  horizontalRule,
  image,
  italic,
  link,
  mention,
  orderedList,
  panel,
  paragraph,
  strike,
  subscript,
  superscript,
  table,
  taskList,
  textColour,
  underline,
} from "./build";
import { parseDoc, type RichBlock } from "./doc";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { lostText } from "./testing/text";
import { toText } from "./to-text";

const written: [what: string, blocks: RichBlock[], text: string][] = [
  ["headings and paragraphs", [heading(1, "a"), paragraph("b\nc")], "a\n\nb\nc"],
  [
    "bullets",
    [bulletList([paragraph("b")], [paragraph("c\nd"), bulletList([paragraph("e")])])],
    "- b\n- c\n  d\n  - e",
  ],
  ["numbers", [orderedList(3, [paragraph("e")], [paragraph("f")])], "3. e\n4. f"],
  ["tasks", [taskList([true, [paragraph("a")]], [false, [paragraph("b\nc")]])], "[x] a\n[ ] b\n    c"],
  ["quotes", [blockquote(paragraph("f"), paragraph("g"))], "> f\n> \n> g"],
  ["code", [codeBlock("g\n h"), paragraph(code("@i"))], "g\n h\n\n@i"],
  ["rules", [paragraph("a"), horizontalRule()], "a\n\n---"],
  [
    "tables",
    [table([headerCell([paragraph("a")]), headerCell([paragraph("b")])], [cell([paragraph("c")]), cell([])])],
    "a | b\nc | ",
  ],
  ["cells of many lines", [table([cell([paragraph("a\nb"), bulletList([paragraph("c")])])])], "a / b / - c"],
  ["details", [details(["a"], [paragraph("b"), paragraph("c")]), paragraph("d")], "a\n  b\n  \n  c\n\nd"],
  ["panels", [panel("warning", paragraph("b\nc"))], "Warning:\n  b\n  c"],
  ["attachments", [attachment({ attachmentId: "1", name: "a.log" })], "Attachment: a.log"],
  [
    "pictures",
    [
      paragraph(
        image({ src: "https://x.y/a.png", alt: "a", title: "b" }),
        " ",
        image({ src: "https://x.y" }),
        " ",
        image({ alt: "c" }),
      ),
    ],
    "a, b (https://x.y/a.png) https://x.y c",
  ],
  ["mentions", [paragraph("hi ", mention({ id: "1", label: "Ada" }))], "hi Ada"],
  ["emoji", [paragraph(emoji("tada", "🎉"), emoji("octocat"))], "🎉:octocat:"],
  [
    "links",
    [paragraph(link("https://x.y", "i"), " ", link("https://z", "https://z"), " ", link("mailto:a@b.c", "a@b.c"))],
    "i (https://x.y) https://z a@b.c",
  ],
  [
    "raised and lowered text",
    [paragraph("10", superscript("2"), " H", subscript("2"), "O e", superscript("a b"))],
    "10^2 H_2O e^(a b)",
  ],
];

describe("toText", () => {
  it.each(written)("[G5] writes %s as people do in a mail", (_, blocks, text) =>
    expect(toText(doc(...blocks)).output).toBe(text),
  );

  it("[G5] says what plain text cannot hold", () => {
    const losses = (...blocks: RichBlock[]) => toText(doc(...blocks)).losses;
    expect(losses(paragraph(link("https://x.y", "b"), superscript("c")), taskList([true, []]))).toEqual([]);
    for (const mark of [bold, italic, underline, strike, code]) {
      expect(losses(paragraph(mark("a")))).toMatchObject([{ count: 1, where: "a", became: "the text without it" }]);
    }
    expect(
      losses(paragraph(highlight(null, "a"), textColour("#ff0000", "b"), "c", textColour("#00ff00", "d"))),
    ).toEqual([
      { kind: "highlight", count: 1, where: "a", became: "the text without it" },
      { kind: "textStyle", count: 2, where: "b", became: "the text without it" },
    ]);
    expect(losses(table([cell([paragraph("a\nb")])]))).toMatchObject([{ kind: "tableCell" }]);
    expect(losses(heading(1, "a"), heading(2, "b"))).toEqual([
      { kind: "heading", count: 2, where: "a", became: "a line as any other" },
    ]);
    expect(losses(codeBlock("a\n b"))).toMatchObject([{ kind: "codeBlock", where: "a\n b" }]);
    expect(losses(details(["a"], [paragraph("b")]))).toMatchObject([{ kind: "details", where: "a" }]);
    expect(losses(paragraph(image({ src: "https://x.y", alt: "a" }), image({ alt: "b" })))).toEqual([
      { kind: "image", count: 1, where: "a", became: "its name and address" },
      { kind: "image", count: 1, where: "b", became: "its name" },
    ]);
    expect(losses(table([headerCell([paragraph("a")], { colspan: 2, align: "right" })]))).toEqual([
      { kind: "tableHeader", count: 1, where: "a", became: "a cell that reaches over no other" },
      { kind: "tableHeader", count: 1, where: "a", became: "a cell with its text on the left" },
    ]);
  });

  it("[G5] loses no text of any document", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const document = parseDoc(raw);
        expect(lostText(document, toText(document).output)).toBeNull();
      }),
      fuzz,
    );
  });
});
