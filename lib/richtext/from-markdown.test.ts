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
import { fromMarkdown } from "./from-markdown";
import { shapeOfDoc } from "./testing/shape";

const p = paragraph;
type Pair = [what: string, markdown: string, blocks: RichBlock[]];

/** What trackers send, and what it says. Both sides are reviewed by eye. */
const github: Pair[] = [
  ["marks", "**a** _b_ ~~c~~ `d`", [p(bold("a"), " ", italic("b"), " ", strike("c"), " ", code("d"))]],
  ["lines that end as on Windows", "a\r\nb\r\n\r\nc", [p("a", hardBreak(), "b"), p("c")]],
  ["hard breaks", "a  \nb\\\nc<br>d", [p("a", hardBreak(), "b", hardBreak(), "c", hardBreak(), "d")]],
  ["headings", "# a\n\n### b\n\nc\n---", [heading(1, "a"), heading(3, "b"), heading(2, "c")]],
  ["a rule", "a\n\n***", [p("a"), horizontalRule()]],
  ["code", "```ts title=x\na\n\n```\n\n    b", [codeBlock("a\n", "ts"), codeBlock("b")]],
  ["lists", "- a\n  1. b\n\n3. c", [bulletList([p("a"), orderedList(1, [p("b")])]), orderedList(3, [p("c")])]],
  ["tasks", "- [x] a\n- [ ] b", [taskList([true, [p("a")]], [false, [p("b")]])]],
  [
    "a list in which some are tasks",
    "1. a\n2. [x] b\n3. c",
    [orderedList(1, [p("a")]), taskList([true, [p("b")]]), orderedList(3, [p("c")])],
  ],
  ["a quote", "> a\n>\n> > b", [blockquote(p("a"), blockquote(p("b")))]],
  ["NOTE", "> [!NOTE]\n> a **b**\n>\n> c", [panel("info", p("a ", bold("b")), p("c"))]],
  ["IMPORTANT", "> [!IMPORTANT]\n>\n> - a", [panel("note", bulletList([p("a")]))]],
  ["TIP", "> [!tip]  \n> a", [panel("success", p("a"))]],
  ["WARNING", "> [!WARNING]\n> `a`", [panel("warning", p(code("a")))]],
  ["CAUTION", "> [!CAUTION]\n> <!-- -->", [panel("error")]],
  ["no alert behind a backslash", "> \\[!NOTE]\n> a", [blockquote(p("[!NOTE]", hardBreak(), "a"))]],
  ["no alert with more in its line", "> [!NOTE] a", [blockquote(p("[!NOTE] a"))]],
  ["no alert of an unknown kind", "> [!FOO]\n> a", [blockquote(p("[!FOO]", hardBreak(), "a"))]],
  [
    "a table",
    "| a | b |\n|:--|--:|\n| `x\\|y` | **c** |\n| d |",
    [
      table(
        [headerCell([p("a")], { align: "left" }), headerCell([p("b")], { align: "right" })],
        [cell([p(code("x|y"))], { align: "left" }), cell([p(bold("c"))], { align: "right" })],
        [cell([p("d")], { align: "left" }), cell([], { align: "right" })],
      ),
    ],
  ],
  [
    "HTML around parts of a line",
    "<ins>**a** b</ins> <u>c</u> H<sub>2</sub>O x<sup>2</sup> <mark>d</mark> <kbd>Ctrl</kbd> <b>e</b> <i>f</i> <s>g</s>",
    [
      p(
        underline(bold("a"), " b"),
        " ",
        underline("c"),
        " H",
        subscript("2"),
        "O x",
        superscript("2"),
        " ",
        highlight(null, "d"),
        " ",
        code("Ctrl"),
        " ",
        bold("e"),
        " ",
        italic("f"),
        " ",
        strike("g"),
      ),
    ],
  ],
  ["colours", '<span style="color: #ff0000">a</span>b', [p(textColour("#ff0000", "a"), "b")]],
  [
    "a link and a picture in HTML",
    '<a href="https://x.y">a</a> <img src="https://x.y/z.png" alt="b" width="20">',
    [p(link("https://x.y", "a"), " ", image({ src: "https://x.y/z.png", alt: "b", width: 20 }))],
  ],
  ["HTML inside of marks", "**<ins>a</ins>**", [p(bold(underline("a")))]],
  ["HTML that nobody closed", "<ins>a\n\nb", [p(underline("a")), p("b")]],
  ["HTML that was never opened", "a</ins> b", [p("a b")]],
  [
    "what looks like HTML",
    "List<String> x <foo@bar> Map<K, V>",
    [p("List<String> x ", link("mailto:foo@bar", "foo@bar"), " Map<K, V>")],
  ],
  [
    "what must not run",
    "<script>alert(1)</script>\n\na <iframe src=x></iframe>",
    [p("<script>alert(1)</script>"), p("a <iframe src=x></iframe>")],
  ],
  [
    "details",
    "<details open>\n<summary>s <b>t</b></summary>\n\n**a**\n\n- b\n\n</details>\n\nc",
    [details(["s ", bold("t")], [p(bold("a")), bulletList([p("b")])], true), p("c")],
  ],
  [
    "details in details",
    "<details><summary>s</summary>\n\n<details><summary>t</summary>\n\na\n\n</details>\n\n</details>",
    [details(["s"], [details(["t"], [p("a")])])],
  ],
  ["details with HTML alone", "<details><summary>s</summary>a</details>", [details(["s"], [p("a")])]],
  [
    "Markdown in a summary",
    "<details>\n<summary>\n\n## s\n\n</summary>\n\na\n\n</details>",
    [details(["s"], [p("a")])],
  ],
  [
    "a table in HTML",
    '<table>\n<tr><th align="center">a</th><th>b</th></tr>\n<tr><td colspan="2">c</td></tr>\n</table>',
    [table([headerCell([p("a")], { align: "center" }), headerCell([p("b")])], [cell([p("c")], { colspan: 2 })])],
  ],
  [
    "Markdown in a table in HTML",
    "<table><tr><td>\n\n**a**\n\n```js\nb\n```\n\n</td></tr></table>",
    [table([cell([p(bold("a")), codeBlock("b", "js")])])],
  ],
  [
    "a list in a cell",
    "| a |\n|---|\n| <ul><li>b</li></ul> |",
    [table([headerCell([p("a")])], [cell([bulletList([p("b")])])])],
  ],
  [
    "a picture in the middle",
    '<p align="center">\n  <img src="https://x.y/z.png">\n</p>',
    [p(image({ src: "https://x.y/z.png" }))],
  ],
  ["comments", "a<!-- x -->b\n\n<!--\ntemplate\n-->\n\nc", [p("ab"), p("c")]],
  ["our own marks", "<!-- faultline-1 -->\n\na\n\n<!-- /faultline-1 -->", [p("a")]],
  ["notes", "a[^1]\n\n[^1]: b", [p("a[^1]"), p("[^1]: b")]],
  [
    "references",
    "[a][r] ![b][r] [c]\n\n[r]: https://x.y/z 't'",
    [p(link("https://x.y/z", "a"), " ", image({ src: "https://x.y/z", alt: "b", title: "t" }), " [c]")],
  ],
  [
    "bare addresses",
    "https://x.y/z. www.x.y a@b.cd",
    [
      p(
        link("https://x.y/z", "https://x.y/z"),
        ". ",
        link("http://www.x.y", "www.x.y"),
        " ",
        link("mailto:a@b.cd", "a@b.cd"),
      ),
    ],
  ],
  ["addresses that lead elsewhere", "[a](javascript:x) [b](c/d) ![e](data:x)", [p("a b e")]],
  [
    "emoji",
    ":tada: :unknown: a:+1:b :octocat:",
    [p(emoji("tada", "🎉"), " :unknown: a", emoji("+1", "👍"), "b ", emoji("octocat"))],
  ],
  ["no emoji where a comment parts it", ":<!-- -->tada:", [p(":tada:")]],
  [
    "formulas",
    "$x^2$ $`a_b`$ costs $5 or $6\n\n$$\na_b\n+ c\n$$\n\n\\$d$",
    [p(code("x^2"), " ", code("a_b"), " costs $5 or $6"), codeBlock("a_b\n+ c", "math"), p("$d$")],
  ],
  ["settings of a page", "---\ntitle: a\n---\n\nb", [codeBlock("title: a", "yaml"), p("b")]],
  ["a rule that is no beginning of settings", "---\na\n---", [horizontalRule(), heading(2, "a")]],
];

