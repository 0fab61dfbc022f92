import { describe, expect, it } from "vitest";

import {
  bold,
  bulletList,
  cell,
  codeBlock,
  details,
  doc,
  emoji,
  hardBreak,
  heading,
  highlight,
  image,
  italic,
  link,
  mention,
  orderedList,
  panel,
  paragraph,
  table,
  taskList,
  textColour,
} from "./build";
import { parseDoc, type RichBlock } from "./doc";
import { fromAdf } from "./from-adf";
import { shapeOfDoc } from "./testing/shape";

const t = (text: string, ...marks: unknown[]) => ({ type: "text", text, marks });
const p = (...content: unknown[]) => ({
  type: "paragraph",
  content: content.map((part) => (typeof part === "string" ? t(part) : part)),
});
const node = (type: string, attrs: unknown, ...content: unknown[]) => ({ type, attrs, content });
const origin = { integrationId: "jira", baseUrl: "https://acme.test/browse/" };
const file = (alt?: string) => node("media", { type: "file", id: "6f1c", collection: "", alt });

const foreign: [what: string, adf: unknown[], blocks: RichBlock[]][] = [
  [
    "a lozenge, a day and a placeholder",
    [
      p(
        node("status", { text: "In work", color: "blue" }),
        node("date", { timestamp: "1763596800000" }),
        node("placeholder", { text: "say more" }),
      ),
    ],
    [paragraph(bold(highlight("#deebff", "In work")), "2025-11-20", "say more")],
  ],
  ["a day that is none", [p(node("date", { timestamp: "soon" }))], [paragraph("soon")]],
  [
    "cards",
    [
      p("see ", node("inlineCard", { url: "https://x.y/1" })),
      node("blockCard", { url: "https://x.y/2" }),
      node("embedCard", { url: "https://x.y/3", layout: "wide" }),
      p(node("inlineCard", { data: { url: "https://x.y/4", name: "Four" } })),
    ],
    [
      paragraph("see ", link("https://x.y/1", "https://x.y/1")),
      paragraph(link("https://x.y/2", "https://x.y/2")),
      paragraph(link("https://x.y/3", "https://x.y/3")),
      paragraph(link("https://x.y/4", "Four")),
    ],
  ],
  [
    "decisions",
    [node("decisionList", { localId: "1" }, node("decisionItem", { localId: "2", state: "DECIDED" }, t("Ship it")))],
    [bulletList([paragraph("Ship it")])],
  ],
  [
    "columns",
    [
      node(
        "layoutSection",
        {},
        node("layoutColumn", { width: 50 }, p("a")),
        node("layoutColumn", { width: 50 }, p("b")),
      ),
    ],
    [paragraph("a"), paragraph("b")],
  ],
  [
    "files of theirs, which only they can show",
    [
      node("mediaGroup", {}, file("trace.zip"), file()),
      node("mediaSingle", { layout: "center" }, file("shot.png")),
      p("a ", node("mediaInline", { id: "1", collection: "", alt: "b.log" })),
    ],
    [
      paragraph(image({ alt: "trace.zip" })),
      paragraph(image({ alt: "Attached file" })),
      paragraph(image({ alt: "shot.png" })),
      paragraph("a ", image({ alt: "b.log" })),
    ],
  ],
  [
    "a picture with a caption, a link and a width",
    [
      {
        ...node(
          "mediaSingle",
          { layout: "wide", width: 300, widthType: "pixel" },
          node("media", { type: "external", url: "/a.png" }),
          node("caption", {}, t("below")),
        ),
        marks: [{ type: "link", attrs: { href: "https://x.y" } }],
      },
    ],
    [paragraph(link("https://x.y", image({ src: "https://acme.test/a.png", width: 300 }))), paragraph(italic("below"))],
  ],
  [
    "what apps show",
    [
      node("extension", { extensionKey: "toc", extensionType: "com.atlassian" }),
      node("bodiedExtension", { extensionKey: "x", extensionType: "y" }, p("inside")),
      p(node("inlineExtension", { extensionKey: "x", extensionType: "y", text: "a sum" })),
      node("bodiedSyncBlock", { resourceId: "r", localId: "1" }, p("synced")),
    ],
    [paragraph("[toc]"), paragraph("inside"), paragraph("a sum"), paragraph("synced")],
  ],
  [
    "what their editor did not know",
    [
      node("unsupportedBlock", { originalValue: node("panel", { panelType: "custom" }, p("a")) }),
      p("b ", node("unsupportedInline", { originalValue: t("c") })),
    ],
    [panel("info", paragraph("a")), paragraph("b ", "c")],
  ],
  [
    "kinds of tomorrow, with their text",
    [node("hologram", { title: "Title" }, p("a"), node("sparkle", { text: "b" })), p("c", node("glitter", {}, t("d")))],
    [paragraph("Title"), paragraph("a"), paragraph("b"), paragraph("c", hardBreak(), "d")],
  ],
  [
    "marks about the page",
    [
      {
        ...p(t("a", { type: "annotation", attrs: { id: "1", annotationType: "inlineComment" } }, { type: "strong" })),
        marks: [{ type: "fontSize", attrs: { fontSize: "small" } }],
      },
      { ...node("codeBlock", {}, t("b")), marks: [{ type: "breakout", attrs: { mode: "wide" } }] },
      { ...node("heading", { level: 2 }, t("c")), marks: [{ type: "indentation", attrs: { level: 1 } }] },
    ],
    [paragraph(bold("a")), codeBlock("b"), heading(2, "c")],
  ],
  [
    "colours in capitals, and one that is none",
    [
      p(
        t("a", { type: "textColor", attrs: { color: "#FF5630" } }),
        t("b", { type: "textColor", attrs: { color: "url(x)" } }),
      ),
    ],
    [paragraph(textColour("#ff5630", "a"), "b")],
  ],
  [
    "links: relative, dangerous",
    [
      p(
        t("a", { type: "link", attrs: { href: "ABC-1" } }),
        t("b", { type: "link", attrs: { href: "javascript:alert(1)" } }),
      ),
    ],
    [paragraph(link("https://acme.test/browse/ABC-1", "a"), "b")],
  ],
  [
    "mentions with and without a name, and without an id",
    [
      p(
        node("mention", { id: "5b10", text: "@Ada" }),
        node("mention", { id: "5b11" }),
        node("mention", { text: "@Bob" }),
      ),
    ],
    [
      paragraph(
        mention({ id: "5b10", label: "Ada", integrationId: "jira" }),
        mention({ id: "5b11", label: "5b11", integrationId: "jira" }),
        "@Bob",
      ),
    ],
  ],
  [
    "emoji: of ours, of their own, with a name that is none",
    [
      p(
        node("emoji", { shortName: ":tada:", id: "1f389", text: "🎉" }),
        node("emoji", { shortName: ":shipit:", text: ":shipit:" }),
        node("emoji", { shortName: ":a b:", text: "x" }),
      ),
    ],
    [paragraph(emoji("tada", "🎉"), emoji("shipit"), "x")],
  ],
  [
    "tasks with blocks, and tasks below tasks",
    [
      node(
        "taskList",
        { localId: "1" },
        node("blockTaskItem", { localId: "2", state: "DONE" }, p("a"), p("b")),
        node("taskList", { localId: "3" }, node("taskItem", { localId: "4", state: "TODO" }, t("c"))),
      ),
    ],
    [taskList([true, [paragraph("a"), paragraph("b"), taskList([false, [paragraph("c")]])]])],
  ],
  ["a tip", [node("panel", { panelType: "tip" }, p("a"))], [panel("success", paragraph("a"))]],
  ["an expand without a title", [node("expand", {}, p("a"))], [details([], [paragraph("a")])]],
  [
    "numbers that are none",
    [
      node("orderedList", { order: "x" }, node("listItem", {}, p("a"))),
      node("heading", { level: 99 }, t("b")),
      node("table", {}, node("tableRow", {}, node("tableCell", { colspan: 1e9, rowspan: -1 }, p("c")))),
    ],
    [orderedList(1, [paragraph("a")]), heading(3, "b"), table([cell([paragraph("c")])])],
  ],
  [
    "things where they may not stand",
    [
      t("loose"),
      node("listItem", {}, p("item")),
      node("tableCell", {}, p("cell")),
      node("bulletList", {}, p("no item")),
      node("table", {}, p("no row"), node("tableRow", {}, p("no cell"))),
      node("heading", { level: 1 }, p("block in a line")),
    ],
    [
      paragraph("loose"),
      paragraph("item"),
      paragraph("cell"),
      bulletList([paragraph("no item")]),
      table([cell([paragraph("no row")])], [cell([paragraph("no cell")])]),
      heading(1, "block in a line"),
    ],
  ],
  [
    "code with breaks and marks",
    [node("codeBlock", { language: "x".repeat(65) }, t("a", { type: "strong" }), { type: "hardBreak" }, t("b"))],
    [codeBlock("a\nb")],
  ],
];

