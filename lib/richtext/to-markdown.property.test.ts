import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parseDoc } from "./doc";
import { anyDoc, made, nasties } from "./testing/arbitrary";
import { type Nodes, parseMarkdown, shapeOfMarkdown } from "./testing/mdast";
import { shapeOfDoc } from "./testing/shape";
import { textOf } from "./testing/text";
import { toMarkdown } from "./to-markdown";
import { toText } from "./to-text";

// Fixed, so that a red test is red for everybody.
const seed = 20261120;
const numRuns = 700;
const options = { numRuns, seed, endOnFailure: false };

const blackspace = (text: string) => text.replace(/\s+/g, "");

/** Text as GitHub's filters see it: one string per text node, outside of code and links. */
function readable(node: Nodes): string[] {
  if (node.type === "text") return [node.value];
  if (node.type === "link" || !("children" in node)) return [];
  return node.children.flatMap((child: Nodes) => readable(child));
}
const mention = /(?:^|[^A-Za-z0-9])@[a-z0-9_]/i;
const reference = /#\d|(?:^|[^a-z0-9])gh-\d/i;
const shortcode = /:(?:\+1|key|b|100):/;

describe("toMarkdown, for any document", { timeout: 60_000 }, () => {
  it("[G5] is read back by an independent parser as the same tree", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        expect(shapeOfMarkdown(toMarkdown(doc, { flavor: "gfm" }).output)).toEqual(shapeOfDoc(doc));
      }),
      options,
    );
  });

  it("[G5] loses no text, in Markdown and in plain text", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        const visible = (node: Nodes): string =>
          "value" in node
            ? node.type === "html"
              ? ""
              : node.value
            : "children" in node
              ? node.children.map((child: Nodes) => visible(child)).join("")
              : "";
        expect(blackspace(visible(parseMarkdown(toMarkdown(doc, { flavor: "gfm" }).output)))).toBe(
          blackspace(textOf(doc)),
        );

        let rest = blackspace(toText(doc).output);
        for (const character of blackspace(textOf(doc))) {
          const at = rest.indexOf(character);
          expect(at).not.toBe(-1);
          rest = rest.slice(at + character.length);
        }
      }),
      options,
    );
  });

  it("[G5] never writes a mention, a reference, a quick action, an emoji or HTML", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const { output } = toMarkdown(parseDoc(raw), { flavor: "gfm" });
        const tree = parseMarkdown(output);
        const texts = readable(tree).join("\u0000");
        expect(texts).not.toMatch(mention);
        expect(texts).not.toMatch(reference);
        expect(texts).not.toMatch(shortcode);
        const outsideCode = output.replace(/^([> \d.-]*)(`{3,})[^`\n]*\n[\s\S]*?^[> ]*\2$/gm, "");
        expect(outsideCode).not.toMatch(/(?:^|\n)\/[a-z]/i);
        expect(htmlOf(tree).filter((html) => html !== "<!-- -->")).toEqual([]);
      }),
      options,
    );
  });

  afterAll(() => {
    const counts = [...Object.keys(nasties), "emptyBlock"].map((name) => [name, made.get(name as never) ?? 0] as const);
    console.info(
      `richtext: seed ${seed}, ${numRuns} documents for each of 3 properties; ${counts.map(([name, n]) => `${name} ${n}`).join(", ")}`,
    );
    for (const [name, times] of counts) expect(times, name).toBeGreaterThanOrEqual(100);
  });
});

function htmlOf(node: Nodes): string[] {
  if (node.type === "html") return [node.value];
  return "children" in node ? node.children.flatMap((child: Nodes) => htmlOf(child)) : [];
}
