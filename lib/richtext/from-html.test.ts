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
import type { RichBlock } from "./doc";
import { emptyDoc, parseDoc } from "./doc";
import { blocksFromHtml, fromHtml } from "./from-html";
import { shapeOfDoc } from "./testing/shape";

const origin = { integrationId: "here", baseUrl: "https://dev.example.com/org/p/" };

/** What others send, and the document that it is. */
const read: [string, string, RichBlock[]][] = [
  [
    "divs as lines",
    "<div>a</div><div><br></div><div>b<div>c</div>d</div>",
    [paragraph("a"), paragraph("b"), paragraph("c"), paragraph("d")],
  ],
  ["text without any block", "a <b>b</b>", [paragraph("a ", bold("b"))]],
  ["an empty line between breaks", "a<br>b<br><br>c", [paragraph("a", hardBreak(), "b"), paragraph("c")]],
  ["white space as a browser shows it", "<p>\n a <b> b </b>\n c\t</p>\n", [paragraph("a ", bold("b "), "c")]],
  ["white space that is kept", '<p style="white-space: pre-wrap"> a  b\nc</p>', [paragraph(" a  b\nc")]],
  ["a no-break space", "<p>a&nbsp;b</p>", [paragraph("a\u00a0b")]],
  ["headings with blocks in them", "<h2>a<div>b</div><pre>c</pre></h2>", [heading(2, "a b ", code("c"))]],
  ["a heading in a heading", "<h1>a<div><h2>b</h2>c</div></h1>", [heading(1, "a b c")]],
  [
    "bold and its undoing",
    '<b>a<span style="font-weight:normal">b</span></b><span style="font-weight:700">c</span>',
    [paragraph(bold("a"), "b", bold("c"))],
  ],
  [
    "each mark by each name",
    "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike><kbd>f</kbd><samp>g</samp><tt>h</tt><sub>i</sub><sup>j</sup>" +
      '<span style="text-decoration: underline line-through">k</span><span style="font-style:italic">l</span><span style="vertical-align:super">m</span>',
    [
      paragraph(
        ...[bold("a"), italic("b"), underline("c"), strike("d"), strike("e"), code("f"), code("g"), code("h")],
        ...[subscript("i"), superscript("j"), underline(strike("k")), italic("l"), superscript("m")],
      ),
    ],
  ],
  [
    "colours",
    '<font color="red">a</font><span style="color: rgb(0, 128, 0)">b</span><mark>c</mark><span style="background:#ff0 none">d</span>',
    [
      paragraph(
        textColour("#ff0000", "a"),
        textColour("#008000", "b"),
        highlight(null, "c"),
        highlight("#ffff00", "d"),
      ),
    ],
  ],
  [
    "a list nested beside its item",
    "<ul><li>a</li><ul><li>b</li></ul></ul>",
    [bulletList([paragraph("a"), bulletList([paragraph("b")])])],
  ],
  [
    "text in a list, items in none",
    "<ol start=4>a<li>b</ol><li>c</li><li>d</li>",
    [orderedList(4, [paragraph("a")], [paragraph("b")]), bulletList([paragraph("c")], [paragraph("d")])],
  ],
  [
    "tasks among items",
    '<ul><li>a<li><input type="checkbox" checked> b<li><p><label><input type=checkbox>c</label></p></ul>',
    [bulletList([paragraph("a")]), taskList([true, [paragraph("b")]], [false, [paragraph("c")]])],
  ],
  [
    "numbers that go on after tasks",
    "<ol><li>a<li><input type=checkbox>b<li>c</ol>",
    [orderedList(1, [paragraph("a")]), taskList([false, [paragraph("b")]]), orderedList(3, [paragraph("c")])],
  ],
  ["a box that begins no item", "<p><input type=checkbox checked>a</p>", [paragraph("☑ a")]],
  ["a quote of text", "<blockquote>a</blockquote>", [blockquote(paragraph("a"))]],
  ["code with its language", '<pre><code class="hljs language-ts">a\n  b\n</code></pre>', [codeBlock("a\n  b", "ts")]],
  [
    "GitHub's code",
    '<div class="highlight highlight-source-shell"><pre><span>a</span> b</pre></div>',
    [codeBlock("a b", "shell")],
  ],
  [
    "GitLab's code",
    '<pre class="code highlight" data-canonical-lang="ruby" lang="ruby"><code><span class="line">a</span>\n</code></pre>',
    [codeBlock("a", "ruby")],
  ],
  [
    "Jira's code",
    '<div class="code panel"><div class="codeContent panelContent"><pre class="code-java">a\n</pre></div></div>',
    [codeBlock("a", "java")],
  ],
  ["lines of code as elements", "<pre><div>a</div><div>b</div>c<br>d</pre>", [codeBlock("a\nb\nc\nd")]],
  [
    "a table with spans",
    '<table><caption>t</caption><thead><tr><td>h</td><td align="right">i</td></tr></thead><tbody><tr><td colspan="2" rowspan="9" style="text-align: center">a<p>b</p></td></tr></tbody></table>',
    [
      paragraph("t"),
      table(
        [headerCell([paragraph("h")]), headerCell([paragraph("i")], { align: "right" })],
        [cell([paragraph("a"), paragraph("b")], { colspan: 2, align: "center" })],
      ),
    ],
  ],
  [
    "a span without measure",
    '<table><tr><td colspan="1000000000" rowspan="-1">a</table>',
    [table([cell([paragraph("a")], { colspan: 100 })])],
  ],
  ["a rule and a break", "a<hr>b<br>c", [paragraph("a"), horizontalRule(), paragraph("b", hardBreak(), "c")]],
  [
    "pictures",
    '<img src="https://a.b/c.png" alt="d" title="e" width="10" style="height: 20px"><img src="x.png"><img src="data:image/png;base64,x" alt="f"><img src="javascript:x">',
    [
      paragraph(
        image({ src: "https://a.b/c.png", alt: "d", title: "e", width: 10, height: 20 }),
        image({ src: "https://dev.example.com/org/p/x.png" }),
        "f",
      ),
    ],
  ],
  [
    "details",
    "<details open><summary>a <i>b</i></summary>c<p>d</p></details><details>e</details>",
    [details(["a ", italic("b")], [paragraph("c"), paragraph("d")], true), details(["Details"], [paragraph("e")])],
  ],
  [
    "GitHub's alert",
    '<div class="markdown-alert markdown-alert-caution"><p class="markdown-alert-title"><svg><title>x</title></svg>Caution</p><p>a</p></div>',
    [panel("error", paragraph("a"))],
  ],
  [
    "an alert with a title of its own",
    '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">Mind</p><p>a</p></div>',
    [panel("note", paragraph("Mind"), paragraph("a"))],
  ],
  [
    "Jira's panel",
    '<div class="panel"><div class="panelHeader"><b>t</b></div><div class="panelContent"><p>a</p></div></div>',
    [panel("info", paragraph(bold("t")), paragraph("a"))],
  ],
  [
    "Confluence's box",
    '<div class="confluence-information-macro confluence-information-macro-tip"><div class="confluence-information-macro-body"><p>a</p></div></div>',
    [panel("success", paragraph("a"))],
  ],
  [
    "our panel, as an editor wrote it anew",
    '<div style="border-left: 4px solid rgb(222, 53, 11); background-color: rgb(255, 235, 230); color: rgb(23, 43, 77);"><div><b>Error</b></div><div>a</div></div>',
    [panel("error", paragraph("a"))],
  ],
  [
    "a person of Azure DevOps",
    '<div><a href="#" data-vss-mention="version:2.0,6d1c">@Ada\n  Lovelace</a>&nbsp;please</div>',
    [paragraph(mention({ id: "6d1c", label: "Ada Lovelace", integrationId: "here" }), "\u00a0please")],
  ],
  [
    "a work item of Azure DevOps",
    '<a href="https://dev.example.com/org/p/_workitems/edit/7" data-vss-mention="version:1.0">#7</a>',
    [paragraph(link("https://dev.example.com/org/p/_workitems/edit/7", "#7"))],
  ],
  [
    "links",
    '<a href="../q">a</a> <a href="javascript:x">b</a> <a href="mailto:a@b.c">c</a> <a name="x">d</a>',
    [paragraph(link("https://dev.example.com/org/q", "a"), " b ", link("mailto:a@b.c", "c"), " d")],
  ],
  [
    "a link around blocks",
    '<a href="https://a.b"><div>a</div><p>b</p></a>',
    [paragraph(link("https://a.b", "a")), paragraph(link("https://a.b", "b"))],
  ],
  [
    "emoji of GitHub and GitLab",
    '<g-emoji alias="tada">🎉</g-emoji><gl-emoji data-name="thumbsup">👍</gl-emoji><img class="emoji" alt=":octocat:" src="https://a.b/o.png">',
    [paragraph(emoji("tada", "🎉"), emoji("thumbsup", "👍"), emoji("octocat"))],
  ],
  [
    "what nobody reads, left out",
    "a<!-- b --><script>c</script><style>d</style><template>e</template><title>f</title><p hidden>g</p><p style='display:none'>h</p>i",
    [paragraph("ai")],
  ],
  [
    "what nobody knows, by its text",
    "<x-y>a</x-y><select><option>b<option>c</select><textarea>d\ne</textarea><button>f</button>",
    [paragraph("a"), paragraph("b"), paragraph("c"), paragraph("d\ne"), paragraph("f")],
  ],
];

