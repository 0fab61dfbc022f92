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
import type { RichDoc } from "./doc";
import { parseDoc } from "./doc";
import { fromHtml } from "./from-html";
import { shapeOfDoc } from "./testing/shape";
import { toHtml } from "./to-html";

const rel = ' rel="noopener noreferrer nofollow"';
const edge = "border:1px solid #c1c7d0;padding:4px 8px";
const target = {
  integrationId: "here",
  attachment: (id: string) =>
    id === "unseen"
      ? null
      : { url: `https://ado.example.com/_apis/wit/attachments/${id}?a=1&b=2`, embeds: id === "shot" },
};

/** What is said, the document, its HTML. Each is read back as the same document. */
const same: [string, RichDoc, string][] = [
  ["a paragraph", doc(paragraph("a < b & c > d")), "<p>a &lt; b &amp; c &gt; d</p>"],
  ["markup as text", doc(paragraph("<script>alert(1)</script>")), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
  ["spaces that a browser would swallow", doc(paragraph(" a  b")), '<p style="white-space:pre-wrap"> a  b</p>'],
  ["two spaces in two nodes", doc(paragraph("a ", bold(" b"))), '<p style="white-space:pre-wrap">a <b> b</b></p>'],
  ["a no-break space", doc(paragraph("10\u00a0km")), "<p>10\u00a0km</p>"],
  ["headings", doc(heading(1, "a"), heading(6, "b")), "<h1>a</h1><h6>b</h6>"],
  [
    "lists",
    doc(bulletList([paragraph("a"), orderedList(3, [paragraph("b")])])),
    '<ul><li>a<ol start="3"><li>b</li></ol></li></ul>',
  ],
  [
    "an item of two paragraphs",
    doc(bulletList([paragraph("a"), paragraph("b")])),
    "<ul><li><p>a</p><p>b</p></li></ul>",
  ],
  [
    "tasks",
    doc(taskList([true, [paragraph("a"), taskList([false, [paragraph("b")]])]], [false, [codeBlock("c")]])),
    '<ul style="list-style-type:none"><li>☑ a<ul style="list-style-type:none"><li>☐ b</li></ul></li>' +
      "<li><p>☐</p><pre><code>c</code></pre></li></ul>",
  ],
  ["an item that only looks like a task", doc(bulletList([paragraph("☐ a")])), "<ul><li>☐ a</li></ul>"],
  ["a quote", doc(blockquote(paragraph("a"))), "<blockquote><p>a</p></blockquote>"],
  ["code", doc(codeBlock("\n  a < b\n", "c++")), '<pre title="Code: c++"><code>\n  a &lt; b\n\n</code></pre>'],
  [
    "a table",
    doc(
      table(
        [headerCell([paragraph("h")], { align: "center" }), headerCell([paragraph("i")])],
        [cell([paragraph("a"), codeBlock("b")], { colspan: 2, rowspan: 1 })],
      ),
    ),
    `<table style="border-collapse:collapse;margin:8px 0px"><tbody><tr><th style="${edge};text-align:center">h</th><th style="${edge}">i</th></tr>` +
      `<tr><td colspan="2" style="${edge}"><p>a</p><pre><code>b</code></pre></td></tr></tbody></table>`,
  ],
  [
    "a panel",
    doc(panel("warning", paragraph("a"))),
    '<div style="border-left:4px solid #ff991f;background-color:#fffae6;color:#172b4d;padding:8px 12px;margin:8px 0px">' +
      "<p><b>Warning</b></p><p>a</p></div>",
  ],
  ["a rule", doc(horizontalRule()), "<hr>"],
  ["breaks", doc(paragraph("a", hardBreak(), hardBreak(), "b")), "<p>a<br><br>b</p>"],
  [
    "a picture",
    doc(paragraph(image({ src: "https://a.b/c.png?d=e&f", alt: 'a "b"', title: "t", width: 10, height: 20 }))),
    '<p><img src="https://a.b/c.png?d=e&amp;f" alt="a &quot;b&quot;" title="t" width="10" height="20"></p>',
  ],
  [
    "an emoji",
    doc(paragraph(emoji("tada", "🎉"), emoji("octocat"))),
    '<p><span title=":tada:">🎉</span><span title=":octocat:">:octocat:</span></p>',
  ],
  [
    "a person of there",
    doc(paragraph(mention({ id: 'a"b', label: "Ada", integrationId: "here" }))),
    '<p><a href="#" data-vss-mention="version:2.0,a&quot;b">@Ada</a></p>',
  ],
  [
    "marks",
    doc(paragraph(bold("b"), italic("i"), underline("u"), strike("s"), code("c"), subscript("x"), superscript("y"))),
    "<p><b>b</b><i>i</i><u>u</u><s>s</s><code>c</code><sub>x</sub><sup>y</sup></p>",
  ],
  [
    "a link",
    doc(paragraph(link('https://a.b/?c=d&e="f"', bold("g")))),
    `<p><a href="https://a.b/?c=d&amp;e=%22f%22"${rel}><b>g</b></a></p>`,
  ],
  [
    "colours",
    doc(
      paragraph(textColour("#ff0000", "a"), highlight(null, "b"), highlight("#000080", "c"), highlight("#fff0b3", "d")),
    ),
    '<p><span style="color:#ff0000">a</span><span style="background-color:#fff0b3;color:#172b4d">b</span>' +
      '<span style="background-color:#000080;color:#ffffff">c</span><span style="background:#fff0b3;color:#172b4d">d</span></p>',
  ],
  [
    "a colour on a highlight",
    doc(paragraph(textColour("#ff0000", highlight(null, 'a";color:#123456">')))),
    '<p><span style="color:#ff0000"><span style="background-color:#fff0b3">a";color:#123456"&gt;</span></span></p>',
  ],
];

/** What Azure DevOps cannot hold: the document, its HTML, what is lost. */
const lossy: [string, RichDoc, string, string[]][] = [
  [
    "details",
    doc(details(["s ", bold("t")], [paragraph("a")], true)),
    '<div style="border-left:4px solid #c1c7d0;padding:0px 12px;margin:8px 0px"><p>▾ s <b>t</b></p><p>a</p></div>',
    ["details 1 “s t”: shown unfolded, because nothing folds there"],
  ],
  [
    "a person of elsewhere",
    doc(paragraph(mention({ id: "1", label: "<b>", integrationId: "elsewhere" }))),
    "<p>&lt;b&gt;</p>",
    ["mention 1 “<b>”: the name as text, because it is nobody there"],
  ],
  [
    "a person in a link",
    doc(paragraph(link("https://a.b", mention({ id: "1", label: "Ada", integrationId: "here" })))),
    `<p><a href="https://a.b"${rel}>Ada</a></p>`,
    ["mention 1 “Ada”: the name as text, because it stands in a link"],
  ],
  [
    "files",
    doc(
      attachment({ attachmentId: "log", name: "a.log" }),
      attachment({ attachmentId: "unseen", name: "<b>.log" }),
      paragraph(
        image({ attachmentId: "shot", alt: "s" }),
        image({ attachmentId: "log", alt: "l" }),
        image({ attachmentId: "unseen", alt: "u" }),
      ),
    ),
    `<p><a href="https://ado.example.com/_apis/wit/attachments/log?a=1&amp;b=2"${rel}>a.log</a></p><p>&lt;b&gt;.log</p>` +
      '<p><img src="https://ado.example.com/_apis/wit/attachments/shot?a=1&amp;b=2" alt="s">' +
      `<a href="https://ado.example.com/_apis/wit/attachments/log?a=1&amp;b=2"${rel}>l</a>u</p>`,
    [
      "attachment 1 “<b>.log”: its name, because the file cannot be seen there",
      "image 1 “l”: a link to it, because it cannot be shown there",
      "image 1 “u”: its description, because it cannot be seen there",
    ],
  ],
];

describe("HTML for Azure DevOps", () => {
  it.each(same)("[G5] [I4] writes %s, and reads it back", (_, input, html) => {
    const said = parseDoc(input);
    expect(toHtml(said, target)).toEqual({ output: html, losses: [] });
    expect(shapeOfDoc(fromHtml(html, target))).toEqual(shapeOfDoc(said));
  });

  it.each(lossy)("[G5] [G8] writes %s in the nearest form, and says so", (_, input, html, losses) => {
    const written = toHtml(parseDoc(input), target);
    expect(written.output).toBe(html);
    expect(written.losses.map(({ kind, count, where, became }) => `${kind} ${count} “${where}”: ${became}`)).toEqual(
      losses,
    );
  });

  it("[I4] reads details back as details", () => {
    const said = parseDoc(doc(details(["s ", bold("t")], [paragraph("a")], true), details(["u"], [])));
    expect(shapeOfDoc(fromHtml(toHtml(said).output))).toEqual(shapeOfDoc(said));
  });

  // Not parsed first: a document of our own making has no better protection.
  it.each([
    ["javascript:alert(1)", "<p>x</p>"],
    ["data:text/html,x", "<p>x</p>"],
    ['https://a.b/"onclick="x', `<p><a href="https://a.b/&quot;onclick=&quot;x"${rel}>x</a></p>`],
  ])("[G5] links only to the web and to mailboxes: %s", (href, html) => {
    expect(toHtml(doc(paragraph(link(href, "x")))).output).toBe(html);
  });

  it("[G5] clamps spans", () => {
    const wide = doc(table([cell([paragraph("a")], { colspan: 1e9, rowspan: 1e9 })]));
    expect(toHtml(wide).output).toContain(`<td colspan="100" rowspan="1000" style="${edge}">a</td>`);
  });
});
