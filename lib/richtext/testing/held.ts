import { marks, nodes, type RichDoc } from "../doc";
import { docsOf, type Kinds } from "./arbitrary";

type Node = NonNullable<Kinds["nodes"]>[number];
type Mark = NonNullable<Kinds["marks"]>[number];

/** All kinds but these. */
export const without = (left: { nodes?: Node[]; marks?: Mark[] }): Kinds => ({
  nodes: (Object.keys(nodes) as Node[]).filter((kind) => !left.nodes?.includes(kind)), // Object.keys widens.
  marks: (Object.keys(marks) as Mark[]).filter((kind) => !left.marks?.includes(kind)), // Object.keys widens.
});

/**
 * Documents of what Markdown holds. Nothing that is seen is lost of the others either, but they come back as something
 * else: an emoji as its character, a person by the handle alone, a file of ours as a link to it. Colours are losses: a
 * text's is gone, and a highlight has the reader's own.
 */
export const heldByMarkdown = docsOf(without({ nodes: ["emoji", "mention", "attachment"], marks: ["textStyle"] })).map(
  colourless,
);

function colourless(doc: RichDoc): RichDoc {
  const isHighlight = (value: unknown) =>
    typeof value === "object" && value !== null && "type" in value && value.type === "highlight";
  // Nothing but the attributes of a mark changes.
  return JSON.parse(JSON.stringify(doc), (_, value: unknown) =>
    isHighlight(value) ? { type: "highlight", attrs: {} } : value,
  ) as RichDoc;
}
