/** A node as the views read it: valid under Atlassian's schema, which allows more than our conversion writes. */
export type Node = {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: Node[];
};

// The validator has judged the document before it is read as nodes.
export const contentOf = (node: unknown): Node[] => (node as Node).content ?? [];

export const attribute = (node: { attrs?: Record<string, unknown> }, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === "string" ? value : "";
};

export const amount = (node: Node, name: string): number | undefined => {
  const value = node.attrs?.[name];
  return typeof value === "number" ? value : undefined;
};
