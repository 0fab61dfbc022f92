import { type DefaultTreeAdapterTypes, parse } from "parse5";

import { allowedStyles, allowedTags } from "../html/allowed";

type Node = DefaultTreeAdapterTypes.Node;

const childrenOf = (node: Node): Node[] => ("childNodes" in node ? node.childNodes : []);
const bodyOf = (html: string): Node => {
  const root = childrenOf(parse(html)).find(({ nodeName }) => nodeName === "html");
  return childrenOf(root as Node).find(({ nodeName }) => nodeName === "body") as Node; // A parsed page has both.
};

/** What a reader of a page sees as letters: its texts, and what stands for its pictures. */
export const textOfHtml = (html: string): string => seen(bodyOf(html));

function seen(node: Node): string {
  if ("value" in node) return node.value;
  if ("attrs" in node && node.tagName === "img") return node.attrs.find(({ name }) => name === "alt")?.value ?? "";
  return childrenOf(node).map(seen).join("");
}

/** What of a page is not in the list of what may be written, each in words; none if all is. */
export const forbiddenIn = (html: string): string[] => childrenOf(bodyOf(html)).flatMap(forbidden);

function forbidden(node: Node): string[] {
  if (node.nodeName === "#text") return [];
  if (!("tagName" in node)) return [node.nodeName];
  const attributes = allowedTags[node.tagName];
  if (!attributes) return [`<${node.tagName}>`];
  const found = node.attrs.flatMap(({ name, value }) => {
    if (!attributes.includes(name)) return [`${node.tagName} ${name}`];
    const isMention = value === "#" && node.attrs.some((other) => other.name === "data-vss-mention");
    if (name === "href" && !isMention && !/^(?:https?|mailto):/.test(value)) return [`href ${value}`];
    if (name === "src" && !/^https?:/.test(value)) return [`src ${value}`];
    if (name === "colspan" && Number(value) > 100) return [`colspan ${value}`];
    return name === "style" ? value.split(";").filter((one) => !isAllowed(one)) : [];
  });
  return [...found, ...childrenOf(node).flatMap(forbidden)];
}

function isAllowed(declaration: string): boolean {
  const colon = declaration.indexOf(":");
  return allowedStyles[declaration.slice(0, colon)]?.test(declaration.slice(colon + 1)) ?? false;
}
