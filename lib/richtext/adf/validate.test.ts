import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDoc } from "../doc";
import { atlassian } from "../testing/adf";
import { anyDoc } from "../testing/arbitrary";
import { fuzz } from "../testing/runs";
import { toAdf } from "../to-adf";
import { isValidAdf } from "./validate";

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const doc = (...content: unknown[]) => ({ version: 1, type: "doc", content });
const withText = (marks: unknown) => doc({ type: "paragraph", content: [{ type: "text", text: "a", marks }] });

/** Documents with every kind of their schema that ours never becomes, to be broken as well. */
const foreign = [
  doc({
    type: "mediaSingle",
    attrs: { layout: "center", width: 50 },
    content: [
      { type: "media", attrs: { type: "file", id: "1", collection: "c" } },
      { type: "caption", content: [{ type: "text", text: "c" }] },
    ],
  }),
  doc({
    type: "layoutSection",
    content: [
      { type: "layoutColumn", attrs: { width: 50 }, content: [paragraph("a")] },
      { type: "layoutColumn", attrs: { width: 50 }, content: [paragraph("b")] },
    ],
  }),
  doc({
    type: "paragraph",
    marks: [{ type: "alignment", attrs: { align: "end" } }],
    content: [
      { type: "status", attrs: { text: "x", color: "#0747A6" } },
      { type: "date", attrs: { timestamp: "1" } },
      { type: "inlineCard", attrs: { url: "u" } },
      { type: "placeholder", attrs: { text: "p" } },
      { type: "mediaInline", attrs: { id: "1", collection: "" } },
    ],
  }),
  doc({ type: "heading", attrs: { level: 2 }, marks: [{ type: "indentation", attrs: { level: 1 } }], content: [] }),
  doc({
    type: "decisionList",
    attrs: { localId: "1" },
    content: [
      { type: "decisionItem", attrs: { localId: "2", state: "DECIDED" }, content: [{ type: "text", text: "d" }] },
    ],
  }),
  doc(
    { type: "blockCard", attrs: { url: "u" } },
    { type: "blockCard", attrs: { datasource: { id: "1", parameters: {}, views: [{ type: "table" }] } } },
    { type: "embedCard", attrs: { url: "u", layout: "wide", width: 99.5 } },
  ),
  doc({
    type: "extension",
    attrs: { extensionKey: "k", extensionType: "t", parameters: { any: [1] } },
    marks: [{ type: "fragment", attrs: { localId: "1" } }],
  }),
  doc({ type: "bodiedExtension", attrs: { extensionKey: "k", extensionType: "t" }, content: [paragraph("a")] }),
  doc({
    type: "expand",
    attrs: { title: "t" },
    marks: [{ type: "breakout", attrs: { mode: "wide" } }],
    content: [paragraph("a"), { type: "nestedExpand", attrs: {}, content: [paragraph("b")] }],
  }),
  doc({
    type: "taskList",
    attrs: { localId: "1" },
    content: [
      { type: "blockTaskItem", attrs: { localId: "2", state: "TODO" }, content: [paragraph("a"), paragraph("b")] },
    ],
  }),
  doc(
    { type: "bodiedSyncBlock", attrs: { resourceId: "r", localId: "1" }, content: [paragraph("a")] },
    { type: "syncBlock", attrs: { resourceId: "r", localId: "1" } },
  ),
  doc({
    type: "codeBlock",
    attrs: { language: "ts", wrap: true },
    marks: [{ type: "breakout", attrs: { mode: "full-width" } }],
    content: [{ type: "text", text: "a" }],
  }),
  doc({
    type: "table",
    attrs: { layout: "default", displayMode: "fixed", isNumberColumnEnabled: true },
    content: [
      {
        type: "tableRow",
        content: [
          {
            type: "tableHeader",
            attrs: { colwidth: [1, 2], background: "#fff", valign: "top" },
            content: [paragraph("a")],
          },
        ],
      },
    ],
  }),
  withText([
    { type: "annotation", attrs: { id: "1", annotationType: "inlineComment" } },
    { type: "textColor", attrs: { color: "#00875A" } },
  ]),
];

const isFine = (adf: unknown) => isValidAdf(adf).valid;

