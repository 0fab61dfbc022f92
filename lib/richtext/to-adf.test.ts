import { describe, expect, it } from "vitest";

import type { AdfNode } from "./adf/types";
import { isValidAdf } from "./adf/validate";
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
import { parseDoc, type RichBlock } from "./doc";
import { fromAdf } from "./from-adf";
import { shapeOfDoc } from "./testing/shape";
import { toAdf } from "./to-adf";

const target = {
  integrationId: "jira",
  attachment: (id: string) => (id === "gone" ? null : { url: `https://x.y/${id}`, embeds: id.endsWith("png") }),
};

// The reviewed tables write Atlassian's JSON in short; the validator judges what they say in full.
const t = (text: string, ...marks: unknown[]): AdfNode =>
  (marks.length > 0 ? { type: "text", text, marks } : { type: "text", text }) as AdfNode; // The marks are judged below.
const node = (type: string, content?: AdfNode[], attrs?: Record<string, unknown>): AdfNode => ({
  type,
  ...(attrs && { attrs }),
  ...(content && { content }),
});
const p = (...content: (AdfNode | string)[]) =>
  node(
    "paragraph",
    content.map((part) => (typeof part === "string" ? t(part) : part)),
  );
const li = (...content: AdfNode[]) => node("listItem", content);
const ul = (...content: AdfNode[]) => node("bulletList", content);
const ol = (order: number, ...content: AdfNode[]) => node("orderedList", content, { order });
const task = (n: number, state: string, ...content: AdfNode[]) =>
  node("taskItem", content, { localId: `faultline-${n}`, state });
const tasks = (n: number, ...content: AdfNode[]) => node("taskList", content, { localId: `faultline-${n}` });
const row = (...content: AdfNode[]) => node("tableRow", content);
const td = (...content: AdfNode[]) => node("tableCell", content);
const external = (attrs: Record<string, unknown>): AdfNode => node("media", undefined, { type: "external", ...attrs });
const pic = (...content: AdfNode[]) => node("mediaSingle", content, { layout: "align-start" });
const aligned = (align: string, text: string): AdfNode => ({
  ...p(text),
  marks: [{ type: "alignment", attrs: { align } }],
});
const strong = { type: "strong" };
const href = (to: string) => ({ type: "link", attrs: { href: to } });

function written(blocks: RichBlock[]) {
  const { output, losses } = toAdf(parseDoc(doc(...blocks)), target);
  expect(isValidAdf(output)).toEqual({ valid: true });
  return { content: output.content, losses: losses.map(({ kind, count, became }) => `${kind} ${count}: ${became}`) };
}

