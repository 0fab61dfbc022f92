import {
  blockquote,
  bold,
  bulletList,
  cell,
  code,
  codeBlock,
  details,
  hardBreak,
  headerCell,
  heading,
  highlight,
  horizontalRule,
  image,
  italic,
  link,
  orderedList,
  panel,
  paragraph,
  strike,
  subscript,
  superscript,
  table,
  taskList,
  underline,
} from "../build";
import type { RichBlock } from "../doc";

/** Documents that lose nothing, and the Markdown that they are, for GitHub and GitLab alike. */
export const pairs: [what: string, blocks: RichBlock[], markdown: string][] = [
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
  ["links", [paragraph(link("https://x.y/(a)?b=c&amp;d", "a ]b[ c"))], "[a \\]b\\[ c](<https://x.y/(a)?b=c\\&amp;d>)"],
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
  ["a heading with a break", [heading(2, "a\nb")], "## a<br>b"],
  [
    "marks that Markdown has no sign for",
    [paragraph("H", subscript("2"), "O ", underline("a ", bold("b")), superscript("2"), highlight(null, "c"))],
    "H<sub>2</sub>O <ins>a **b**</ins><sup>2</sup><mark>c</mark>",
  ],
  [
    "tasks",
    [
      taskList(
        [true, [paragraph("a [x]")]],
        [false, [paragraph("b"), taskList([true, [paragraph("c")]])]],
        [false, [paragraph()]],
        [true, [codeBlock("d")]],
      ),
    ],
    "- [x] a \\[x\\]\n\n- [ ] b\n  - [x] c\n\n- [ ] <!-- -->\n\n- [x] <!-- -->\n\n  ```\n  d\n  ```",
  ],
  [
    "an open task with a link that looks like a tick",
    [taskList([false, [paragraph(link("https://x.y", "x"))]])],
    "- [ ] [x<!-- -->](https://x.y)",
  ],
  [
    "tasks below bullets",
    [bulletList([paragraph("a")]), taskList([false, [paragraph("b")]])],
    "- a\n\n<!-- -->\n\n- [ ] b",
  ],
  [
    "a plain table",
    [
      table(
        [headerCell([paragraph("a|b")]), headerCell([paragraph(bold("c"))], { align: "center" })],
        [cell([paragraph(code("d|e"), " \\|")]), cell([], { align: "center" })],
      ),
    ],
    "| a\\|b | **c** |\n| --- | :-: |\n| `d\\|e` \\\\\\| |  |",
  ],
  [
    "code in a row with a bar behind a backslash",
    [table([headerCell([paragraph(code("a\\|*b*"))])])],
    "| <code>a&#92;&#124;&#42;b&#42;</code> |\n| --- |",
  ],
  [
    "a table with spans and blocks, as HTML without a blank line",
    [
      table(
        [headerCell([paragraph("a < b @c")], { colspan: 2 }), headerCell([])],
        [
          cell([paragraph("d", hardBreak(), bold("e")), bulletList([paragraph("f")])], { rowspan: 2, align: "right" }),
          cell([codeBlock("g\n\n<h>", "ts")]),
          cell([paragraph("i"), paragraph(link("https://x.y/?a=1&b=2", "#1"))]),
        ],
        [
          cell([table([cell([heading(3, "j")])])]),
          cell([blockquote(orderedList(3, [paragraph("k")])), horizontalRule()]),
        ],
      ),
    ],
    '<table>\n<tr><th colspan="2">a &lt; b @<!-- -->c</th><th></th></tr>\n' +
      '<tr><td rowspan="2" align="right"><p>d<br><strong>e</strong></p><ul><li>f</li></ul></td>' +
      '<td><pre lang="ts"><code>g&#10;&#10;&lt;h&gt;</code></pre></td>' +
      '<td><p>i</p><p><a href="https://x.y/?a=1&amp;b=2">#<!-- -->1</a></p></td></tr>\n' +
      "<tr><td><table>\n<tr><td><h3>j</h3></td></tr>\n</table></td>" +
      '<td><blockquote><ol start="3"><li>k</li></ol></blockquote><hr></td></tr>\n</table>',
  ],
  [
    "a table of HTML in a list in a quote",
    [blockquote(bulletList([paragraph("a"), table([cell([paragraph("b")])])]))],
    "> - a\n> \n>   <table>\n>   <tr><td>b</td></tr>\n>   </table>",
  ],
  [
    "details",
    [details(["a ", bold("*b*"), " #1"], [paragraph("c"), codeBlock("d")], true), details([], [])],
    "<details open>\n<summary>a <strong>*b*</strong> #<!-- -->1</summary>\n\nc\n\n```\nd\n```\n\n</details>\n\n" +
      "<details>\n<summary></summary>\n\n</details>",
  ],
  [
    "details in a list, and details in them",
    [bulletList([details(["a"], [details(["b"], [paragraph("c")])])], [paragraph("d")])],
    "- <details>\n  <summary>a</summary>\n\n  <details>\n  <summary>b</summary>\n\n  c\n\n  </details>\n\n" +
      "  </details>\n\n- d",
  ],
  [
    "panels",
    [
      panel("info", paragraph("a"), paragraph("b")),
      panel("note", orderedList(2, [paragraph("c")])),
      panel("success", paragraph(), heading(1, "d")),
      panel("warning"),
      panel("error", codeBlock("e")),
    ],
    "> [!NOTE]\n> a\n> \n> b\n\n> [!IMPORTANT]\n> \n> 2. c\n\n> [!TIP]\n> \n> # d\n\n> [!WARNING]\n> \n> <!-- -->\n\n" +
      "> [!CAUTION]\n> \n> ```\n> e\n> ```",
  ],
  [
    "pictures",
    [
      paragraph("a ", image({ src: "https://x.y/(1).png", alt: "b ]*c*\nd", title: 'e "f" &amp; g' })),
      paragraph(image({ src: "https://x.y/z.png?a=1&b=2", alt: '"h" <i>', width: 640, height: 480 })),
      paragraph(link("https://x.y", image({ src: "https://x.y/z.png" }))),
    ],
    'a ![b \\]\\*c\\*&#10;d](<https://x.y/(1).png> "e &#34;f&#34; &#38;amp; g")\n\n' +
      '<img src="https://x.y/z.png?a=1&amp;b=2" alt="&quot;h&quot; &lt;i&gt;" width="640" height="480"><!-- -->\n\n' +
      "[![](https://x.y/z.png)](https://x.y)",
  ],
];
