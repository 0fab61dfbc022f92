import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyDoc, marks, nodes, parseDoc } from "./doc";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { tidy } from "./tidy";

const kinds = new Set(Object.keys(nodes));
const markKinds = new Set(Object.keys(marks));

/** What the schemas themselves say of it: the document, or that it does not fit. */
function bySchema(input: unknown): unknown {
  const parsed = nodes.doc.safeParse(tidy(input, kinds, markKinds));
  if (!parsed.success) return "does not fit";
  return parsed.data.content.length > 0 ? parsed.data : emptyDoc();
}

function byCheck(input: unknown): unknown {
  try {
    return parseDoc(input);
  } catch {
    return "does not fit";
  }
}

type Loose = { type?: unknown; attrs?: Record<string, unknown>; content?: Loose[]; marks?: Loose[] };

const parts = (node: Loose): Loose[] => [node, ...(node.content ?? []).flatMap(parts), ...(node.marks ?? [])];

/** One part of a document spoiled: another kind in its place, an attribute changed, added or gone, content moved. */
const spoiled = fc
  .tuple(anyDoc, fc.nat(), fc.constantFrom(...kinds, ...markKinds), fc.nat(7), fc.constantFrom(null, 0, -1, 7, "x", {}))
  .map(([doc, at, kind, way, value]) => {
    const copy: Loose = structuredClone(doc);
    const all = parts(copy);
    const part = all[at % all.length] ?? copy;
    const attrs = { ...part.attrs };
    const [name = "level"] = Object.keys(attrs);
    if (way === 0) part.type = kind;
    else if (way === 1) delete part.attrs;
    else if (way === 2) part.attrs = { ...attrs, [name]: value };
    else if (way === 3) part.attrs = { ...attrs, unknown: value };
    else if (way === 4) delete part.content;
    else if (way === 5) part.content = [...(part.content ?? []), { type: kind }];
    else if (way === 6) part.content = [{ type: "text" }, ...(part.content ?? [])];
    else part.marks = [{ type: kind, attrs: { color: value } }];
    return copy;
  });

it("[G5] a document that fits is what the schemas make of it", () => {
  fc.assert(
    fc.property(anyDoc, (doc) => {
      expect(byCheck(doc)).toEqual(bySchema(doc));
    }),
    fuzz,
  );
});

it("[G5] a spoiled document is refused where the schemas refuse it, and mended as they mend it", () => {
  let refused = 0;
  fc.assert(
    fc.property(spoiled, (doc) => {
      const expected = outcome(() => bySchema(doc));
      expect(byCheck(doc)).toEqual(expected);
      if (expected === "does not fit") refused += 1;
    }),
    fuzz,
  );
  expect(refused).toBeGreaterThan(100);
});

/** Tidying refuses some of them already. */
function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return "does not fit";
  }
}
