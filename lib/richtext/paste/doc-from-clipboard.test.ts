import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import {
  blockquote,
  bold,
  bulletList,
  cell,
  code,
  codeBlock,
  details,
  doc,
  emoji,
  hardBreak,
  headerCell,
  heading,
  highlight,
  italic,
  link,
  orderedList,
  panel,
  paragraph,
  strike,
  superscript,
  table,
  taskList,
  textColour,
  underline,
} from "../build";
import { parseDoc, type RichBlock } from "../doc";
import { shapeOfDoc } from "../testing/shape";
import { docFromClipboard } from "./doc-from-clipboard";

const sample = (name: string) => readFileSync(new URL(`./samples/${name}.txt`, import.meta.url), "utf8");
const shapes = (blocks: RichBlock[]) => shapeOfDoc(parseDoc(doc(...blocks)));
const pasted = (clipboard: { html?: string; text?: string }) => {
  const found = docFromClipboard(clipboard);
  return found && shapeOfDoc(found);
};
const cells = (...values: string[]) => values.map((value) => cell([paragraph(value)]));
const heads = (...values: string[]) => values.map((value) => headerCell([paragraph(value)]));

/** What programs put on a clipboard, and what was meant. */
const programs: [string, RichBlock[]][] = [
  [
    "word",
    [
      heading(1, "Checkout fails"),
      heading(2, "Steps"),
      paragraph("Happens on ", bold("every"), " build, see ", link("https://ci.example.com/1", "build\u00a01"), "."),
      orderedList(
        1,
        [paragraph("Open the shop"), bulletList([paragraph("with a ", italic("new"), " account")])],
        [paragraph("Pay")],
      ),
      table([cell([paragraph("Browser")]), cell([paragraph(highlight("#ffff00", "fails"))], { align: "center" })]),
    ],
  ],
  [
    "word-online",
    [
      paragraph("Steps to ", bold("pay")),
      orderedList(1, [paragraph("Open"), bulletList([paragraph("as guest")])], [paragraph("Pay")]),
    ],
  ],
  [
    "google-docs",
    [
      heading(2, "Checkout"),
      paragraph(
        "It ",
        underline(italic(bold("fails"))),
        textColour("#ff0000", highlight("#ffff00", " red")),
        superscript("2"),
      ),
      bulletList([paragraph("one"), bulletList([paragraph("one a")])]),
      taskList([true, [paragraph(strike("done"))]]),
      table([cell([paragraph("a")]), cell([paragraph("1")], { align: "right" })]),
    ],
  ],
  [
    "jira-server",
    [
      heading(3, "Environment"),
      paragraph(
        ...["Build ", code("1.2"), ", ", strike("staging"), " ", underline("production"), ", ask "],
        ...[link("https://jira.example.com/secure/ViewProfile.jspa?name=ada", "Ada"), hardBreak(), "see "],
        link("https://jira.example.com/browse/APP-7", strike("APP-7")),
      ),
      paragraph(bold("Cart.java")),
      codeBlock("public int total() {\n  return 1 < 2;\n}", "java"),
      panel("info", paragraph(bold("Mind")), paragraph("the gap")),
      table(heads("OS", "Result"), cells("Linux", "(tick)")),
      bulletList([paragraph("one"), bulletList([paragraph("two")])]),
      paragraph(textColour("#de350b", "red")),
    ],
  ],
  [
    "jira-cloud",
    [
      heading(2, "Steps"),
      panel("warning", paragraph("Do ", bold("not"), " retry")),
      codeBlock("const a = 1;\npay(a);", "javascript"),
      details(["More"], [paragraph("inside")]),
      paragraph("Ask @Ada Lovelace ", emoji("tada", "🎉")),
    ],
  ],
  [
    "github",
    [
      heading(2, "Steps"),
      paragraph(
        ...["Run ", code("npm test"), ", cc ", link("https://github.com/ada", "@ada"), " ", emoji("tada", "🎉")],
        ...[", fixed by ", link("https://github.com/o/r/pull/3", "#3")],
      ),
      taskList([true, [paragraph("open")]], [false, [paragraph("pay"), taskList([false, [paragraph("by card")]])]]),
      codeBlock("const a = 1;\npay(a)", "ts"),
      panel("warning", paragraph("Hot")),
      details(["Log"], [paragraph("lines")]),
      table(
        [headerCell([paragraph("a")]), headerCell([paragraph("n")], { align: "right" })],
        [cell([paragraph("x")]), cell([paragraph("1")], { align: "right" })],
      ),
    ],
  ],
  ["github-code", [codeBlock("if (a < b) {\n  pay();\n}")]],
  [
    "gitlab",
    [
      heading(2, "Steps"),
      codeBlock("def pay\n  1\nend", "ruby"),
      paragraph("Thanks ", emoji("tada", "🎉")),
      taskList([false, [paragraph("retry")]]),
    ],
  ],
  ["vscode", [codeBlock("const a = 1;\n\n  pay(a);")]],
  ["windows-terminal", [codeBlock("PASS  cart.test.ts\nFAIL  pay.test.ts")]],
  ["apple-terminal", [codeBlock("$ npm test\n1 passing\u00a0\u00a0(3 ms)")]],
  [
    "excel",
    [
      table(
        [headerCell([paragraph("Case")]), headerCell([paragraph("Time")], { align: "right" })],
        [cell([paragraph("pays <now>")]), cell([paragraph("12")], { align: "right" })],
        [cell([paragraph("")]), cell([paragraph("9")], { align: "right" })],
      ),
    ],
  ],
  [
    "google-sheets",
    [
      table(
        heads("Browser", "Note"),
        [
          cell([paragraph("Firefox")], { rowspan: 2 }),
          cell([paragraph(link("https://ex.am/ple", "link"), hardBreak(), "two")]),
        ],
        cells("3"),
      ),
    ],
  ],
  [
    "libreoffice",
    [
      table(
        [cell([paragraph("pays")]), cell([paragraph("12")], { align: "right" })],
        [cell([paragraph("")]), cell([paragraph("9")], { align: "right" })],
      ),
    ],
  ],
];