/** The least of five, in microseconds of our own: the machine that runs the tests does other things as well. */
function timed(task: () => void) {
  const times = [1, 2, 3, 4, 5].map(() => {
    const startedAt = process.cpuUsage();
    task();
    return process.cpuUsage(startedAt);
  });
  return times.reduce((least, time) => (time.user < least.user ? time : least));
}

describe("fromAdf", () => {
  it.each(foreign)("[I4] reads %s", (_, content, blocks) => {
    expect(shapeOfDoc(fromAdf({ version: 1, type: "doc", content }, origin))).toEqual(
      shapeOfDoc(parseDoc(doc(...blocks))),
    );
  });

  const wrong: [what: string, adf: unknown][] = [
    ["nothing", null],
    ["a number", 7],
    ["a list", [p("a")]],
    ["an object", {}],
    ["content that is no list", { type: "doc", content: { length: 3 } }],
    ["content of nothings", { type: "doc", content: [null, undefined, 7, true, []] }],
    ["names of prototypes", { type: "doc", content: [node("__proto__", {}), node("constructor", {}, p("a"))] }],
    [
      "attributes that are no object",
      { type: "doc", content: [node("heading", "x"), node("mention", [1]), node("media", 7)] },
    ],
    [
      "marks that are none",
      { type: "doc", content: [p(t("a", null, 7, "strong", { type: "toString" }, { type: "link" }))] },
    ],
    [
      "a thousand marks",
      { type: "doc", content: [p(t("a", ...Array.from({ length: 1_000 }, () => ({ type: "em" }))))] },
    ],
    [
      "a very long description of a picture",
      { type: "doc", content: [node("media", { type: "external", url: "https://x.y/a.png", alt: "a".repeat(9_000) })] },
    ],
    ["a very long name", { type: "doc", content: [p(node("mention", { id: "1", text: "a".repeat(900) }))] }],
  ];
  it.each(wrong)("[I4] never fails on %s", (_, adf) => {
    const read = fromAdf(adf, origin);
    expect(parseDoc(read)).toEqual(read);
  });

  it("[I4] takes a description of Jira's older interface, a string, as text", () => {
    expect(shapeOfDoc(fromAdf("just *text*"))).toEqual(shapeOfDoc(doc(paragraph("just *text*"))));
  });

  const cyclic: { type: string; content: unknown[] } = { type: "blockquote", content: [p("a")] };
  cyclic.content.push(cyclic, cyclic);
  const original: { type: string; attrs: Record<string, unknown> } = { type: "unsupportedBlock", attrs: {} };
  original.attrs.originalValue = original;
  let deep: unknown = p("a");
  for (let level = 0; level < 10_000; level++) deep = node("blockquote", {}, deep);
  let shared: unknown = p("a");
  for (let level = 0; level < 60; level++) shared = node("blockquote", {}, shared, shared);
  const sparse: unknown[] = [];
  sparse.length = 4_000_000_000;
  const hostile: [what: string, adf: unknown][] = [
    ["a cycle", cyclic],
    ["a cycle in what an editor did not know", original],
    ["10,000 levels", deep],
    ["shared parts that unfold without end", shared],
    ["four billion entries that are not there", { type: "doc", content: sparse }],
    ["too many parts", { type: "doc", content: Array.from({ length: 120_000 }, () => p("a")) }],
    ["a line of too many parts", { type: "doc", content: [p(...Array.from({ length: 120_000 }, () => t("a")))] }],
  ];
  it.each(hostile)("[I4] refuses %s within 100 ms", (_, adf) => {
    const { user } = timed(() =>
      expect(() => fromAdf(adf)).toThrow(expect.objectContaining({ kind: "invalid_input" })),
    );
    expect(user / 1_000).toBeLessThan(100);
  });
});
