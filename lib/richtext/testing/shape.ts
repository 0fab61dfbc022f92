import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

import type { RichBlock, RichDoc, RichInline, RichItem } from "../doc";

/** Inline text with the sorted names of its marks. */
type Run = [marks: string, text: string];
/** What a document says, without how it is cut into nodes. */
export type Shape = { kind: string; detail: string | number | null; content: Shape[] | Run[] | string };

const shape = (kind: string, content: Shape["content"], detail: Shape["detail"] = null): Shape => ({
  kind,
  detail,
  content,
});

/** Any node of that parser's tree. */
export type Nodes = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/** The tree that an independent parser of GitHub's Markdown finds. */
export const parseMarkdown = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

export const shapeOfMarkdown = (markdown: string): Shape[] => parseMarkdown(markdown).children.flatMap(ofMdast);
export const shapeOfDoc = (doc: RichDoc): Shape[] => doc.content.flatMap(ofBlock);

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

function ofBlock(block: RichBlock | RichItem): Shape[] {
  switch (block.type) {
    case "paragraph": {
      const content = runs(ofInline(block.content));
      return content.length === 0 ? [] : [shape("paragraph", content)];
    }
    case "heading":
      return [headingShape(block.attrs.level, runs(ofInline(block.content)))];
    case "bulletList":
      return [shape("bulletList", block.content.flatMap(ofBlock))];
    case "orderedList":
      return [shape("orderedList", block.content.flatMap(ofBlock), block.attrs.start ?? 1)];
    case "listItem":
    case "blockquote":
      return [shape(block.type, block.content.flatMap(ofBlock))];
    case "codeBlock":
      return [shape("codeBlock", block.content.map((part) => part.text).join(""), block.attrs.language ?? null)];
    case "horizontalRule":
      return [shape("horizontalRule", "")];
  }
}

function ofInline(content: readonly RichInline[]): Run[] {
  const found = content.map((part): Run => {
    if (part.type === "hardBreak") return ["", "\n"];
    return [
      named(part.marks?.map((mark) => (mark.type === "link" ? `link:${mark.attrs.href}` : mark.type)) ?? []),
      part.text,
    ];
  });
  // A break at the very end of a block breaks nothing.
  while (found.at(-1)?.[1] === "\n") found.pop();
  return found;
}

const named = (marks: readonly string[]) => [...new Set(marks)].sort().join(" ");

/** A heading is one line: its breaks are spaces, and how many of them says nothing. */
const headingShape = (level: number, content: Run[]) =>
  shape("heading", join(content.map(([marks, text]): Run => [marks, text.replace(/\s/g, "")])), level);

/**
 * Equal neighbours joined. Bold, italic and strike say nothing about a space, and a link whose text is its own address
 * says nothing more than the text, which every reader links.
 */
function runs(found: Run[]): Run[] {
  const bare = found.flatMap(([marks, text]): Run[] => {
    if (/\bcode\b/.test(marks)) return [[marks, text]];
    const spaced = named(marks.split(" ").filter((mark) => !["bold", "italic", "strike"].includes(mark)));
    return text.split(/(\s+)/).map((part, i) => [i % 2 === 1 ? spaced : marks, part]);
  });
  const isOwnAddress = (mark: string, text: string) =>
    ["", "http://", "mailto:"].some((scheme) => mark === `link:${scheme}${text}`);
  return join(
    join(bare).map(([marks, text]) => [named(marks.split(" ").filter((mark) => !isOwnAddress(mark, text))), text]),
  );
}

function join(found: Run[]): Run[] {
  const joined: Run[] = [];
  for (const [marks, text] of found) {
    const last = joined.at(-1);
    if (text === "") continue;
    if (last?.[0] === marks) last[1] += text;
    else joined.push([marks, text]);
  }
  return joined;
}
