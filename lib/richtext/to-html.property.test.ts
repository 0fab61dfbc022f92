import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parseDoc } from "./doc";
import { fromHtml } from "./from-html";
import { anyDoc, countMade, docsOf } from "./testing/arbitrary";
import { forbiddenIn, textOfHtml } from "./testing/html";
import { fuzz } from "./testing/runs";
import { shapeOfDoc } from "./testing/shape";
import { lostText } from "./testing/text";
import { toHtml } from "./to-html";

const target = { integrationId: "here" };

/** What HTML shows without holding it, so that it is read back as something else. */
const shownOnly = {
  // A person of Azure DevOps has no handle there: what the document knew of it is gone, the person is not.
  mention: "its handle",
  // A file is a link, and a link is what is read.
  attachment: "that it is a file of ours",
} as const;
const held = docsOf({
  nodes: [
    ...(["heading", "bulletList", "orderedList", "taskList", "blockquote", "codeBlock", "table", "details"] as const),
    ...(["panel", "horizontalRule", "hardBreak", "image", "emoji"] as const),
  ],
});

describe("random documents", () => {
  afterAll(() => {
    console.info(countMade());
  });

  it("[G5] loses no text in HTML", () => {
    fc.assert(
      fc.property(anyDoc, (input) => {
        const doc = parseDoc(input);
        expect(lostText(doc, textOfHtml(toHtml(doc, target).output))).toBeNull();
      }),
      fuzz,
    );
  });

  it("[G5] stays inside the list of what may be written", () => {
    fc.assert(
      fc.property(anyDoc, (doc) => {
        expect(forbiddenIn(toHtml(doc, target).output)).toEqual([]);
      }),
      fuzz,
    );
  });

  it(`[I4] reads its own HTML back as the same document, but for ${Object.values(shownOnly).join(" and ")}`, () => {
    let compared = 0;
    fc.assert(
      fc.property(held, (input) => {
        const doc = parseDoc(input);
        const { output, losses } = toHtml(doc, target);
        // Details are lost as something that folds; what they say is not.
        if (losses.some(({ kind }) => kind !== "details")) return;
        compared += 1;
        expect(shapeOfDoc(fromHtml(output, target))).toEqual(shapeOfDoc(doc));
      }),
      fuzz,
    );
    expect(compared).toBeGreaterThan(fuzz.numRuns / 2);
  });
});
