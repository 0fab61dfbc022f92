import { AppError } from "@/lib/errors";
import type { RichDoc, RichInline, RichNode } from "../doc";
import { limits } from "../tidy";

/** A piece of the letters of a document: whose it is, and where it begins in the whole. */
export type Slot = { node: RichNode; part: Part; text: string; from: number };
/** `link` is the address of a link, `src` that of a picture; `id` and `handle` are a person's. */
export type Part = "text" | "link" | "src" | "alt" | "title" | "label" | "id" | "handle" | "name" | "language";

/**
 * All letters of a document as one text, so that neither marks nor blocks can part a secret. What stands in attributes
 * comes behind, a line each.
 */
export function lettersOf(doc: RichDoc): { text: string; slots: Slot[] } {
  const slots: Slot[] = [];
  const asides: Slot[] = [];
  let text = "";
  const aside = (node: RichNode, part: Part, value: string | null | undefined) => {
    if (value) asides.push({ node, part, text: value, from: 0 });
  };

  function visit(node: RichNode, depth: number): void {
    if (depth > limits.depth) throw new AppError("invalid_input", "The text is nested too deeply.");
    switch (node.type) {
      case "text":
        slots.push({ node, part: "text", text: node.text, from: text.length });
        text += node.text;
        visitLink(node);
        return;
      case "hardBreak":
        text += "\n";
        return;
      case "image":
        for (const part of ["alt", "title", "src"] as const) aside(node, part, node.attrs?.[part]);
        visitLink(node);
        return;
      case "mention":
        for (const part of ["label", "id", "handle"] as const) aside(node, part, node.attrs[part]);
        return;
      case "attachment":
        aside(node, "name", node.attrs.name);
        return;
      case "emoji":
        for (const part of ["name", "text"] as const) aside(node, part, node.attrs[part]);
        return;
      case "horizontalRule":
        return;
      default:
        if (node.type === "codeBlock") aside(node, "language", node.attrs?.language);
        for (const child of node.content ?? []) visit(child, depth + 1);
        text += "\n";
    }
  }
  function visitLink(node: RichInline): void {
    const mark = node.marks?.find((one) => one.type === "link");
    if (mark) aside(node, "link", mark.attrs.href);
  }

  visit(doc, 1);
  for (const slot of asides) {
    slot.from = text.length;
    text += `${slot.text}\n`;
    slots.push(slot);
  }
  return { text, slots };
}
