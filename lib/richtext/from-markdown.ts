import { AppError } from "@/lib/errors";
import { parseDoc, type RichBlock, type RichDoc } from "./doc";
import { readBlocks } from "./from-markdown/blocks";
import { guard } from "./from-markdown/guard";
import type { Flavor, Reading } from "./from-markdown/origin";
import { prepare } from "./from-markdown/prepare";
import { unusedWord } from "./from-markdown/slots";
import { type Tree, treeOf } from "./from-markdown/tree";
import type { Origin } from "./target";
import { limits } from "./tidy";

/**
 * Markdown as GitHub and GitLab send it. What is not understood keeps its text; comments, which nobody sees, go. Refused
 * with `invalid_input` is only what exceeds the limits of a document.
 */
export function fromMarkdown(markdown: string, origin: Origin & { flavor?: Flavor } = {}): RichDoc {
  if (markdown.length > limits.text) {
    throw new AppError("invalid_input", `The text is longer than ${limits.text} characters.`);
  }
  const { flavor = "gfm" } = origin;
  const { source, rest } = guard(prepare(markdown, flavor));
  const tree = treeOf(source);
  const reading: Reading = {
    ...origin,
    flavor,
    source,
    slotWord: unusedWord(source),
    definitions: definitionsIn(tree),
  };
  const content = readBlocks(tree.children, reading);
  if (rest.trim() !== "") content.push(verbatim(rest));
  return parseDoc({ type: "doc", content });
}

const verbatim = (text: string): RichBlock => ({ type: "codeBlock", attrs: {}, content: [{ type: "text", text }] });

/** Where reference links lead; of two with one name the first counts. */
function definitionsIn(tree: Tree): Reading["definitions"] {
  const definitions = new Map<string, { url: string; title: string | null }>();
  const pending: (Tree | Tree["children"][number])[] = [tree];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === "definition" && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, { url: node.url, title: node.title ?? null });
    }
    if ("children" in node)
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at];
        if (child) pending.push(child);
      }
  }
  return definitions;
}
