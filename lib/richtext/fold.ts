import type { Kind, Nested } from "./nest";

/** What a format writes for each kind, its children already written. A kind left out fails the build. */
export type Table<T, Context> = {
  [K in Kind]: (node: Nested<K>, children: T[], context: Context) => T;
} & {
  /** Who writes what is inside a node, where that is another table: HTML in a cell of what else is Markdown. */
  inside?: (node: Nested) => Table<T, Context>;
};

/** The one walk over a document; `nest` has bounded its depth. */
export function fold<T, Context>(node: Nested, table: Table<T, Context>, context: Context): T {
  const children: T[] = [];
  if (node.children.length > 0) {
    const inner = table.inside === undefined ? table : table.inside(node);
    for (const child of node.children) children.push(fold(child, inner, context));
  }
  // The entry under a node's own type takes that node; TypeScript cannot follow the pairing through a union.
  const write = table[node.type] as (node: Nested, children: T[], context: Context) => T;
  return write(node, children, context);
}
