import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";

type Mdast = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/** Nodes of the tree of HTML. */
export type Html = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export const isElement = (node: Html): node is HtmlElement => "tagName" in node;

/**
 * What GitHub and GitLab show of a text, by an independent parser of their Markdown: its tree as HTML, with the HTML of
 * the text itself in it, read as a browser reads it. Names of our own tell what Markdown said with what it was written.
 */
export function rendered(markdown: string): Html[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return parseFragment(tree.children.map((node) => written(alertOf(node) ?? node)).join("\n")).childNodes;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

type Alert = { type: "alert"; kind: string; children: Mdast[] };

/** An alert is a quote that nothing is around, and whose first line is a kind in brackets. */
function alertOf(node: Mdast): Alert | null {
  if (node.type !== "blockquote") return null;
  const [first, ...rest] = node.children;
  if (first?.type !== "paragraph") return null;
  const [text, ...more] = first.children;
  const kind = text?.type === "text" ? /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:\n|$)/.exec(text.value) : null;
  if (text?.type !== "text" || !kind) return null;
  const left = { ...text, value: text.value.slice(kind[0].length) };
  return { type: "alert", kind: kind[1] ?? "", children: [{ ...first, children: [left, ...more] }, ...rest] };
}

function written(node: Mdast | Alert): string {
  const inside = () => ("children" in node ? node.children.map((child: Mdast) => written(child)).join("") : "");
  switch (node.type) {
    case "paragraph":
      return `<p>${inside()}</p>`;
    case "heading":
      return `<h${node.depth}>${inside()}</h${node.depth}>`;
    case "list":
      return node.ordered ? `<ol start="${node.start ?? 1}">${inside()}</ol>` : `<ul>${inside()}</ul>`;
    case "listItem":
      return typeof node.checked === "boolean"
        ? `<li data-checked="${node.checked}">${inside()}</li>`
        : `<li>${inside()}</li>`;
    case "blockquote":
      return `<blockquote>${inside()}</blockquote>`;
    case "alert":
      return `<blockquote data-alert="${node.kind}">${inside()}</blockquote>`;
    case "code": {
      const language = escaped(node.meta ? `${node.lang} ${node.meta}` : (node.lang ?? ""));
      return `<pre lang="${language}"><code>${escaped(node.value)}\n</code></pre>`;
    }
    case "thematicBreak":
      return "<hr>";
    case "html":
      return node.value;
    case "table":
      return `<table>${node.children
        .map((row, at) => {
          const cells = row.children.map((cell, column) => {
            const align = node.align?.[column];
            const tag = at === 0 ? "th" : "td";
            return `<${tag}${align ? ` align="${align}"` : ""}>${cell.children.map((child) => written(child)).join("")}</${tag}>`;
          });
          return `<tr>${cells.join("")}</tr>`;
        })
        .join("")}</table>`;
    case "text":
      return escaped(node.value);
    case "inlineCode":
      return `<code>${escaped(node.value)}</code>`;
    case "break":
      return "<br>";
    case "strong":
      return `<strong>${inside()}</strong>`;
    case "emphasis":
      return `<em>${inside()}</em>`;
    case "delete":
      return `<del>${inside()}</del>`;
    case "link":
      return `<a href="${escaped(node.url)}">${inside()}</a>`;
    case "image":
      return `<img src="${escaped(node.url)}" alt="${escaped(node.alt ?? "")}" title="${escaped(node.title ?? "")}">`;
    default:
      return `<unexpected-${node.type.toLowerCase()}></unexpected-${node.type.toLowerCase()}>`;
  }
}

/** What people see of a text, and hear of its pictures. */
export const visibleText = (markdown: string): string => textsOf(rendered(markdown), new Set(), true).join("");

/** The texts in which a tracker looks for mentions and references: none in code or links; a comment parts them. */
export const searchedTexts = (markdown: string): string[] =>
  textsOf(rendered(markdown), new Set(["a", "code", "pre"]), false);

function textsOf(nodes: Html[], skipped: ReadonlySet<string>, withPictures: boolean): string[] {
  return nodes.flatMap((node) => {
    if (node.nodeName === "#text" && "value" in node) return [node.value];
    if (!isElement(node) || skipped.has(node.tagName)) return [];
    if (node.tagName === "img") return withPictures ? [attr(node, "alt") ?? ""] : [];
    return textsOf(node.childNodes, skipped, withPictures);
  });
}

export const attr = (element: HtmlElement, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

/** Every element of the tree. */
export const elementsOf = (nodes: Html[]): HtmlElement[] =>
  nodes.flatMap((node) => (isElement(node) ? [node, ...elementsOf(node.childNodes)] : []));
