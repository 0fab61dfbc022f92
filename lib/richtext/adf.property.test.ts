import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { isValidAdf } from "./adf/validate";
import { marks, nodes, parseDoc, type RichBlock, type RichDoc, type RichInline, type RichNode } from "./doc";
import { fromAdf } from "./from-adf";
import { atlassian, seenInAdf } from "./testing/adf";
import { anyDoc, countMade, docsOf, type Kinds } from "./testing/arbitrary";
import { fuzz, runs } from "./testing/runs";
import { shapeOfDoc } from "./testing/shape";
import { lostText } from "./testing/text";
import { toAdf } from "./to-adf";

const target = {
  integrationId: "here",
  attachment: (id: string) => ({ url: `https://faultline.test/files/${id}`, embeds: id.length % 2 === 0 }),
};

/**
 * What Atlassian's format has no place for although nothing that anybody sees is lost:
 * - a mark other than a link on a picture, and any mark on a mention, an emoji or a line break: it shows nothing there;
 * - the handle of a mention: the tracker finds the person by the id;
 * - “left” as the alignment of a cell: it is how they stand anyway.
 */
function visible(doc: RichDoc): RichDoc {
  return JSON.parse(JSON.stringify(doc), (_key, node) => {
    if (node?.type === "image")
      return { ...node, marks: node.marks?.filter(({ type }: { type: string }) => type === "link") };
    if (node?.type === "emoji" || node?.type === "hardBreak") return { ...node, marks: [] };
    if (node?.type === "mention") return { ...node, marks: [], attrs: { ...node.attrs, handle: null } };
    if (node?.type === "tableCell" || node?.type === "tableHeader") {
      return node.attrs.align === "left" ? { ...node, attrs: { ...node.attrs, align: null } } : node;
    }
    return node;
  });
}

/** Fewer kinds at once, so that enough documents are without a loss, whatever their kinds. */
const fewKinds: Kinds[] = [
  {
    nodes: ["heading", "codeBlock", "horizontalRule", "hardBreak", "bulletList", "orderedList", "taskList", "table"],
    marks: ["bold", "italic", "underline", "strike", "link", "highlight", "textStyle", "superscript"],
  },
  { nodes: ["details", "emoji"], marks: ["bold"] },
  { nodes: ["panel", "taskList"], marks: ["code", "link"] },
  { nodes: ["blockquote", "mention"], marks: ["subscript"] },
];
/** Pictures on lines of their own, without a title. */
const pictures = docsOf({ nodes: ["image"], marks: ["link"] }).map((doc) => ({
  ...doc,
  content: doc.content.flatMap((block) => (block.type === "paragraph" ? block.content : [])).flatMap(asLine),
}));
const asLine = (part: RichInline): RichBlock[] =>
  part.type === "image" && part.attrs.src
    ? [{ type: "paragraph", content: [{ ...part, attrs: { ...part.attrs, title: null } }] }]
    : [];
const mostlyHeld = fc.oneof(pictures, ...fewKinds.map(docsOf));

function kindsIn(node: RichNode): Set<string> {
  const kinds = new Set<string>([node.type]);
  if ("marks" in node) for (const { type } of node.marks ?? []) kinds.add(type);
  if ("content" in node) for (const child of node.content) for (const kind of kindsIn(child)) kinds.add(kind);
  return kinds;
}

describe("ADF, for any document", () => {
  const check = atlassian();

  it("[G5] is valid under Atlassian's schema, by their rules and by ours", () => {
    fc.assert(
      fc.property(anyDoc, fc.boolean(), (raw, isReachable) => {
        const { output } = toAdf(parseDoc(raw), isReachable ? target : {});
        expect(isValidAdf(output)).toEqual({ valid: true });
        expect(check(output)).toBe(true);
      }),
      fuzz,
    );
  });

  it("[G5] loses no text, and keeps its order", () => {
    fc.assert(
      fc.property(anyDoc, fc.boolean(), (raw, isReachable) => {
        const doc = parseDoc(raw);
        expect(lostText(doc, seenInAdf(toAdf(doc, isReachable ? target : {}).output))).toBeNull();
      }),
      fuzz,
    );
  });

  it("[I4] is read back as the same document wherever nothing was lost, which every kind is met in", () => {
    const kept = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(anyDoc, { weight: 3, arbitrary: mostlyHeld }), (raw) => {
        const doc = parseDoc(raw);
        const { output, losses } = toAdf(doc, { integrationId: "here" });
        const back = fromAdf(JSON.parse(JSON.stringify(output)), { integrationId: "here" });
        expect(parseDoc(back)).toEqual(back);
        expect(lostText(doc, seenInAdf(toAdf(back, { integrationId: "here" }).output))).toBeNull();
        if (losses.length > 0) return;
        for (const kind of kindsIn(doc)) kept.set(kind, (kept.get(kind) ?? 0) + 1);
        expect(shapeOfDoc(visible(back))).toEqual(shapeOfDoc(visible(doc)));
      }),
      fuzz,
    );
    console.info(`richtext: ADF held ${[...kept].map(([kind, times]) => `${kind} ${times}`).join(", ")} of ${runs}`);
    // A file of ours is not one of theirs: it is a link there, or its name.
    const held = [...Object.keys(nodes), ...Object.keys(marks)].filter((kind) => kind !== "attachment");
    expect(held.filter((kind) => (kept.get(kind) ?? 0) < runs / 200)).toEqual([]);
  });

  afterAll(() => console.info(`richtext: ${countMade()}`));
});
