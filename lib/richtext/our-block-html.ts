import { isElement, isText, type Node, parseHtml, textOf, walk } from "./html/parse";
import { blockLine, type Replaced } from "./our-block";

/**
 * Our block with its first and last line. They are `small`, which `toHtml` never writes, so no text of a document can
 * pass for them.
 */
export const wrapHtml = (body: string, id: string): string => `${line(id)}${body}${line(id)}`;

const line = (id: string) => `<p><small>${blockLine(id)}</small></p>`;

/**
 * What others wrote, with our block replaced and the rest as it was, letter for letter. An editor may have wrapped the
 * two lines; they only have to be lines of one container still.
 */
export function replaceHtml(remote: string, id: string, body: string): Replaced<string> {
  const nodes = parseHtml(remote, { withPlaces: true });
  const found = findBlock(nodes, id);
  if (typeof found === "string") return { found };
  const start = found[0]?.sourceCodeLocation?.startOffset;
  const end = found.at(-1)?.sourceCodeLocation?.endOffset;
  if (start === undefined || end === undefined || start >= end) return { found: "broken" };

  const output = `${remote.slice(0, start)}${wrapHtml(body, id)}${remote.slice(end)}`;
  // Markup that somebody left open may swallow what is written into it; then the rest would not be what it was.
  const after = parseHtml(output);
  const replaced = findBlock(after, id);
  const isWhole = typeof replaced !== "string" && outline(nodes, found) === outline(after, replaced);
  return isWhole ? { found: "whole", output } : { found: "broken" };
}

/** The nodes from our first line to our last one. */
function findBlock(nodes: Node[], id: string): Node[] | "none" | "broken" {
  const wanted = blockLine(id);
  const lines = Array.from(walk(nodes), ([node]) => node)
    .filter((node) => isElement(node) && node.tagName === "small" && plain(textOf(node)) === wanted)
    .map(wrapped);
  const [first, last, ...more] = lines;
  if (!first) return "none";
  if (!last || more.length > 0 || first.parentNode !== last.parentNode) return "broken";
  const { parentNode } = first;
  // Blocks in a heading or in a link are not what its author meant.
  if (!parentNode || /^(?:h[1-6]|p|pre|a)$/.test(parentNode.nodeName)) return "broken";
  const siblings = parentNode.childNodes;
  return siblings.slice(siblings.indexOf(first), siblings.indexOf(last) + 1);
}

const plain = (text: string) => text.replace(/\s+/g, " ").trim();

const wrappers: ReadonlySet<string> = new Set(["p", "div", "span", "font", "b", "i", "u", "em", "strong", "center"]);

/** The outermost element that holds nothing but this one. */
function wrapped(node: Node): Node {
  let outer = node;
  for (let up = outer.parentNode; up && "tagName" in up && wrappers.has(up.tagName); up = outer.parentNode) {
    if (up.childNodes.some((other) => other !== outer && !(isText(other) && plain(other.value) === ""))) break;
    outer = up;
  }
  return outer;
}

/** A tree as text, without some of its nodes: equal trees have equal outlines. */
function outline(nodes: Node[], without: readonly Node[]): string {
  let text = "";
  for (const [node, depth] of walk(nodes, new Set(without))) text += `${depth} ${JSON.stringify(said(node))}\n`;
  return text;
}

function said(node: Node): unknown {
  if (isElement(node)) return [node.tagName, node.attrs];
  return isText(node) ? node.value : [node.nodeName, "data" in node ? node.data : null];
}
