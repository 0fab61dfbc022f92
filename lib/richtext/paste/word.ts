import { attr, classesOf, type Element, isElement, isText, type Node, textOf, walk } from "../html/parse";
import { element, rewrite, says } from "./tree";

/** Whether a word processor of Microsoft wrote it. */
export const isWord = (html: string): boolean =>
  /mso-|class="?Mso|urn:schemas-microsoft-com:office:word|ListContainerWrapper/i.test(html);

/**
 * Word writes a list as paragraphs that look like items, with what shows as bullet or number in their text; on the web
 * it puts each item into a list and a box of its own.
 */
export const withWordLists = (nodes: Node[]): Node[] => rewrite(nodes, groupLists);

type Open = { level: number; list: Element };

function groupLists(siblings: Node[]): Node[] {
  const grouped: Node[] = [];
  let open: Open[] = [];
  for (const node of siblings) {
    const line = itemOf(node);
    if (line === null) {
      // The line ends between paragraphs of the source.
      if (open.length > 0 && isText(node) && node.value.trim() === "") continue;
      open = [];
      grouped.push(withHeading(node));
      continue;
    }
    const { level, marker, children } = line;
    open = open.filter((one) => one.level <= level);
    const around = open.at(-1);
    const item = element("li", {}, children);
    if (around?.level === level) {
      append(around.list, item);
      continue;
    }
    const list = listFor(marker, item);
    // A list inside another one belongs to its last item.
    const parent = around?.list.childNodes.findLast(isElement);
    if (parent) append(parent, list);
    else grouped.push(list);
    open.push({ level, list });
  }
  return grouped;
}

function append(parent: Element, child: Element): void {
  parent.childNodes.push(child);
  child.parentNode = parent;
}

type Item = { level: number; marker: string; children: Node[] };

function itemOf(node: Node): Item | null {
  if (!isElement(node)) return null;
  if (node.tagName === "div") return / ListContainerWrapper /.test(classesOf(node)) ? boxedItem(node) : null;
  if (node.tagName !== "p") return null;
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(attr(node, "style") ?? "")?.[1];
  return level === undefined ? null : { level: Number(level), marker: takeMarker(node), children: node.childNodes };
}

function boxedItem(box: Element): Item | null {
  const [list, ...more] = box.childNodes.filter(isElement);
  const [item, ...others] = list?.childNodes.filter(isElement) ?? [];
  if (!list || !item || more.length > 0 || others.length > 0) return null;
  const marker = list.tagName === "ol" ? `${attr(list, "start") ?? 1}.` : "";
  return { level: Number(attr(item, "data-aria-level") ?? 1), marker, children: item.childNodes };
}

/** The bullet or number, taken out: it begins the paragraph, in a span that readers who know lists are told to ignore. */
function takeMarker(paragraph: Element): string {
  let looked = 0;
  for (const [node] of walk(paragraph.childNodes)) {
    looked += 1;
    if (looked > 12) break;
    if (!isElement(node) || !says(node, "style", /mso-list:\s*ignore/i)) continue;
    const { parentNode } = node;
    if (parentNode) parentNode.childNodes = parentNode.childNodes.filter((other) => other !== node);
    return textOf(node).trim();
  }
  return "";
}

function listFor(marker: string, line: Element): Element {
  const number = /^\(?(?:(\d+)|[a-z]{1,4})[.)]/i.exec(marker);
  if (!number) return element("ul", {}, [line]);
  return element("ol", number[1] === undefined ? {} : { start: number[1] }, [line]);
}

/** A document's title is a paragraph of its own style. */
function withHeading(node: Node): Node {
  if (!isElement(node) || node.tagName !== "p" || !/ MsoTitle /.test(classesOf(node))) return node;
  return element("h1", {}, node.childNodes);
}