const pairs: [what: string, blocks: RichBlock[], adf: AdfNode[]][] = [
  ["a paragraph", [paragraph("a")], [p("a")]],
  ["lines in a paragraph", [paragraph("a", hardBreak(), "b")], [p("a", node("hardBreak"), "b")]],
  [
    "headings",
    [heading(1, "a"), heading(6)],
    [node("heading", [t("a")], { level: 1 }), node("heading", [], { level: 6 })],
  ],
  [
    "marks",
    [paragraph(bold("a"), italic("b"), underline("c"), strike("d"), subscript("e"), superscript("f"), code("g"))],
    [
      p(
        t("a", strong),
        t("b", { type: "em" }),
        t("c", { type: "underline" }),
        t("d", { type: "strike" }),
        t("e", { type: "subsup", attrs: { type: "sub" } }),
        t("f", { type: "subsup", attrs: { type: "sup" } }),
        t("g", { type: "code" }),
      ),
    ],
  ],
  [
    "marks in marks, and code that is a link",
    [paragraph(bold("a", italic("b")), link("https://x.y", code("c")))],
    [p(t("a", strong), t("b", { type: "em" }, strong), t("c", { type: "code" }, href("https://x.y")))],
  ],
  [
    "colours",
    [paragraph(textColour("#00875a", "a"), highlight("#ff0000", "b"), highlight(null, "c"))],
    [
      p(
        t("a", { type: "textColor", attrs: { color: "#00875a" } }),
        t("b", { type: "backgroundColor", attrs: { color: "#ff0000" } }),
        t("c", { type: "backgroundColor", attrs: { color: "#f8e6a0" } }),
      ),
    ],
  ],
  ["a link to a mailbox", [paragraph(link("mailto:a@b.cd", "a"))], [p(t("a", href("mailto:a@b.cd")))]],
  [
    "lists in lists",
    [bulletList([paragraph("a"), orderedList(3, [paragraph("b")])])],
    [ul(li(p("a"), ol(3, li(p("b")))))],
  ],
  ["an item that begins with a list", [bulletList([bulletList([paragraph("a")])])], [ul(li(p(), ul(li(p("a")))))]],
  ["an empty item", [bulletList([])], [ul(li(p()))]],
  [
    "tasks, and tasks below one",
    [taskList([true, [paragraph("a"), taskList([false, [paragraph("b")]])]], [false, [paragraph("c")]])],
    [tasks(5, task(3, "DONE", t("a")), tasks(2, task(1, "TODO", t("b"))), task(4, "TODO", t("c")))],
  ],
  [
    "a quote",
    [blockquote(paragraph("a"), bulletList([paragraph("b")]))],
    [node("blockquote", [p("a"), ul(li(p("b")))])],
  ],
  ["an empty quote", [blockquote()], [node("blockquote", [p()])]],
  [
    "code",
    [codeBlock("a\n  b", "ts"), codeBlock("")],
    [node("codeBlock", [t("a\n  b")], { language: "ts" }), node("codeBlock", [], {})],
  ],
  ["a rule", [horizontalRule()], [node("rule")]],
  [
    "a table with headers, spans and alignment",
    [
      table(
        [headerCell([paragraph("a")], { colspan: 2, align: "center" })],
        [cell([paragraph("b")], { rowspan: 2, align: "right" }), cell([bulletList([paragraph("c")])])],
      ),
    ],
    [
      node("table", [
        row(node("tableHeader", [aligned("center", "a")], { colspan: 2 })),
        row(node("tableCell", [aligned("end", "b")], { rowspan: 2 }), td(ul(li(p("c"))))),
      ]),
    ],
  ],
  ["an empty cell", [table([cell([])])], [node("table", [row(td(p()))])]],
  ["details", [details(["a"], [paragraph("b")])], [node("expand", [p("b")], { title: "a" })]],
  [
    "details in details and in a cell",
    [details(["a"], [details(["b"], [paragraph("c")])]), table([cell([details(["d"], [])])])],
    [
      node("expand", [node("nestedExpand", [p("c")], { title: "b" })], { title: "a" }),
      node("table", [row(td(node("nestedExpand", [p()], { title: "d" })))]),
    ],
  ],
  ["a panel", [panel("warning", paragraph("a"))], [node("panel", [p("a")], { panelType: "warning" })]],
  [
    "a picture",
    [paragraph(image({ src: "https://x.y/a.png", alt: "a", width: 20, height: 10 }))],
    [
      node("mediaSingle", [external({ url: "https://x.y/a.png", alt: "a", width: 20, height: 10 })], {
        layout: "align-start",
        width: 20,
        widthType: "pixel",
      }),
    ],
  ],
  [
    "a picture that is a link",
    [paragraph(link("https://x.y", image({ src: "https://x.y/a.png" })))],
    [pic({ ...external({ url: "https://x.y/a.png" }), marks: [href("https://x.y")] })],
  ],
  [
    "a mention of somebody there",
    [paragraph(mention({ id: "5b10", label: "Ada", integrationId: "jira" }))],
    [p(node("mention", undefined, { id: "5b10", text: "@Ada" }))],
  ],
  [
    "emoji",
    [paragraph(emoji("tada", "🎉"), emoji("octocat"))],
    [
      p(
        node("emoji", undefined, { shortName: ":tada:", text: "🎉" }),
        node("emoji", undefined, { shortName: ":octocat:" }),
      ),
    ],
  ],
];