const java = [
  "java.lang.IllegalStateException: no card",
  "    at com.example.Cart.pay(Cart.java:12)",
  "    at java.base/java.lang.Thread.run(Thread.java:833)",
  "Caused by: java.net.SocketTimeoutException",
  "    ... 23 more",
].join("\n");
const python = [
  "Traceback (most recent call last):",
  '  File "a.py", line 3, in <module>',
  "    pay()",
  "ValueError: no card",
].join("\n");
const javascript =
  "TypeError: x is undefined\n    at pay (file:///a.js:3:5)\n    at async Object.<anonymous> (b.ts:1:1)\n    at c.js:1:1";

/** Plain text, and what it clearly is; null: it is just text. */
const texts: [string, string, RichBlock[] | null][] = [
  ["just text", "a b\nc", null],
  ["text with one mark of Markdown", "- not a list\nbut a thought", null],
  ["text with tabs in some lines", "a\tb\nc", null],
  ["code that is indented with tabs", "\tif\n\t\tpay()", null],
  ["nothing", " \n", null],
  ["a terminal's colours", "\u001b[32mPASS\u001b[0m a\n\u001b[31mFAIL\u001b[0m b\n", [codeBlock("PASS a\nFAIL b")]],
  ["cells", 'Name\tTime\na\t1\n"b\nc"\t2\n', [table(heads("Name", "Time"), cells("a", "1"), cells("b\nc", "2"))]],
  ["cells without names", "1\t2\n3\t4", [table(cells("1", "2"), cells("3", "4"))]],
  ["Java's stack trace", java, [codeBlock(java)]],
  ["Python's stack trace", python, [codeBlock(python)]],
  [
    "JavaScript's stack trace with words around",
    `It fails:\n\n${javascript}\n\nWhy?`,
    [paragraph("It fails:"), codeBlock(javascript), paragraph("Why?")],
  ],
  [
    "Markdown",
    "# Steps\n\n1. a\n2. b\n\n> **c**",
    [heading(1, "Steps"), orderedList(1, [paragraph("a")], [paragraph("b")]), blockquote(paragraph(bold("c")))],
  ],
  ["Markdown's code", "See:\n\n```ts\na\n```", [paragraph("See:"), codeBlock("a", "ts")]],
];

