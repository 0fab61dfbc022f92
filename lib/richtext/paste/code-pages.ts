import { attr, classesOf, type Element, isElement, isText, type Node, textOf, walk } from "../html/parse";
import { element, rewrite, says, text } from "./tree";

/** Code as pages show it, with a number before each line or without `pre`, made into what it is. */
export const withCodeBlocks = (nodes: Node[]): Node[] =>
  rewrite(nodes, (siblings) =>
    siblings.map((node) => {
      if (!isElement(node)) return node;
      if (node.tagName === "table") return codeTable(node) ?? node;
      return codeElement(node) ?? unfolding(node) ?? node;
    }),
  );

const numberCell =
  / (?:blob-num|js-line-number|linenos|lineno|rouge-gutter|hljs-ln-numbers|gutter|line-numbers|line_numbers|lnt) /;

/** GitHub's files, and what Pygments, Rouge and other highlighters make: a table of numbers and lines. */
function codeTable(table: Element): Element | null {
  const rows = table.childNodes.filter(isElement).flatMap((part) => (part.tagName === "tr" ? [part] : part.childNodes));
  const cells = rows.filter(isElement).flatMap(({ childNodes }) => childNodes.filter(isElement));
  const lines = cells.filter((cell) => !isNumber(cell)).map((cell) => textOf(cell).replace(/^\n|\n$/g, ""));
  return lines.length === cells.length ? null : preOf(lines.join("\n"), null);
}

const isNumber = (cell: Element) => numberCell.test(classesOf(cell)) || attr(cell, "data-line-number") !== undefined;

/** Code of Jira's and Confluence's new pages, which is in spans. */
function codeElement(node: Element): Element | null {
  const language = attr(node, "data-code-lang");
  if (language === undefined) return null;
  let code = "";
  for (const [part] of walk(node.childNodes)) if (isText(part)) code += part.value;
  return preOf(code, language);
}

/** What unfolds on those pages. */
function unfolding(node: Element): Element | null {
  if (!says(node, "data-node-type", /^(?:nested)?expand$/i)) return null;
  const summary = element("summary", {}, [text(attr(node, "data-title") ?? "")]);
  return element("details", {}, [
    summary,
    ...node.childNodes.filter((child) => !isElement(child) || child.tagName !== "button"),
  ]);
}

const preOf = (code: string, language: string | null) =>
  element("pre", language ? { "data-lang": language } : {}, [text(code)]);