const nearest: [what: string, blocks: RichBlock[], adf: AdfNode[], losses: string[]][] = [
  [
    "a heading in an item",
    [bulletList([heading(2, "a", code("b"))])],
    [ul(li(p(t("a", strong), t("b", { type: "code" }))))],
    ["heading 1: a bold line, because it is in a list"],
  ],
  [
    "a rule and a quote in a quote",
    [blockquote(horizontalRule(), blockquote(paragraph("a")))],
    [node("blockquote", [p("———"), p("a")])],
    ["horizontalRule 1: a line of dashes, because it is in a quote", "blockquote 1: a part of the quote around it"],
  ],
  [
    "a table in a numbered item, whose numbers go on",
    [orderedList(4, [paragraph("a"), table([cell([paragraph("b")])]), paragraph("c")], [paragraph("d")])],
    [ol(4, li(p("a"))), node("table", [row(td(p("b")))]), p("c"), ol(5, li(p("d")))],
    ["table 1: below the item of the list", "paragraph 1: below the item of the list"],
  ],
  [
    "a panel three lists deep",
    [bulletList([paragraph("a"), bulletList([bulletList([panel("info", paragraph("b"))])])], [paragraph("c")])],
    [ul(li(p("a"), ul(li(p(), ul(li(p())))))), node("panel", [p("b")], { panelType: "info" }), ul(li(p("c")))],
    ["panel 1: below the item of the list"],
  ],
  [
    "a quote and details in a panel",
    [panel("note", paragraph("a"), blockquote(paragraph("b")), details(["c"], []), paragraph("d"))],
    [
      node("panel", [p("a")], { panelType: "note" }),
      node("blockquote", [p("b")]),
      node("expand", [p()], { title: "c" }),
      node("panel", [p("d")], { panelType: "note" }),
    ],
    ["blockquote 1: outside of the panel", "details 1: outside of the panel"],
  ],
  [
    "a table in a table",
    [table([cell([paragraph("a"), table([headerCell([paragraph("b")]), cell([paragraph("c")])])])])],
    [node("table", [row(td(p("a"), p(t("b", strong), " | ", "c")))])],
    ["table 1: a line for each row, because it is in a table"],
  ],
  [
    "details in details in details",
    [details(["a"], [details(["b"], [details(["c"], [paragraph("d")])])])],
    [node("expand", [p(t("b", strong)), node("nestedExpand", [p("d")], { title: "c" })], { title: "a" })],
    ["details 1: its title in bold, and below it what it held"],
  ],
  [
    "details that are open, with marks in the title",
    [details([bold("a"), " b"], [paragraph("c")], true)],
    [node("expand", [p("c")], { title: "a b" })],
    ["detailsSummary 1: plain letters", "details 1: closed at first"],
  ],
  [
    "a task with more than a line",
    [taskList([false, [paragraph("a"), paragraph("b"), codeBlock("c")]], [true, [paragraph("d")]])],
    [
      tasks(3, task(1, "TODO", t("a"), node("hardBreak"), t("b"))),
      node("codeBlock", [t("c")], {}),
      tasks(4, task(2, "DONE", t("d"))),
    ],
    ["paragraph 1: a further line of the task", "codeBlock 1: below the task"],
  ],
  [
    "a picture in a line",
    [paragraph("a", hardBreak(), image({ src: "https://x.y/a.png", alt: "i" }), "b")],
    [p("a"), pic(external({ url: "https://x.y/a.png", alt: "i" })), p("b")],
    ["image 1: the picture on a line of its own"],
  ],
  [
    "a heading that is but a picture",
    [heading(1, image({ src: "https://x.y/a.png", alt: "i" }))],
    [pic(external({ url: "https://x.y/a.png", alt: "i" }))],
    ["heading 1: a picture, which no heading can hold"],
  ],
  [
    "a picture with a title",
    [paragraph(image({ src: "https://x.y/a.png", alt: "i", title: "t" }))],
    [pic(external({ url: "https://x.y/a.png", alt: "i" }), node("caption", [t("t")]))],
    ["image 1: the picture with its title below it"],
  ],
  [
    "pictures of ours: one that shows there, one that is linked, one that is out of reach",
    [
      paragraph(image({ attachmentId: "1.png", alt: "a" })),
      paragraph(image({ attachmentId: "2.svg", alt: "b" })),
      paragraph(image({ attachmentId: "gone", alt: "c" })),
    ],
    [pic(external({ url: "https://x.y/1.png", alt: "a" })), p(t("b", href("https://x.y/2.svg"))), p("c")],
    ["image 1: a link to it", "image 1: its description as text"],
  ],
  [
    "files of ours",
    [attachment({ attachmentId: "1", name: "a.log" }), attachment({ attachmentId: "gone", name: "b.log" })],
    [p(t("a.log", href("https://x.y/1"))), p("b.log")],
    ["attachment 1: its name as text"],
  ],
  [
    "a mention of somebody elsewhere",
    [paragraph(bold(mention({ id: "1", label: "Ada", integrationId: "github" })))],
    [p(t("Ada", strong))],
    ["mention 1: the name as text"],
  ],
  [
    "what code cannot be",
    [paragraph(bold("a", code("b")), subscript(superscript("c")))],
    [p(t("a", strong), t("b", { type: "code" }), t("c", { type: "subsup", attrs: { type: "sup" } }))],
    ["bold 1: code without it", "subscript 1: the text without it"],
  ],
  [
    "a mention and an emoji in a link",
    [paragraph(link("https://x.y", mention({ id: "1", label: "Ada", integrationId: "jira" }), emoji("tada", "🎉")))],
    [p(node("mention", undefined, { id: "1", text: "@Ada" }), t("🎉", href("https://x.y")))],
    ["link 1: a mention without it", "emoji 1: its characters, because it is in a link"],
  ],
  [
    "a list in a cell that is centred",
    [table([cell([bulletList([paragraph("a")])], { align: "center" })])],
    [node("table", [row(td(ul(li(p("a")))))])],
    ["tableCell 1: a part of the cell that is not aligned"],
  ],
  ["lists and a table with nothing in them", [bulletList(), taskList(), table(), paragraph("a")], [p("a")], []],
];

