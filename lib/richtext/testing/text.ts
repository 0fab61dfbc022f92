import type { RichNode } from "../doc";

/** Everything that a reader of the document sees as letters, in order: texts, code, and what stands for pictures. */
export function textOf(node: RichNode): string {
  switch (node.type) {
    case "text":
      return node.text;
    case "hardBreak":
    case "horizontalRule":
      return " ";
    case "image":
      return node.attrs.alt ?? "";
    case "mention":
      return node.attrs.label;
    case "emoji":
      return node.attrs.text ?? node.attrs.name;
    case "attachment":
      return node.attrs.name;
    default:
      return node.content.map(textOf).join(" ");
  }
}

const blackspace = (text: string) => text.replace(/\s+/g, "");

/** The first character of the document that is missing in what a reader of the output sees, or null: none is lost. */
export function lostText(doc: RichNode, seen: string): string | null {
  let rest = blackspace(seen);
  const wanted = blackspace(textOf(doc));
  for (let at = 0; at < wanted.length; at++) {
    const found = rest.indexOf(wanted.charAt(at));
    if (found === -1)
      return `“${wanted.slice(Math.max(0, at - 20), at)}[${wanted.charAt(at)}]${wanted.slice(at + 1, at + 20)}”`;
    rest = rest.slice(found + 1);
  }
  return null;
}
