import { z } from "zod";

type Shape = {
  attrs: z.ZodType | null;
  marks: boolean;
  /** The kinds that may stand in it: any number of them, or exactly these in this order; null: it holds nothing. */
  content: { each: ReadonlySet<string> } | { exactly: readonly string[] } | null;
};

type Schemas = Readonly<Record<string, z.ZodObject>>;
type Part = { type: string; attrs?: unknown; marks?: unknown[]; content?: Part[] };

/**
 * Makes a check out of the schemas of nodes and marks that answers what they answer, several times as fast: for a
 * part that `tidy` has copied it looks at kinds and places in tables, and asks zod about attributes alone. A document
 * that fits is completed in place, as the schemas would (defaults set, the unknown left out).
 */
export function makeCheck(nodes: Schemas, marks: Schemas): (part: Part) => boolean {
  let shapes: ReadonlyMap<string, Shape> | undefined;
  const attrsOfMark = new Map(Object.entries(marks).map(([kind, { shape }]) => [kind, attrsIn(shape)]));

  function fits(part: Part): boolean {
    // At the first use, because the schemas name each other before all of them are there.
    shapes ??= new Map(Object.entries(nodes).map(([kind, { shape }]) => [kind, shapeOf(shape)]));
    const shape = shapes.get(part.type);
    if (!shape || !fitsAttrs(part, shape.attrs)) return false;
    if (!shape.marks) delete part.marks;
    else if (part.marks && !part.marks.every(fitsMark)) return false;
    return fitsContent(part, shape.content);
  }

  function fitsMark(mark: unknown): boolean {
    const part = mark as Part; // tidy has made it, with a kind that is known
    return fitsAttrs(part, attrsOfMark.get(part.type) ?? null);
  }

  function fitsContent(part: Part, allowed: Shape["content"]): boolean {
    if (!allowed) {
      delete part.content;
      return true;
    }
    part.content ??= [];
    const { content } = part;
    if ("each" in allowed) return content.every((child) => allowed.each.has(child.type) && fits(child));
    const { exactly } = allowed;
    return content.length === exactly.length && content.every((child, n) => child.type === exactly[n] && fits(child));
  }

  return fits;
}

function fitsAttrs(part: Part, schema: z.ZodType | null): boolean {
  if (!schema) {
    delete part.attrs;
    return true;
  }
  const parsed = schema.safeParse(part.attrs);
  if (parsed.success) part.attrs = parsed.data;
  return parsed.success;
}

const attrsIn = (shape: z.ZodObject["shape"]) => (shape.attrs as z.ZodType | undefined) ?? null; // zod's shapes are loosely typed

function shapeOf(shape: z.ZodObject["shape"]): Shape {
  return { attrs: attrsIn(shape), marks: "marks" in shape, content: contentOf(shape.content) };
}

function contentOf(schema: unknown): Shape["content"] {
  if (schema === undefined) return null;
  const list = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (list instanceof z.ZodTuple) return { exactly: list.def.items.map((item) => kindsOf(item)[0] ?? "") };
  if (list instanceof z.ZodArray) return { each: new Set(kindsOf(list.element)) };
  throw new Error("A kind's content is neither a list nor a tuple.");
}

function kindsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap(kindsOf);
  const type = schema instanceof z.ZodObject ? schema.shape.type : null;
  if (type instanceof z.ZodLiteral) return [String(type.value)];
  throw new Error("A kind has no name.");
}