const gitlab: Pair[] = [
  ["lines that go on", "a\nb", [p("a b")]],
  ["changes", "{+ a +} [- b -]", [p(underline("a"), " ", strike("b"))]],
  ["quotes of several lines", ">>>\na\n\nb\n>>>\n\nc", [blockquote(p("a"), p("b")), p("c")]],
  ["code that looks like them", "```\n>>>\n```", [codeBlock(">>>")]],
  ["an alert with a title", "> [!warning] t\n> a", [panel("warning", p(bold("t")), p("a"))]],
];

const same = (found: unknown, blocks: RichBlock[]) =>
  expect(shapeOfDoc(parseDoc(found))).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));

describe("[I4] Markdown that comes in", () => {
  it.each(github)("[I4] GitHub: %s", (_, markdown, blocks) => {
    same(fromMarkdown(markdown), blocks);
  });

  it.each(gitlab)("[I4] GitLab: %s", (_, markdown, blocks) => {
    same(fromMarkdown(markdown, { flavor: "glfm" }), blocks);
  });

  it("[I4] people are mentioned only where the tracker sees one, and only if it is known which tracker", () => {
    const ada = mention({ id: "ada", label: "ada", handle: "ada", integrationId: "here" });
    const markdown = "@ada, me@ada.com `@ada` [@ada](https://x.y) @<!-- -->ada @ada/ (@ada) @ada.b";
    same(fromMarkdown(markdown, { integrationId: "here" }), [
      p(
        ada,
        ", ",
        link("mailto:me@ada.com", "me@ada.com"),
        " ",
        code("@ada"),
        " ",
        link("https://x.y", "@ada"),
        " @ada @ada/ (",
        ada,
        ") @ada.b",
      ),
    ]);
    expect(JSON.stringify(fromMarkdown(markdown))).not.toContain("mention");
    same(fromMarkdown("@a.b_c @g/s", { integrationId: "here", flavor: "glfm" }), [
      p(
        mention({ id: "a.b_c", label: "a.b_c", handle: "a.b_c", integrationId: "here" }),
        " ",
        mention({ id: "g/s", label: "g/s", handle: "g/s", integrationId: "here" }),
      ),
    ]);
  });

  it("[I4] finds people and emoji in HTML as well, and none where a comment parts them", () => {
    const ada = mention({ id: "ada", label: "ada", handle: "ada", integrationId: "here" });
    same(fromMarkdown("<p>@ada :tada: @<!-- -->ada</p>", { integrationId: "here" }), [
      p(ada, " ", emoji("tada", "🎉"), " @ada"),
    ]);
  });

  it("[I4] addresses of the tracker itself", () => {
    same(fromMarkdown("[a](/x) ![b](/uploads/c.png)", { baseUrl: "https://git.example/o/r" }), [
      p(link("https://git.example/x", "a"), " ", image({ src: "https://git.example/uploads/c.png", alt: "b" })),
    ]);
  });

  it("[I4] a word of the text cannot pass for a piece that was put aside", () => {
    same(fromMarkdown("slotn0n slot <ins>slotn1n</ins> &#115;lotn0n"), [
      p("slotn0n slot ", underline("slotn1n"), " slotn0n"),
    ]);
  });
});
