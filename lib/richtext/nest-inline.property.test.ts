import fc from "fast-check";
import { expect, it } from "vitest";

import { parseDoc, type RichNode } from "./doc";
import { nestAny, nestInline } from "./nest-inline";
import { docsOf } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";

it("[G5] the short way through simple paragraphs gives what the long one gives", () => {
  let simple = 0;
  const visit = (node: RichNode): void => {
    if (node.type === "paragraph" || node.type === "heading" || node.type === "detailsSummary") {
      const nested = nestInline(node.content, 8);
      expect(nested).toEqual(nestAny(node.content, 8));
      if (node.content.length > 1 && nested.length === node.content.length) simple += 1;
    } else if ("content" in node) for (const child of node.content) visit(child);
  };
  fc.assert(
    fc.property(docsOf({ marks: ["bold", "link", "code"] }), (raw) => visit(parseDoc(raw))),
    fuzz,
  );
  expect(simple).toBeGreaterThan(100);
});
