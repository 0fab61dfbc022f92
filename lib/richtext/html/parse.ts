import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as names,
  parseFragment,
  type TreeAdapter,
} from "parse5";

import { AppError } from "@/lib/errors";
import { limits } from "../tidy";

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.ChildNode;

/** Markup around a text is often several times its size; a page of megabytes is not a description. */
const most = { characters: 8 * limits.text, elements: 2 * limits.nodes, levels: 12_000 };

/**
 * The tree that a browser would build of it inside a `div`, refused before its size can hurt. `withPlaces`: each node
 * knows where it stands in the text.
 */
export function parseHtml(html: string, { withPlaces = false } = {}): Node[] {
  if (html.length > most.characters) {
    throw new AppError("invalid_input", `The HTML is longer than ${most.characters} characters.`);
  }
  let elements = 0;
  let levels = 0;
  const treeAdapter: TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    // Closing an element looks at all that are open, so their number is what an attack would raise.
    onItemPush() {
      levels += 1;
      if (levels > most.levels) {
        throw new AppError("invalid_input", `The HTML is nested more than ${most.levels} levels deep.`);
      }
    },
    onItemPop() {
      levels -= 1;
    },
    createElement(tagName, namespace, attrs) {
      elements += 1;
      if (elements > most.elements) {
        throw new AppError("invalid_input", `The HTML has more than ${most.elements} elements.`);
      }
      return defaultTreeAdapter.createElement(tagName, namespace, attrs);
    },
  };
  // Not the default context, `template`: there a cell without a table stays one, and text after it is moved before it.
  const around = defaultTreeAdapter.createElement("div", names.NS.HTML, []);
  // Without scripts `noscript` is what people see.
  return parseFragment(around, html, { treeAdapter, scriptingEnabled: false, sourceCodeLocationInfo: withPlaces })
    .childNodes;
}

export const isElement = (node: Node): node is Element => "tagName" in node;
export const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === "#text";

/** An attribute's value, or undefined. */
export function attr(element: Element, name: string): string | undefined {
  for (const attribute of element.attrs) if (attribute.name === name) return attribute.value;
  return undefined;
}

/** The classes of an element, with a space on both sides of each, so that one can be looked for whole. */
export const classesOf = (element: Element): string => ` ${(attr(element, "class") ?? "").replace(/\s+/g, " ")} `;

/** All nodes in their order and how deep each stands, with a stack of its own: a tree may be 10,000 levels deep. */
export function* walk(nodes: readonly Node[], without?: ReadonlySet<Node>): Generator<[node: Node, depth: number]> {
  const pending = nodes.toReversed().map((node): [Node, number] => [node, 0]);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, depth] = next;
    if (without?.has(node)) continue;
    yield next;
    if (isElement(node)) for (const child of node.childNodes.toReversed()) pending.push([child, depth + 1]);
  }
}

/** The letters of an element as they stand in the source. */
export function textOf(root: Element): string {
  let text = "";
  for (const [node] of walk(root.childNodes)) if (isText(node)) text += node.value;
  return text;
}
