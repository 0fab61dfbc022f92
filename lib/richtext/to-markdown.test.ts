import { describe, expect, it } from "vitest";

import {
  blockquote,
  bold,
  bulletList,
  code,
  codeBlock,
  doc,
  hardBreak,
  heading,
  horizontalRule,
  italic,
  link,
  orderedList,
  paragraph,
  strike,
} from "./build";
import type { RichBlock, RichDoc } from "./doc";
import { hasMarker, markerComment } from "./our-block-markdown";
import { shapeOfMarkdown } from "./testing/mdast-shape";
import { shapeOfDoc } from "./testing/shape";
import { toMarkdown } from "./to-markdown";
import { toText } from "./to-text";

/** The document gives this Markdown, and an independent parser finds the document in it. */
function same(document: RichDoc, markdown: string) {
  expect(toMarkdown(document, { flavor: "gfm" }).output).toBe(markdown);
  expect(shapeOfMarkdown(markdown)).toEqual(shapeOfDoc(document));
}

const pairs: [what: string, blocks: RichBlock[], markdown: string][] = [
  ["headings", [heading(1, "a"), heading(6, "b"), heading(2)], "# a\n\n###### b\n\n##"],
  ["a heading that ends in number signs", [heading(2, "C ##")], "## C #\\#"],
  ["marks", [paragraph(bold("a"), " ", italic("b"), " ", strike("c"), " ", code("d"))], "**a** _b_ ~~c~~ `d`"],
  [
    "marks in marks",
    [paragraph(bold("a ", italic("b")), " ", link("https://x.y", bold("c")))],
    "**a _b_** [**c**](https://x.y)",
  ],
  ["marks inside a word", [paragraph("a", italic("b"), "c", bold("d"), "e")], "a<!-- -->_b_<!-- -->c**d**e"],
  ["marks around punctuation", [paragraph("a", bold('"b"'), "c")], 'a<!-- -->**"b"**<!-- -->c'],
  ["marks with spaces at their edges", [paragraph("a", bold(" b "), "c", italic(" "), "d")], "a **b** c d"],
  ["neighbours with equal marks", [paragraph(bold("a"), bold("b"))], "**ab**"],
  [
    "a mark that ends inside a link",
    [paragraph(bold("a"), link("https://x.y", bold("b "), "c"))],
    "**a**[**b** c](https://x.y)",
  ],
  ["code with backticks", [paragraph(code("a`b"), " ", code("`"), " ", code(" a "))], "``a`b`` `` ` `` `  a  `"],
  [
    "links",
    [paragraph(link("https://x.y/(a)?b=c&amp;d", "a ]b[ @c"))],
    "[a \\]b\\[ @<!-- -->c](<https://x.y/(a)?b=c\\&amp;d>)",
  ],
  ["a link that shows its address", [paragraph(link("https://x.y/a_b", "https://x.y/a_b"))], "<https://x.y/a_b>"],
  ["an exclamation mark before a link", [paragraph("a!", link("https://x.y", "b"))], "a\\![b](https://x.y)"],
  ["hard breaks", [paragraph("a ", hardBreak(), " b", hardBreak())], "a&#32;\\\n&#32;b"],
  ["bullets", [bulletList([paragraph("a"), bulletList([paragraph("b")])], [])], "- a\n  - b\n- <!-- -->"],
  [
    "numbers",
    [orderedList(9, [paragraph("a"), paragraph("b")], [codeBlock("c\n\n  d")])],
    "9. a\n\n   b\n\n10. ```\n    c\n\n      d\n    ```",
  ],
  ["two lists in a row", [bulletList([paragraph("a")]), bulletList([paragraph("b")])], "- a\n\n<!-- -->\n\n- b"],
  ["a rule in a list", [bulletList([horizontalRule()])], "- ***"],
  ["quotes", [blockquote(paragraph("a"), blockquote(paragraph("b"))), blockquote()], "> a\n> \n> > b\n\n>"],
  [
    "code blocks",
    [codeBlock("", "ts"), codeBlock("a\n"), codeBlock("~~~\n```js\n````")],
    "```ts\n```\n\n```\na\n\n```\n\n`````\n~~~\n```js\n````\n`````",
  ],
  ["empty paragraphs", [paragraph("a"), paragraph(), paragraph("b")], "a\n\nb"],
];

