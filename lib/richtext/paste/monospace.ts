import { codeBlockOf } from "../html/code";
import { classesOf, type Element, isElement, isText, type Node, walk } from "../html/parse";
import { styleOf } from "../html/style";
import { element } from "./tree";

const fonts = /\b(?:mono|monospace|consolas|courier|menlo|monaco|cascadia|terminal|fira ?code|source code|sf ?mono)\b/i;

/**
 * Whether all that was copied is of a program that shows nothing but letters of one width: a terminal, a code editor.
 * They give each line its element and each colour its span; the text beside the HTML is what was meant.
 */
export function isMonospace(nodes: Node[], html: string): boolean {
  const parts = nodes.filter(isShown);
  if (parts.length === 0) return false;
  return parts.every(isOfOneWidth) || isAppleTerminal(parts, html);
}

/** The lines of such a program, where it gives no text beside its HTML. */
export function linesOf(nodes: Node[]): string {
  const code = codeBlockOf(element("pre", {}, nodes.filter(isShown)));
  return code.content.map(({ text }) => text).join("");
}

const isShown = (node: Node) =>
  isText(node) ? node.value.trim() !== "" : isElement(node) && !/^(?:meta|style|title|link|br)$/.test(node.tagName);

function isOfOneWidth(node: Node): boolean {
  if (!isElement(node)) return false;
  const font = styleOf(node).get("font-family") ?? styleOf(node).get("font");
  if (font !== undefined && fonts.test(font)) return hasNoStructure(node);
  // A terminal's own `pre` has colours as `font` or `span`; a page's has nothing, or a highlighter's classes.
  return node.tagName === "pre" && styleOf(node).size > 0 && hasNoStructure(node);
}

const hasNoStructure = (node: Element) =>
  !Array.from(walk(node.childNodes), ([inner]) => inner).some(
    (inner) => isElement(inner) && /^(?:table|ul|ol|h[1-6]|img|blockquote|a)$/.test(inner.tagName),
  );

/** Apple's writes its fonts in a style sheet, and each line as a paragraph of a class. */
const isAppleTerminal = (parts: Node[], html: string) =>
  /\bp\.p\d+\s*\{[^}]*font:[^;}]*(?:Menlo|Monaco|Mono|Courier)/i.test(html) &&
  parts.every((node) => isElement(node) && node.tagName === "p" && / p\d+ /.test(classesOf(node)));