describe("toAdf", () => {
  it.each(pairs)("[G5] writes %s", (_, blocks, adf) => {
    expect(written(blocks)).toEqual({ content: adf, losses: [] });
  });

  it.each(pairs)("[I4] reads %s", (_, blocks, content) => {
    const read = fromAdf({ version: 1, type: "doc", content }, { integrationId: "jira" });
    expect(shapeOfDoc(read)).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));
  });

  it.each(nearest)("[G5] writes the nearest form of %s, and says so", (_, blocks, adf, losses) => {
    expect(written(blocks)).toEqual({ content: adf, losses });
  });

  it("[G5] says where a loss is", () => {
    const { losses } = toAdf(doc(blockquote(heading(1, "x".repeat(100)))));
    expect(losses[0]?.where).toBe(`${"x".repeat(59)}…`);
  });

  it("[G5] refuses a document of 10,000 levels", () => {
    let deep: RichBlock = paragraph("a");
    for (let level = 0; level < 10_000; level++) deep = blockquote(deep);
    expect(() => toAdf(doc(deep))).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  });

  it("[G5] moves thousands of tables out of nested lists in no time to speak of", () => {
    const nested = (levels: number): RichBlock =>
      bulletList([paragraph("a"), levels === 0 ? table([cell([paragraph("b")])]) : nested(levels - 1), paragraph("c")]);
    const document = doc(...Array.from({ length: 150 }, () => nested(45)));
    const startedAt = process.cpuUsage();
    const { output, losses } = toAdf(document);
    const { user } = process.cpuUsage(startedAt);
    expect(isValidAdf(output)).toEqual({ valid: true });
    expect(losses.find(({ kind }) => kind === "table")?.count).toBe(150);
    expect(user / 1_000).toBeLessThan(500);
  });
});