describe("the validator of Atlassian's documents", { timeout: 600_000 }, () => {
  const check = atlassian();

  it("[G5] knows every kind of their schema", () => {
    for (const adf of foreign) {
      expect(check(adf), JSON.stringify(adf)).toBe(true);
      expect(isValidAdf(adf)).toEqual({ valid: true });
    }
  });

  const broken: [what: string, adf: unknown, error: string][] = [
    ["nothing", null, "/ is not an object"],
    ["no version", { type: "doc", content: [] }, "/ lacks one of version, type, content"],
    [
      "an empty text",
      withText(undefined) && doc({ type: "paragraph", content: [{ type: "text", text: "" }] }),
      "/content/0/content/0/text is not a string that fits",
    ],
    [
      "a table in a panel",
      doc({ type: "panel", attrs: { panelType: "info" }, content: [{ type: "table", content: [] }] }),
      "/content/0/content/0 may not be of the type table",
    ],
    [
      "code that is bold",
      withText([{ type: "code" }, { type: "strong" }]),
      "/content/0/content/0/marks/1 may not be of the type strong",
    ],
    [
      "a colour that is a word",
      withText([{ type: "textColor", attrs: { color: "red" } }]),
      "/content/0/content/0/marks/0",
    ],
    [
      "a number beyond its bounds",
      doc({ type: "embedCard", attrs: { url: "u", layout: "wide", width: 101 } }),
      "/content/0/attrs/width",
    ],
    [
      "a number beyond its bounds",
      doc({ type: "embedCard", attrs: { url: "u", layout: "wide", width: 101 } }),
      "/content/0/attrs/width is not a number that fits",
    ],
    ["a property of our own", doc({ ...paragraph("a"), mine: 1 }), "/content/0 may not have mine"],
    ["a kind named like a part of objects", doc({ type: "__proto__" }), "/content/0 may not be of the type __proto__"],
  ];
  it.each(broken)("[G5] says where it is: %s", (_, adf, error) => {
    const validity = isValidAdf(adf);
    expect(validity.valid).toBe(false);
    if (!validity.valid) expect(validity.errors).toEqual([expect.stringContaining(error)]);
  });

  it("[G5] judges as a general validator with Atlassian's schema does, whole documents and broken ones", () => {
    const counts = { valid: 0, broken: 0 };
    const valid = fc.oneof(
      anyDoc.map((raw): unknown => toAdf(parseDoc(raw)).output),
      fc.constantFrom(...foreign),
    );
    const replacement = fc.oneof(
      fc.constantFrom<unknown>(
        "",
        "a",
        0,
        -1,
        1.5,
        1e9,
        true,
        null,
        [],
        {},
        "#fff",
        "table",
        "paragraph",
        "text",
        "center",
      ),
      fc.constantFrom<unknown>(...foreign.flatMap(({ content }) => content)),
    );
    fc.assert(
      fc.property(valid, fc.array(fc.tuple(fc.nat(), fc.nat(3), replacement), { maxLength: 3 }), (adf, edits) => {
        const edited = edits.reduce(breakAt, JSON.parse(JSON.stringify(adf)));
        const expected = check(edited);
        counts[expected ? "valid" : "broken"] += 1;
        expect(isFine(edited), JSON.stringify(edited)).toBe(expected);
      }),
      { ...fuzz, numRuns: fuzz.numRuns * 2 },
    );
    console.info(`richtext: ADF of the validators' comparison: ${counts.valid} valid, ${counts.broken} broken`);
    expect(Math.min(counts.valid, counts.broken)).toBeGreaterThan(fuzz.numRuns / 4);
  });

  it("[G5] answers within 100 ms for a cycle, 10,000 levels and shared parts", () => {
    const cyclic: { type: string; content: unknown[] } = { type: "bulletList", content: [] };
    cyclic.content.push({ type: "listItem", content: [cyclic, cyclic] });
    let deep: unknown = paragraph("a");
    for (let level = 0; level < 5_000; level++)
      deep = { type: "bulletList", content: [{ type: "listItem", content: [deep] }] };
    let shared: unknown = paragraph("a");
    for (let level = 0; level < 60; level++) {
      shared = { type: "bulletList", content: [{ type: "listItem", content: [shared, shared] }] };
    }
    for (const hostile of [doc(cyclic), doc(deep), doc(shared)]) {
      // The best of three, because the machine that runs the tests does other things as well.
      const times = [1, 2, 3].map(() => {
        const startedAt = performance.now();
        expect(isFine(hostile)).toBe(false);
        return performance.now() - startedAt;
      });
      expect(Math.min(...times)).toBeLessThan(100);
    }
  });
});

/** Changes one place of the document: takes it away, doubles it, or puts something else there. */
function breakAt(adf: unknown, [where, how, value]: [number, number, unknown]): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const walk = (holder: unknown) => {
    if (typeof holder !== "object" || holder === null) return;
    for (const [key, inside] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, key]); // An array is one as well, with numbers for names.
      walk(inside);
    }
  };
  walk(adf);
  const place = places[where % Math.max(1, places.length)];
  if (!place) return adf;
  const [holder, key] = place;
  const other = JSON.parse(JSON.stringify(value));
  if (Array.isArray(holder)) {
    const at = Number(key);
    holder.splice(
      at,
      how === 1 ? 0 : 1,
      ...(how === 0 ? [] : how === 1 ? [JSON.parse(JSON.stringify(holder[at]))] : [other]),
    );
  } else if (how === 0) delete holder[key];
  else holder[how === 1 ? `${key}x` : key] = other;
  return adf;
}
