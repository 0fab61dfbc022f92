import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parseDoc, type RichDoc } from "./doc";
import { anyDoc, countMade, docsOf } from "./testing/arbitrary";
import { heldByMarkdown, without } from "./testing/held";
import { elementsOf, rendered, searchedTexts, visibleText } from "./testing/mdast";
import { shapeOfMarkdown } from "./testing/mdast-shape";
import { fuzz } from "./testing/runs";
import { shapeOfDoc } from "./testing/shape";
import { lostText } from "./testing/text";
import { toMarkdown } from "./to-markdown";

const flavors = ["gfm", "glfm"] as const;
const target = {
  integrationId: "here",
  attachment: (id: string) => (id === "0197" ? { url: `https://ex.am/files/${id}`, embeds: false } : null),
};

describe.each(flavors)("toMarkdown of any document, %s", (flavor) => {
  const convert = (doc: RichDoc) => toMarkdown(doc, { flavor, ...target });

  it("[G5] is read back by an independent parser as the same tree", () => {
    let compared = 0;
    fc.assert(
      fc.property(heldByMarkdown, (raw) => {
        const doc = parseDoc(raw);
        const { output, losses } = convert(doc);
        if (losses.length > 0) return;
        compared += 1;
        expect(shapeOfMarkdown(output)).toEqual(shapeOfDoc(doc));
      }),
      fuzz,
    );
    expect(compared).toBeGreaterThan(fuzz.numRuns / 2);
  });
  it("[G5] loses no text", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        // Whoever is mentioned is shown by another name, the handle.
        const { output } = toMarkdown(doc, { flavor, ...target, integrationId: undefined });
        expect(lostText(doc, visibleText(output))).toBeNull();
      }),
      fuzz,
    );
  });

  it("[G5] never writes a mention, a reference, a quick action or an emoji", () => {
    fc.assert(
      fc.property(docsOf(without({ nodes: ["mention", "emoji", "codeBlock"], marks: ["code"] })), (raw) => {
        const { output } = convert(parseDoc(raw));
        const texts = searchedTexts(output).join("\u0000");
        for (const pattern of flavor === "glfm" ? [...everywhere, ...onGitLab] : everywhere) {
          expect(texts).not.toMatch(pattern);
        }
        expect(output).not.toMatch(/(?:^|[\n\u2028\u2029\u0085\v\f])\/[a-z]/i);
      }),
      fuzz,
    );
  });

  // GitLab alone reads commands, and in code too where it takes the fence for text.
  if (flavor === "glfm") {
    it("[G5] begins no line with a slash, in code neither", () => {
      fc.assert(
        fc.property(anyDoc, (raw) => {
          expect(convert(parseDoc(raw)).output).not.toMatch(/(?:^|\n)\/[a-z]/i);
        }),
        fuzz,
      );
    });
  }

  it("[G5] writes no HTML but its own", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        for (const { tagName, attrs } of elementsOf(rendered(convert(parseDoc(raw)).output))) {
          expect(ours.get(tagName), tagName).toBeDefined();
          for (const { name, value } of attrs) {
            expect(ours.get(tagName), `${tagName} ${name}`).toContain(name);
            if (name === "href") expect(value).toMatch(/^(?:https?|mailto):/i);
            if (name === "src") expect(value).toMatch(/^https?:/i);
          }
        }
      }),
      fuzz,
    );
  });
});

afterAll(() => {
  console.info(
    `richtext, Markdown: seed ${fuzz.seed}, ${fuzz.numRuns} documents for each of 9 properties; ${countMade()}`,
  );
});

/** Text as a tracker's filters see it: one string for each text node, outside of code and links. */
const everywhere = [/(?:^|[^A-Za-z0-9])@[a-z0-9_]/i, /#\d|(?:^|[^a-z0-9])gh-\d/i, /:(?:\+1|key|b|100):/];
const onGitLab = [
  /[!&$]\d/,
  /%[\w"{]/,
  /~[^\s~\0]/,
  /[[{][+-]/,
  /\[(?:\[|[a-z_]+:|toc\])/i,
  /\*iteration:/,
  /(?:^|[^a-z0-9])gl-\d/i,
];

/** The elements that the writer writes or that Markdown makes, with their attributes. */
const ours = new Map<string, readonly string[]>([
  ...["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "hr", "br", "code", "strong", "em", "del", "ins"].map(bare),
  ...["sub", "sup", "mark", "table", "tbody", "tr", "summary"].map(bare),
  ["ol", ["start"]],
  ["li", ["data-checked"]],
  ["blockquote", ["data-alert"]],
  ["pre", ["lang"]],
  ["th", ["align", "colspan", "rowspan"]],
  ["td", ["align", "colspan", "rowspan"]],
  ["details", ["open"]],
  ["a", ["href"]],
  ["img", ["src", "alt", "title", "width", "height"]],
]);

function bare(tag: string): [string, string[]] {
  return [tag, []];
}
