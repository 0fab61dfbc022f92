import { describe, expect, it } from "vitest";

import {
  attachment,
  blockquote,
  bulletList,
  cell,
  code,
  codeBlock,
  details,
  doc,
  emoji,
  highlight,
  image,
  link,
  mention,
  panel,
  paragraph,
  table,
  taskList,
  textColour,
} from "./build";
import { parseDoc, type RichBlock, type RichDoc } from "./doc";
import { pairs } from "./testing/markdown-pairs";
import { shapeOfMarkdown } from "./testing/mdast-shape";
import { shapeOfDoc } from "./testing/shape";
import { toMarkdown } from "./to-markdown";

/** The document gives this Markdown, and an independent parser finds the document in it. */
function same(document: RichDoc, markdown: string, flavor: "gfm" | "glfm" = "gfm") {
  expect(toMarkdown(document, { flavor })).toEqual({ output: markdown, losses: [] });
  expect(shapeOfMarkdown(markdown)).toEqual(shapeOfDoc(parseDoc(document)));
}

const convert = (document: RichDoc) => toMarkdown(document, { flavor: "gfm", integrationId: "here" });

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
  ["a sign that no reader sees, before what would begin a line", "\ufeff# a", "&#65279;# a"],
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

/** What GitLab reads into text beyond what GitHub does, and the marks it honours. */
const harmlessOnGitLab: [what: string, text: string, markdown: string][] = [
  ["people", "@here a@b.co", "\\@<!-- -->here a@b.co"],
  [
    "references",
    '#1 o/r!2 &3 $4 %5 %"6 7" %v8 GL-9 100% a && b',
    '\\#<!-- -->1 o/r\\!<!-- -->2 \\&<!-- -->3 \\$<!-- -->4 \\%<!-- -->5 \\%<!-- -->"6 7" \\%<!-- -->v8 GL\\-<!-- -->9 100% a && b',
  ],
  ["labels", '~bug ~"a b" ~ a', '\\~<!-- -->bug \\~<!-- -->"a b" \\~ a'],
  [
    "references in brackets",
    "[vulnerability:1] [work_item:2] *iteration:3 [INFO] %{project_id}",
    "\\[<!-- -->vulnerability:1] \\[<!-- -->work_item:2] \\*<!-- -->iteration:3 \\[INFO] \\%<!-- -->{project_id}",
  ],
  [
    "what was added and removed",
    "{+a+} {-b-} [+c+] [-d-] {e}",
    "\\{<!-- -->+a+} \\{<!-- -->-b-} \\[<!-- -->+c+] \\[<!-- -->-d-] {e}",
  ],
  ["pages and contents", "[[_TOC_]] [toc] [[a|b]]", "\\[<!-- -->\\[\\_TOC\\_]] \\[<!-- -->toc] \\[<!-- -->\\[a|b]]"],
  ["mathematics", "$`a`$ $b$ $$c$$", "\\$\\`a\\`\\$ \\$b\\$ \\$\\$c\\$\\$"],
  [
    "line starts",
    "---\n+++\n;;;\n>>>\n: a\n::include{file=b}\n/close\n/ a",
    "\\---\\\n\\+++\\\n\\;;;\\\n\\>>>\\\n\\: a\\\n\\::include{file=b}\\\n\\/close\\\n/ a",
  ],
  ["emoji names", ":+1: a:b:c", "\\:<!-- -->+1: a\\:<!-- -->b:c"],
];

const bothFlavors: [what: string, text: string, markdown: string][] = [
  ["addresses with an entity in them", "https://a.b/&amp;c", "https:<!-- -->//a.b/\\&amp;c"],
  ["addresses with what turns their direction", "https://a.b\u202ec", "<https://a.b>\u202ec"],
  ["boxes", "[ ] a\n[x] b\n[-] c [x]", "\\[<!-- --> ] a\\\n\\[<!-- -->x\\] b\\\n\\[<!-- -->-] c \\[x\\]"],
  ["the kinds of alerts", "[!NOTE]\na [!NOTE]", "\\[<!-- -->!NOTE]\\\na \\[!NOTE]"],
  ["a slash behind what some take for a line end", "a\u2028/close\u0085/x", "a\u2028\\/close\u0085\\/x"],
];

