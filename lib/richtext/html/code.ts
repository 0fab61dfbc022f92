import type { RichBlock } from "../doc";
import { codeTitle } from "./forms";
import { attr, classesOf, type Element, isElement, isText, type Node, walk } from "./parse";

type CodeBlock = Extract<RichBlock, { type: "codeBlock" }>;

/** Elements that a page puts around a line of code. */
const lineElements: ReadonlySet<string> = new Set(["div", "p", "li", "tr"]);

/** The code of a `pre`: its letters, with breaks and line elements as line ends. */
export function codeBlockOf(pre: Element): CodeBlock {
  let text = "";
  let isOpen = false;
  const endLine = () => {
    if (isOpen) text += "\n";
    isOpen = false;
  };
  // An element's end is not walked past, so the line after it is known by its parent.
  let line: Element | null = null;
  for (const [node] of walk(pre.childNodes)) {
    const parent = lineAround(node, pre);
    if (parent !== line) endLine();
    line = parent;
    if (isElement(node) && node.tagName === "br") {
      text += "\n";
      isOpen = false;
      continue;
    }
    const said = isText(node) ? node.value : isElement(node) && node.tagName === "img" ? (attr(node, "alt") ?? "") : "";
    text += said;
    isOpen ||= parent !== null && said !== "";
  }
  return codeBlock(text, languageOf(pre));
}

/** A last line end says nothing: pages write it so that the closing tag stands on a line of its own. */
export function codeBlock(text: string, language: string | null): CodeBlock {
  const code = text.replace(/\n$/, "");
  return { type: "codeBlock", attrs: { language }, content: code === "" ? [] : [{ type: "text", text: code }] };
}

/** The line that a node stands in; highlighters put a few spans between. */
function lineAround(node: Node, pre: Element): Element | null {
  let up = node.parentNode;
  for (let levels = 0; up && up !== pre && "tagName" in up && levels < 8; levels++) {
    if (lineElements.has(up.tagName)) return up;
    up = up.parentNode;
  }
  return null;
}

/** The language as GitHub, GitLab, Jira, highlighters and Markdown's writers name it: on the `pre`, inside, around. */
export function languageOf(pre: Element): string | null {
  const title = attr(pre, "title");
  if (title?.startsWith(codeTitle)) return title.slice(codeTitle.length).slice(0, 64);
  const inner = pre.childNodes.find((node): node is Element => isElement(node) && node.tagName === "code");
  const outer = pre.parentNode && "tagName" in pre.parentNode ? pre.parentNode : undefined;
  for (const element of [inner, pre, outer]) {
    if (!element) continue;
    const named = attr(element, "data-lang") ?? attr(element, "data-language") ?? attr(element, "lang");
    const language =
      /(?: lang(?:uage)?-| highlight-(?:source|text)-| code-| brush: ?)([\w+#.-]+)/.exec(classesOf(element))?.[1] ??
      named;
    if (language && /^[\w+#.-]{1,64}$/.test(language) && !/^(?:plaintext|text|none|plain)$/.test(language)) {
      return language;
    }
  }
  return null;
}
