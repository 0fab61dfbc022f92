import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { doc } from "./build";
import { parseDoc } from "./doc";
import { fromMarkdown } from "./from-markdown";
import { heldByMarkdown } from "./testing/held";
import { pairs } from "./testing/markdown-pairs";
import { fuzz } from "./testing/runs";
import { type Run, runs, type Shape, shapeOfDoc } from "./testing/shape";
import { toMarkdown } from "./to-markdown";

const url = "https://ex.am/files/0197";
const target = { integrationId: "here", attachment: () => ({ url, embeds: false }) };

describe.each(["gfm", "glfm"] as const)("Markdown there and back, %s", (flavor) => {
  it.each(pairs)("[I4] gives back %s", (_, blocks, markdown) => {
    const read = fromMarkdown(markdown, { flavor });
    expect(shapeOfDoc(read)).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));
  });

  it("[I4] gives the document of which nothing was lost", () => {
    let compared = 0;
    fc.assert(
      fc.property(heldByMarkdown, (raw) => {
        const document = parseDoc(raw);
        const { output, losses } = toMarkdown(document, { flavor, ...target });
        if (losses.length > 0) return;
        compared += 1;
        const back = fromMarkdown(output, { flavor, integrationId: "here" });
        expect(shapeOfDoc(back).flatMap((shape) => asRead(shape))).toEqual(
          shapeOfDoc(document).flatMap((shape) => asRead(shape)),
        );
      }),
      fuzz,
    );
    expect(compared).toBeGreaterThan(fuzz.numRuns / 2);
  });
});

/**
 * What is written as HTML is read as HTML, where a row of spaces is one, those at an edge are none, and a paragraph of
 * nothing else shows nothing. That they are written is what the independent reader of to-markdown.property.test.ts finds.
 */
function asRead(shape: Shape, isHtml = false): Shape[] {
  const { kind, content } = shape;
  const inHtml = isHtml || kind === "table" || kind === "detailsSummary";
  if (typeof content === "string") return [shape];
  if (content.every((part): part is Shape => !Array.isArray(part))) {
    return [{ ...shape, content: content.flatMap((child) => asRead(child, inHtml)) }];
  }
  if (!inHtml) return [shape];
  const line = runs((content as Run[]).map(unspaced)); // No list has both.
  const last = line.at(-1);
  // Nor does a break at the very end.
  if (last) line.splice(-1, 1, ...runs([[last[0], last[1].replace(/\n+$/, "")]]));
  return kind === "paragraph" && line.length === 0 ? [] : [{ ...shape, content: line }];
}

const unspaced = ([marks, text]: Run): Run => [marks, text.replace(/[ \t\f]+/g, "")];
