import { defaultTreeAdapter, html } from "parse5";
import { attr, type Element, isElement, type Node } from "../html/parse";

/** An element of our own with these children. */
export function element(tagName: string, attrs: Record<string, string>, children: Node[]): Element {
  const pairs = Object.entries(attrs).map(([name, value]) => ({ name, value }));
  const made = defaultTreeAdapter.createElement(tagName, html.NS.HTML, pairs);
  for (const child of children) defaultTreeAdapter.appendChild(made, child);
  return made;
}

export function text(value: string): Node {
  return defaultTreeAdapter.createTextNode(value);
}

/** Every list of siblings below, outermost first, each as what `change` makes of it. No recursion: trees are deep. */
export function rewrite(nodes: Node[], change: (siblings: Node[]) => Node[]): Node[] {
  const changed = change(nodes);
  const pending = changed.filter(isElement);
  for (let next = pending.pop(); next; next = pending.pop()) {
    next.childNodes = change(next.childNodes);
    for (const child of next.childNodes) {
      child.parentNode = next;
      if (isElement(child)) pending.push(child);
    }
  }
  return changed;
}

export function setAttr(target: Element, name: string, value: string): void {
  target.attrs = [...target.attrs.filter((other) => other.name !== name), { name, value }];
}

/** Whether an attribute's value holds this, whatever its case. */
export const says = (node: Element, name: string, pattern: RegExp): boolean => pattern.test(attr(node, name) ?? "");
