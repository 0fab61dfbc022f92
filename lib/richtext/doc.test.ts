import { describe, expect, it } from "vitest";

import { isKind } from "@/lib/errors";
import { docFromText, heading, paragraph } from "./build";
import { emptyDoc, parseDoc, type RichDoc } from "./doc";
import { limits } from "./tidy";
import { toMarkdown } from "./to-markdown";

const paragraphOf = (...content: unknown[]) => ({ type: "doc", content: [{ type: "paragraph", content }] });
const text = (value: string, ...marks: unknown[]) => ({ type: "text", text: value, marks });
const linkTo = (href: unknown) =>
  text("x", { type: "link", attrs: { href, target: "_blank", rel: "noopener", class: null } });

function nested(levels: number): unknown {
  let block: unknown = { type: "paragraph" };
  for (let i = 0; i < levels; i++) block = { type: "blockquote", content: [block] };
  return { type: "doc", content: [block] };
}

/** The refusal, which has to be typed and quick; the quickest of three, because other tests share the machine. */
function refusal(input: unknown): string {
  let bestMs = Number.POSITIVE_INFINITY;
  let message = "";
  for (let round = 0; round < 3 && bestMs > 100; round++) {
    const startMs = performance.now();
    message = refusalOnce(input);
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  expect(bestMs).toBeLessThan(100);
  return message;
}

function refusalOnce(input: unknown): string {
  try {
    parseDoc(input);
  } catch (error) {
    if (isKind(error, "invalid_input")) return error.message;
    throw error;
  }
  throw new Error("The document was accepted.");
}

describe("parseDoc", () => {
  it("[G5] takes what the editor writes, and leaves behind what it does not know", () => {
    const doc = parseDoc({
      type: "doc",
      content: [
        { type: "heading", attrs: { level: 2, textAlign: null }, content: [{ type: "text", text: "a" }] },
        {
          type: "orderedList",
          attrs: { start: 3, type: null },
          content: [{ type: "listItem", content: [{ type: "paragraph" }] }],
        },
        {
          type: "codeBlock",
          attrs: { language: null },
          content: [{ type: "text", text: "x\r\ny", marks: [{ type: "bold" }] }],
        },
      ],
    });
    expect(doc.content).toEqual([
      heading(2, "a"),
      { type: "orderedList", attrs: { start: 3 }, content: [{ type: "listItem", content: [paragraph()] }] },
      { type: "codeBlock", attrs: { language: null }, content: [{ type: "text", text: "x\ny" }] },
    ]);
  });

  it("[G5] keeps links to the web and to mailboxes; any other loses the mark and keeps its text", () => {
    const hrefs = [
      "https://a.b/c",
      "HTTP://a.b",
      "mailto:a@b.c",
      "javascript:alert(1)",
      "javascript://a.b/%0aalert(1)",
      "ftp://a.b",
      "java\nscript:alert(1)",
      "data:text/html,x",
      "//a.b",
      "/x",
      "vbscript:x",
      "file:///etc",
      " ",
      7,
      null,
      "https://",
    ];
    const kept = hrefs.map((href) => {
      const [block] = parseDoc(paragraphOf(linkTo(href))).content;
      const [part] = block?.type === "paragraph" ? block.content : [];
      return part?.type === "text" && part.text === "x" ? part.marks?.length : "lost";
    });
    expect(kept).toEqual([1, 1, 1, ...Array(hrefs.length - 3).fill(0)]);
  });

  it("[G5] makes breaks of line ends in a text, and replaces what cannot be stored", () => {
    expect(parseDoc(paragraphOf(text("a\r\nb\rc\u0000\ud800"))).content).toEqual([
      {
        type: "paragraph",
        content: [
          { type: "text", text: "a", marks: [] },
          { type: "hardBreak" },
          { type: "text", text: "b", marks: [] },
          { type: "hardBreak" },
          { type: "text", text: "c\uFFFD\uFFFD", marks: [] },
        ],
      },
    ]);
  });

  it("[G5] refuses cycles, depth, breadth and size within 100 ms", () => {
    const cycle: Record<string, unknown> = { type: "blockquote" };
    cycle.content = [cycle, cycle];
    expect(refusal({ type: "doc", content: [cycle] })).toMatch(/levels deep|parts/);
    expect(refusal(nested(10_000))).toContain("levels deep");
    expect(refusal(nested(1_000_000))).toContain("levels deep");
    expect(
      refusal({ type: "doc", content: Array.from({ length: limits.nodes }, () => ({ type: "paragraph" })) }),
    ).toContain("parts");
    expect(refusal({ type: "doc", content: new Array(4_000_000_000) })).toContain("parts");
    expect(refusal(paragraphOf(text("x".repeat(limits.text + 1))))).toContain("longer");
    expect(refusal(paragraphOf(text("\n".repeat(100_000))))).toContain("parts");
    expect(refusal(paragraphOf({ type: "text", text: "x", marks: Array(1_000_000).fill({ type: "bold" }) }))).toContain(
      "marks",
    );
  });

  it("[G5] counts the breaks that line ends become, so that what it takes it takes again", () => {
    const lines = limits.nodes / 2;
    expect(refusalOnce(paragraphOf(text("a\n".repeat(lines))))).toContain("parts");
    const doc = parseDoc(paragraphOf(text("a\n".repeat(lines - 1))));
    expect(parseDoc(doc)).toEqual(doc);
  });

  it("[G5] takes what lies within its limits", () => {
    expect(parseDoc(nested(limits.depth - 2)).content).toHaveLength(1);
    const million = parseDoc(paragraphOf(text("x".repeat(limits.text))));
    expect(toMarkdown(million, { flavor: "gfm" }).output).toHaveLength(limits.text);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "script", "", "Paragraph"])(
    "[G5] refuses the kind %j, as a node and as a mark",
    (type) => {
      expect(refusal({ type: "doc", content: [JSON.parse(`{"type":"${type}"}`)] })).toContain("kind");
      expect(refusal(paragraphOf(text("x", { type })))).toContain("mark");
    },
  );

  it("[G5] refuses what is no document", () => {
    const values = [
      null,
      undefined,
      1,
      "x",
      [],
      {},
      { type: "paragraph" },
      { type: "doc", content: "x" },
      { type: "doc", content: [null] },
      { type: "doc", content: [{ type: "text", text: "x" }] },
      { type: "doc", content: [{ type: "heading", attrs: { level: 7 } }] },
      { type: "doc", content: [{ type: "bulletList", content: [{ type: "paragraph" }] }] },
      { type: "doc", content: [{ type: "orderedList", attrs: { start: -1 } }] },
      paragraphOf({ type: "text" }),
      paragraphOf({ type: "text", text: 1 }),
      paragraphOf({ type: "paragraph" }),
    ];
    for (const value of values) expect(refusal(value)).not.toBe("");
  });

  it("[G5] leaves nothing of the input's prototype behind", () => {
    const hostile = JSON.parse(
      '{"type":"doc","__proto__":{"polluted":1},"content":[{"type":"paragraph","__proto__":{"content":[]}}]}',
    );
    const doc = parseDoc(hostile);
    expect(Object.keys(doc)).toEqual(["type", "content"]);
    expect("polluted" in {}).toBe(false);
  });
});

describe("toMarkdown of a document that was never parsed", () => {
  it.each([
    [
      "a cycle",
      () => {
        const quote: Record<string, unknown> = { type: "blockquote" };
        quote.content = [quote, quote];
        return { type: "doc", content: [quote] };
      },
    ],
    ["10,000 levels", () => nested(10_000)],
    ["an unknown kind", () => ({ type: "doc", content: [{ type: "constructor" }] })],
    ["an unknown inline kind", () => paragraphOf({ type: "__proto__" })],
    ["no document", () => ({ type: "paragraph" })],
  ])("[G5] refuses %s", (_, make) => {
    const startMs = performance.now();
    expect(() => toMarkdown(make() as RichDoc, { flavor: "gfm" })).toThrow(
      expect.objectContaining({ kind: "invalid_input" }),
    );
    expect(performance.now() - startMs).toBeLessThan(100);
  });
});

describe("docFromText", () => {
  it("[G5] makes paragraphs of plain text, and nothing else", () => {
    expect(docFromText("# a\r\nb\n\n \t\n- c\n").content).toEqual([paragraph("# a\nb"), paragraph("- c")]);
    expect(docFromText("").content).toEqual(emptyDoc().content);
    expect(docFromText("  indented").content).toEqual([paragraph("  indented")]);
  });
});
