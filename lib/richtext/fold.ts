import type { Kind, Nested } from "./nest";

/** What a format writes for each kind, its children already written. A kind left out fails the build. */
export type Table<T, Context> = {
  [K in Kind]: (node: Nested<K>, children: T[], context: Context) => T;
};

/** The one walk over a document; `nest` has bounded its depth. */
export function fold<T, Context>(node: Nested, table: Table<T, Context>, context: Context): T {
  const children: T[] = [];
  for (const child of node.children) children.push(fold(child, table, context));
  // The entry under a node's own type takes that node; TypeScript cannot follow the pairing through a union.
  const write = table[node.type] as (node: Nested, children: T[], context: Context) => T;
  return write(node, children, context);
}
