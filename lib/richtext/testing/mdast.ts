import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

import { headingShape, named, type Run, runs, type Shape, shape } from "./shape";

/** Any node of that parser's tree. */
export type Nodes = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/** The tree that an independent parser of GitHub's Markdown finds. */
export const parseMarkdown = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

export const shapeOfMarkdown = (markdown: string): Shape[] => parseMarkdown(markdown).children.flatMap(ofMdast);

function ofMdast(node: Nodes): Shape[] {
  switch (node.type) {
    case "paragraph":
      return [shape("paragraph", runs(node.children.flatMap((child) => ofMdastInline(child, []))))];
    case "heading":
      return [headingShape(node.depth, runs(node.children.flatMap((child) => ofMdastInline(child, []))))];
    case "list":
      return node.ordered
        ? [shape("orderedList", node.children.flatMap(ofMdast), node.start ?? 1)]
        : [shape("bulletList", node.children.flatMap(ofMdast))];
    case "listItem":
      // A box at the start of an item would be an interpretation of its text.
      return [shape(typeof node.checked === "boolean" ? "taskItem" : "listItem", node.children.flatMap(ofMdast))];
    case "blockquote":
      return [shape("blockquote", node.children.flatMap(ofMdast))];
    case "code":
      return [shape("codeBlock", node.value, node.meta ? `${node.lang} ${node.meta}` : (node.lang ?? null))];
    case "thematicBreak":
      return [shape("horizontalRule", "")];
    case "html":
      return node.value === "<!-- -->" ? [] : [shape("html", node.value)];
    default:
      return [shape(`unexpected ${node.type}`, "")];
  }
}

function ofMdastInline(node: Nodes, marks: string[]): Run[] {
  const inside = (children: readonly Nodes[], mark: string) =>
    children.flatMap((child) => ofMdastInline(child, [...marks, mark]));
  switch (node.type) {
    case "text":
      return [[named(marks), node.value]];
    case "inlineCode":
      return [[named([...marks, "code"]), node.value]];
    case "break":
      return [["", "\n"]];
    case "strong":
      return inside(node.children, "bold");
    case "emphasis":
      return inside(node.children, "italic");
    case "delete":
      return inside(node.children, "strike");
    case "link":
      return inside(node.children, `link:${node.url}`);
    case "html":
      return node.value === "<!-- -->" ? [] : [["html", node.value]];
    default:
      return [[`unexpected ${node.type}`, ""]];
  }
}
