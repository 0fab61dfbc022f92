import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

type Node = { type: string; value?: string; children?: Node[] };

/** GitHub hides comments and shows no raw HTML of ours; anything else that looks like HTML stays visible as text. */
function hideComments() {
  const isComment = (node: Node) => node.type === "html" && /^\s*<!--[\s\S]*-->\s*$/.test(node.value ?? "");
  const walk = (node: Node) => {
    if (!node.children) return;
    node.children = node.children.filter((child) => !isComment(child));
    node.children.forEach(walk);
  };
  return walk;
}

/** GitHub's Markdown as HTML, as a reader would see it. */
export const renderMarkdown = (text: string): string =>
  renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm, hideComments] }, text));