const harmless: [what: string, text: string, markdown: string][] = [
  ["mentions", "@here @org/team (@x) user@host @ a", "@<!-- -->here @<!-- -->org/team (@<!-- -->x) user@host @ a"],
  ["a mention behind an address", "a@b.co@here", "a@b.co@<!-- -->here"],
  ["references", "#1 GH-1 o/r#1 # a #a", "#<!-- -->1 GH-<!-- -->1 o/r#<!-- -->1 # a #a"],
  ["closing keywords", "fixes #1, Closes: o/r#2", "fixes #<!-- -->1, Closes: o/r#<!-- -->2"],
  ["an issue's address", "fixes https://github.com/o/r/issues/1", "fixes https:<!-- -->//github.com/o/r/issues/1"],
  ["quick actions", "/close\n/label ~a a/b", "\\/close\\\n\\/label \\~a a/b"],
  ["HTML", "<img> <!-- --> </p> a < b", "\\<img> \\<!-- --> \\</p> a < b"],
  ["entities", "&lt; &#64; a && b", "\\&lt; \\&#<!-- -->64; a && b"],
  ["addresses", "see https://a.b/c_d*e. www.a_b.c ftp://a_b", "see <https://a.b/c_d*e>. www\\.a_b.c ftp:<!-- -->//a_b"],
  [
    "list-like line starts",
    "1. a\n2) b\n- c\n+ d\n* e\n# f\n> g",
    "1\\. a\\\n2\\) b\\\n\\- c\\\n\\+ d\\\n\\* e\\\n\\# f\\\n\\> g",
  ],
  ["underlines and tables", "a\n===\n---\n|-|\n:-", "a\\\n\\===\\\n\\---\\\n\\|-|\\\n\\:-"],
  [
    "emphasis",
    "*a* _b_ snake_case ~~c~~ `d` \\ [e](f) $g$",
    "\\*a\\* \\_b\\_ snake_case \\~\\~c\\~\\~ \\`d\\` \\\\ \\[e](f) \\$g\\$",
  ],
  [
    "emoji names",
    ":+1: a.ts:100:5 a.ts:12:5 std::key::x",
    ":<!-- -->+1: a.ts:<!-- -->100:5 a.ts:12:5 std::<!-- -->key::x",
  ],
  ["direction and joined characters", "\u202eabc שלום 👨‍👩‍👧", "\u202eabc שלום 👨‍👩‍👧"],
];

describe("toMarkdown", () => {
  it.each(pairs)("[G5] writes %s as an independent parser reads them", (_, blocks, markdown) =>
    same(doc(...blocks), markdown),
  );
  it.each(harmless)("[G5] keeps %s plain text", (_, text, markdown) => same(doc(paragraph(text)), markdown));

  it("[G5] escapes nothing in code", () => {
    same(
      doc(paragraph(code("@here #1 <b>")), codeBlock("@here fixes #1\n/close <b>")),
      "`@here #1 <b>`\n\n```\n@here fixes #1\n/close <b>\n```",
    );
  });

  it("[G5] says what Markdown cannot hold", () => {
    expect(toMarkdown(doc(codeBlock("x", "a b`"), codeBlock("y", "``")), { flavor: "gfm" }).losses).toEqual([
      { kind: "codeBlock", count: 1, where: "x", became: "a block of ab" },
      { kind: "codeBlock", count: 1, where: "y", became: "a block without a language" },
    ]);
    expect(toMarkdown(doc(paragraph(bold("a"))), { flavor: "gfm" }).losses).toEqual([]);
  });
});

describe("the marker", () => {
  it("[G3] is found as a line of its own, and cannot be forged by text or code", () => {
    const marker = markerComment("0198-ab");
    const body = (...blocks: RichBlock[]) => toMarkdown(doc(...blocks), { flavor: "gfm" }).output;
    expect(hasMarker(`${body(paragraph("a"), codeBlock(marker))}\r\n\r\n${marker}\r\n`, "0198-ab")).toBe(true);
    for (const block of [
      paragraph(marker),
      codeBlock(marker),
      codeBlock(`\n${marker}\n\`\`\``),
      heading(1, marker),
      paragraph(`a\n${marker}`),
      paragraph(code(marker)),
    ]) {
      expect(hasMarker(body(block), "0198-ab")).toBe(false);
    }
  });

  it("[G3] refuses an id that could end the comment", () => {
    for (const id of ["", "a-->", "a b", "a--b", "<"]) expect(() => markerComment(id)).toThrow(TypeError);
  });
});

describe("toText", () => {
  it("[G5] reads like a mail", () => {
    const document = doc(
      heading(1, "a"),
      bulletList([paragraph("b")], [paragraph(bold("c"), "\nd")]),
      orderedList(3, [paragraph("e")]),
      blockquote(paragraph("f")),
      codeBlock("g\n h"),
      horizontalRule(),
      paragraph(link("https://x.y", "i"), " ", link("https://z", "https://z")),
    );
    expect(toText(document).output).toBe(
      "a\n\n- b\n- c\n  d\n\n3. e\n\n> f\n\ng\n h\n\n---\n\ni (https://x.y) https://z",
    );
  });
});
