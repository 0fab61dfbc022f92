import type { Kind, Nested } from "./nest";

/** What a format writes for each kind, its children already written. A kind left out fails the build. */
export type Table<T, Context> = {
  [K in Kind]: (node: Nested<K>, children: T[], context: Context) => T;
} & {
  /** Who writes what is inside a node, where that is another table: HTML in a cell of what else is Markdown. */
  inside?: (type: Kind, node: Nested) => Table<T, Context>;
};

const none: never[] = [];

/** The one walk over a document; `nest` has bounded its depth. */
export function fold<T, Context>(node: Nested, table: Table<T, Context>, context: Context): T {
  const { type, children } = node;
  // The entry under a node's own type takes that node; TypeScript cannot follow the pairing through a union.
  const write = table[type] as (node: Nested, children: T[], context: Context) => T;
  // Most nodes are texts, and none of them needs a list of its own for what it has not got.
  if (children.length === 0) return write(node, none, context);
  const inner = table.inside === undefined ? table : table.inside(type, node);
  const [only] = children;
  if (only !== undefined && children.length === 1) return write(node, [fold(only, inner, context)], context);
  // A list that grows takes room for sixteen at once, and most have one or two.
  const written = new Array<T>(children.length);
  for (const [at, child] of children.entries()) written[at] = fold(child, inner, context);
  return write(node, written, context);
}