describe("the clipboard", () => {
  it.each(programs)("[G1] gives what was copied from %s", (name, blocks) => {
    const html = sample(name);
    expect(pasted({ html })).toEqual(shapes(blocks));
    // Windows writes its line ends, and browsers pass them on.
    expect(pasted({ html: html.replaceAll("\n", "\r\n"), text: "" })).toEqual(shapes(blocks));
  });

  it.each(texts)("[G1] reads %s", (_, text, blocks) => {
    expect(pasted({ text })).toEqual(blocks && shapes(blocks));
    expect(pasted({ text: text.replaceAll("\n", "\r\n"), html: "" })).toEqual(blocks && shapes(blocks));
  });

  it("[G1] takes the text of a single cell, and not a table", () => {
    const html = '<google-sheets-html-origin><table><tr><td data-sheets-value="">a <b>b</b></td></tr></table>';
    expect(pasted({ html, text: "a b" })).toEqual(shapes([paragraph("a ", bold("b"))]));
  });

  it("[G1] takes the terminal's own text where it gives one, and a line of it as text", () => {
    expect(pasted({ html: sample("vscode"), text: "const a = 1;\n\n\tpay(a);\n" })).toEqual(
      shapes([codeBlock("const a = 1;\n\n\tpay(a);")]),
    );
    expect(pasted({ html: sample("vscode"), text: "pay(a);" })).toEqual(shapes([paragraph("pay(a);")]));
  });

  it("[G1] sees what a text is that a browser wraps in nothing but itself", () => {
    expect(pasted({ html: `<meta charset='utf-8'><span>${java}</span>`, text: java })).toEqual(
      shapes([codeBlock(java)]),
    );
    expect(pasted({ html: "<meta charset='utf-8'><span>a</span>", text: "a" })).toEqual(shapes([paragraph("a")]));
  });

  it("[G1] leaves the colours of a page where they are, and takes what somebody coloured", () => {
    const html =
      '<span style="color: rgb(23, 43, 77); font-size: 14px; orphans: 2; background-color: rgb(255, 255, 255)">a</span>' +
      '<span style="color: rgb(0, 82, 204); widows: 2">a</span>' +
      '<span style="color:#222">b</span><span style="color:white;background:#1e1e1e">c</span><span style="color:#00875a">d</span>';
    expect(pasted({ html })).toEqual(shapes([paragraph("aabc", textColour("#00875a", "d"))]));
  });

  const megabyte = (part: string) => part.repeat(Math.floor(1_048_576 / part.length));
  it.each(
    [
      "a\t",
      "a\t1\n",
      '"\t',
      '"',
      "[",
      "- a\n",
      "1. x\n",
      "`",
      "**a",
      "    at a",
      "    at a (b:1:1)\n",
      "\u001b[",
      '<p style="mso-list:l0 level1">a',
      "<table data-code-lang>",
    ].map((part) => [part, megabyte(part)] as const),
  )("[G1] reads or refuses a megabyte of %j", (part, data) => {
    const start = performance.now();
    try {
      docFromClipboard(part.startsWith("<") ? { html: data } : { text: data });
    } catch (error) {
      expect(error).toMatchObject({ kind: "invalid_input" });
    }
    // What is linear takes a fraction of this; what is quadratic takes minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