describe("HTML of others", () => {
  it.each(read)("[I4] reads %s", (_, html, blocks) => {
    const found = fromHtml(html, origin);
    expect(shapeOfDoc(found)).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));
    expect(parseDoc(found)).toEqual(found);
    expect(blocksFromHtml(html, origin)).toHaveLength(found.content.length);
  });

  it("[I4] reads nothing as an empty document", () => {
    expect(fromHtml(" <!-- x --><div><br></div>")).toEqual(emptyDoc());
  });

  it("[I4] knows no relative address without what it is relative to", () => {
    const found = fromHtml('<a href="/a">b</a><img src="c.png" alt="d">');
    expect(shapeOfDoc(found)).toEqual(shapeOfDoc(doc(paragraph("bd"))));
  });

  const deep = 10_000;
  it.each([
    ["div", "<div>".repeat(deep)],
    ["list", "<ul><li>".repeat(deep / 2)],
    ["quote", "<blockquote>".repeat(deep)],
    ["table", "<table><td>".repeat(deep / 4)],
    ["details", "<details><summary>".repeat(deep / 2)],
    ["bold", "<b>".repeat(deep)],
    ["font", Array.from({ length: deep }, (_, at) => `<font size=${at}>`).join("")],
  ])("[I4] keeps the text of 10,000 levels of %s", (_, html) => {
    expect(JSON.stringify(fromHtml(`${html}the end`))).toContain("the end");
  });

  const megabyte = (part: string) => part.repeat(Math.floor(1_048_576 / part.length));
  it.each(
    [
      "<",
      "&",
      "a",
      " ",
      "\n",
      "&nbsp;",
      "<!--",
      "<a ",
      "<p>",
      "<b>",
      "<br>",
      "<p><b>",
      "<table>",
      "<ul>",
      "<i>a</i> ",
      "</p>",
    ].map((part) => [part, megabyte(part)]),
  )("[I4] reads or refuses a megabyte of %j", (_, html) => {
    const start = performance.now();
    try {
      expect(parseDoc(fromHtml(html))).toBeDefined();
    } catch (error) {
      expect(error).toMatchObject({ kind: "invalid_input" });
    }
    // What is linear takes a fraction of this; what is quadratic takes minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("[I4] refuses what no description is as long as", () => {
    expect(() => fromHtml("a".repeat(9_000_000))).toThrow(expect.objectContaining({ kind: "invalid_input" }));
    expect(() => fromHtml("<div>".repeat(20_000))).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  });
});