describe("toMarkdown", () => {
  it.each(pairs)("[G5] writes %s as an independent parser reads them", (_, blocks, markdown) => {
    same(doc(...blocks), markdown, "gfm");
    same(doc(...blocks), markdown, "glfm");
  });
  it.each(harmless)("[G5] keeps %s plain text", (_, text, markdown) => same(doc(paragraph(text)), markdown));
  it.each(harmlessOnGitLab)("[G5] keeps %s plain text on GitLab", (_, text, markdown) =>
    same(doc(paragraph(text)), markdown, "glfm"),
  );
  it.each(bothFlavors)("[G5] keeps %s plain text on both", (_, text, markdown) => {
    same(doc(paragraph(text)), markdown, "gfm");
    same(doc(paragraph(text)), markdown, "glfm");
  });

  it("[G5] keeps text plain in the HTML of cells and summaries", () => {
    const text = "@a #1 GH-2 :tada: <b> &lt; https://x.y/o/r/issues/1 https://x.y/_z_ *c* !3 ~d \u2028/close";
    const html = (flavor: "gfm" | "glfm") =>
      toMarkdown(doc(table([cell([paragraph(text)], { colspan: 2 })])), { flavor }).output;
    expect(html("gfm")).toBe(
      '<table>\n<tr><td colspan="2">@<!-- -->a #<!-- -->1 GH-<!-- -->2 :<!-- -->tada: &lt;b&gt; &amp;lt; ' +
        "https:<!-- -->//x.y/o/r/issues/1 https://x.y/_z_ *c* !3 ~d \u2028&#47;close</td></tr>\n</table>",
    );
    expect(html("glfm")).toBe(html("gfm").replace("!3 ~d", "!<!-- -->3 ~<!-- -->d"));
    const boxes = toMarkdown(doc(table([cell([bulletList([paragraph("[ ] a")])])])), { flavor: "gfm" }).output;
    expect(boxes).toContain("<li>[<!-- --> ] a</li>");
  });

  it("[G5] does not write the name of an emoji in an address", () => {
    expect(convert(doc(paragraph("https://a.b/:+1:c"))).output).toBe("https:<!-- -->//a.b/:<!-- -->+1:c");
    expect(convert(doc(paragraph(link("https://a.b/:+1:c", "https://a.b/:+1:c")))).output).toBe(
      "[https:<!-- -->//a.b/:<!-- -->+1:c](https://a.b/:+1:c)",
    );
  });

  it("[G5] does not let neighbours make of text what it is not", () => {
    const ada = mention({ id: "1", label: "here", integrationId: "elsewhere" });
    const written = (...parts: Parameters<typeof paragraph>) => convert(doc(paragraph(...parts))).output;
    expect(written("@", ada, "1")).toBe("@<!-- -->here<!-- -->1");
    expect(written("#", textColour("#ff0000", "1"), " GH-", textColour("#ff0000", "2"))).toBe(
      "\\#<!-- -->1 GH-<!-- -->2",
    );
    expect(written("&", textColour("#ff0000", "lt;"), textColour("#00ff00", "x"))).toBe("&<!-- -->lt;<!-- -->x");
    expect(written(code("a"), textColour("#ff0000", code("b")))).toBe("`a`<!-- -->`b`");
    expect(written("a", emoji("tada", "🎉"), " by ", ada, ", (", ada, ").")).toBe("a<!-- -->🎉 by here, (here).");
  });

  it("[G5] mentions people of the tracker that the text goes to, and nobody else", () => {
    const ada = { id: "1", label: "Ada @all", handle: "ada-l", integrationId: "here" };
    const written = (change: object, inLink = false) => {
      const person = mention({ ...ada, ...change });
      return convert(doc(paragraph("x", ...(inLink ? link("https://x.y", person) : [person]), "y")));
    };
    expect(written({})).toEqual({ output: "x<!-- -->@ada-l<!-- -->y", losses: [] });
    expect(written({ handle: "_a_" }).output).toBe("x<!-- -->@\\_a\\_<!-- -->y");
    const text = "x<!-- -->Ada @<!-- -->all<!-- -->y";
    const losses = [{ kind: "mention", count: 1, where: "Ada @all", became: "the name as text; nobody is notified" }];
    for (const change of [
      { integrationId: "elsewhere" },
      { integrationId: null },
      { handle: null },
      { handle: "ada @all" },
      { handle: "a/b" },
      { handle: "-" },
    ]) {
      expect(written(change)).toEqual({ output: text, losses });
    }
    expect(toMarkdown(doc(paragraph(mention({ ...ada, integrationId: null }))), { flavor: "gfm" }).losses).toEqual(
      losses,
    );
    expect(written({}, true)).toEqual({ output: "x[Ada @<!-- -->all](https://x.y)y", losses });
  });

  it("[G5] names no label on GitLab by what stands behind a sign", () => {
    const { output } = toMarkdown(doc(paragraph("a ~", textColour("#ff0000", "?"))), { flavor: "glfm" });
    expect(output).toBe("a \\~<!-- -->?");
  });

  it("[G5] begins no item with a number and what follows it", () => {
    const coloured = textColour("#ff0000", "1");
    expect(convert(doc(paragraph(coloured, ". a"))).output).toBe("1<!-- -->. a");
    expect(convert(doc(paragraph(coloured, ") a"))).output).toBe("1<!-- -->) a");
    expect(convert(doc(paragraph(coloured, ", a"))).output).toBe("1, a");
  });

  it("[G5] writes an emoji as its character, and by its name where it has none", () => {
    const written = (name: string, text: string | null) => convert(doc(paragraph(emoji(name, text)))).output;
    expect(written("tada", "🎉")).toBe("🎉");
    expect(written("octocat", null)).toBe(":octocat:");
    expect(written("_a_", null)).toBe(":\\_a\\_:");
    expect(written("x", "@here\n# b")).toBe("@<!-- -->here # b");
  });

  it("[G8] shows files of ours where they can be seen, and names them otherwise", () => {
    const attachmentUrls: Record<string, { url: string; embeds: boolean }> = {
      shot: { url: "/uploads/1/a b.png", embeds: true },
      log: { url: "https://x.y/log", embeds: false },
    };
    const written = (...blocks: RichBlock[]) =>
      toMarkdown(doc(...blocks), { flavor: "glfm", attachment: (id) => attachmentUrls[id] ?? null });
    const file = (attachmentId: string) => attachment({ attachmentId, name: "a]*.log" });
    expect(written(file("shot"), file("log"))).toEqual({
      output: "![a\\]\\*.log](/uploads/1/a%20b.png)\n\n[a\\]\\*.log](https://x.y/log)",
      losses: [],
    });
    expect(written(file("gone"))).toEqual({
      output: "a]\\*.log",
      losses: [{ kind: "attachment", count: 1, where: "a]*.log", became: "its name as text" }],
    });
    const picture = (attachmentId: string | null) => image({ attachmentId, alt: "#1" });
    expect(written(paragraph(picture("shot")))).toEqual({ output: "![#1](/uploads/1/a%20b.png)", losses: [] });
    expect(written(paragraph(picture("log"), " ", ...link("https://x.y", picture("log"))))).toEqual({
      output: "[\\#<!-- -->1](https://x.y/log) [\\#<!-- -->1](https://x.y)",
      losses: [
        { kind: "image", count: 1, where: "#1", became: "a link to the picture" },
        { kind: "image", count: 1, where: "#1", became: "its description as text" },
      ],
    });
    expect(written(paragraph(picture(null), " ", image({}))).output).toBe("\\#<!-- -->1 (picture)");
    const inTable = written(table([cell([file("shot"), file("log"), file("gone"), paragraph(picture("shot"))])]));
    expect(inTable.output).toBe(
      '<table>\n<tr><td><p><img src="/uploads/1/a b.png" alt="a]*.log"></p><p><a href="https://x.y/log">a]*.log</a></p>' +
        '<p>a]*.log</p><p><img src="/uploads/1/a b.png" alt="#1"></p></td></tr>\n</table>',
    );
  });

  it("[G5] keeps code away from the margin where GitLab would run it", () => {
    const block = codeBlock("/close\n\n  ```\n/label ~x\n \n");
    const margin = " ````\n /close\n\n   ```\n /label ~x\n  \n\n ````";
    same(doc(block), margin, "glfm");
    same(doc(details(["a"], [block])), `<details>\n<summary>a</summary>\n\n${margin}\n\n</details>`, "glfm");
    same(doc(bulletList([codeBlock("/close")])), "- ```\n  /close\n  ```", "glfm");
    same(doc(codeBlock("a /close")), "```\na /close\n```", "glfm");
  });

  it("[G5] escapes nothing in code", () => {
    same(
      doc(paragraph(code("@here #1 <b>")), codeBlock("@here fixes #1\n/close <b>")),
      "`@here #1 <b>`\n\n```\n@here fixes #1\n/close <b>\n```",
    );
  });

  it("[G5] says what Markdown cannot hold", () => {
    const { output, losses } = convert(
      doc(
        codeBlock("x", "a b`"),
        codeBlock("y", "``"),
        paragraph(
          textColour("#ff0000", "red"),
          " ",
          highlight("#ffff00", "marked"),
          " ",
          textColour("#00ff00", "green"),
        ),
        details(["s"], [panel("error", paragraph("p"))]),
        table([cell([panel("info", paragraph("q")), taskList([true, [paragraph("t")]]), codeBlock("z", "``")])]),
      ),
    );
    expect(output).toBe(
      "```ab\nx\n```\n\n```\ny\n```\n\nred <mark>marked</mark> green\n\n" +
        "<details>\n<summary>s</summary>\n\n> **Error**\n> \n> p\n\n</details>\n\n" +
        "<table>\n<tr><td><blockquote><p><strong>Info</strong></p><p>q</p></blockquote><ul><li>☑ t</li></ul>" +
        "<pre><code>z</code></pre></td></tr>\n</table>",
    );
    expect(losses).toEqual([
      { kind: "codeBlock", count: 1, where: "x", became: "a block of ab" },
      { kind: "codeBlock", count: 2, where: "y", became: "a block without a language" },
      { kind: "textStyle", count: 2, where: "red", became: "the text without its colour" },
      { kind: "highlight", count: 1, where: "marked", became: "highlighted in the reader's own colour" },
      { kind: "panel", count: 2, where: " p", became: "a quote with its kind as a title" },
      { kind: "taskList", count: 1, where: " t", became: "a list with ☐ and ☑, which cannot be ticked" },
    ]);
  });

  it("[G5] takes time that grows with the text alone, or refuses", { timeout: 60_000 }, () => {
    const hostile = ["*", "[", "<", "|", "`", "@", "a@", "http://x&a;", "https://a/issues/1", ":a", "{+", "\\", "word"];
    for (const part of hostile) {
      const text = part.repeat(200_000 / part.length);
      for (const flavor of ["gfm", "glfm"] as const) {
        const start = performance.now();
        toMarkdown(doc(paragraph(text), table([cell([paragraph(text)], { colspan: 2 })])), { flavor });
        // What grew with the square would take a minute.
        expect(performance.now() - start, part).toBeLessThan(10_000);
      }
    }
    let nested: RichBlock = codeBlock("\n".repeat(1_000_000));
    for (let level = 0; level < 97; level++) nested = blockquote(nested);
    expect(() => convert(doc(nested))).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  });
});
