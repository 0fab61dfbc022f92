import type { RichBlock } from "../doc";
import { codeTitle } from "./forms";
import { attr, classesOf, type Element, isElement, isText, walk } from "./parse";

/** Elements that a page puts around a line of code. */
const lineElements: ReadonlySet<string> = new Set(["div", "p", "li", "tr"]);

/** The code of a `pre`: its letters, with breaks and line elements as line ends. */
export function codeBlockOf(pre: Element): RichBlock {
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
    if (isText(node)) {
      text += node.value;
      isOpen ||= parent !== null && node.value !== "";
    } else if (isElement(node) && node.tagName === "br") {
      text += "\n";
      isOpen = false;
    }
  }
  return codeBlock(text, languageOf(pre));
}

/** A last line end says nothing: pages write it so that the closing tag stands on a line of its own. */
export function codeBlock(text: string, language: string | null): RichBlock {
  const code = text.replace(/\n$/, "");
  return { type: "codeBlock", attrs: { language }, content: code === "" ? [] : [{ type: "text", text: code }] };
}

function lineAround(node: { parentNode: unknown }, pre: Element): Element | null {
  let { parentNode } = node as { parentNode: Element | null }; // Below an element parents are elements.
  for (let up = 0; parentNode && parentNode !== pre && up < 8; up++) {
    if (lineElements.has(parentNode.tagName)) return parentNode;
    ({ parentNode } = parentNode as { parentNode: Element | null }); // As above.
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
