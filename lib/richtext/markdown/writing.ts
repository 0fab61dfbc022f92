import type { Loss } from "../losses";
import type { Nested } from "../nest";
import type { Target } from "../target";

/** Whose Markdown it is: GitHub's or GitLab's. */
export type Flavor = "gfm" | "glfm";

/** What the writers of a document's parts share: where it goes, and what could not be held so far. */
export type Writing = Target & { flavor: Flavor; losses: Loss[] };

/** The first words of a part, as a tester knows them, to say where something was lost. */
export function said(node: Nested): string {
  let words = "";
  const pending = [node];
  for (let next = pending.pop(); next && words.length < 60; next = pending.pop()) {
    words += wordsOf(next);
    for (let i = next.children.length - 1; i >= 0; i--) {
      const child = next.children[i];
      if (child) pending.push(child);
    }
  }
  return words.slice(0, 80);
}

function wordsOf(node: Nested): string {
  switch (node.type) {
    case "text":
    case "code":
    case "codeBlock":
      return node.text;
    case "image":
      return node.alt;
    case "mention":
      return node.label;
    case "emoji":
      return node.text ?? node.name;
    case "attachment":
      return node.name;
    case "paragraph":
    case "hardBreak":
      return " ";
    default:
      return "";
  }
}
