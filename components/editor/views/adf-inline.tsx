import { type CSSProperties, Fragment, type ReactNode } from "react";

import { safeHref } from "@/lib/richtext/href";
import { attribute, contentOf, type Node } from "./adf-node";

/** What stands in a line. */
export function AdfInline({ of }: { of: unknown }) {
  return contentOf(of).map((node, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read only has no other identity for its parts.
    <Fragment key={at}>{(inline[node.type] ?? unknown)(node)}</Fragment>
  ));
}

const inline: Record<string, (node: Node) => ReactNode> = {
  text: (node) => (node.marks ?? []).reduce((inside: ReactNode, mark) => marked(mark, inside), node.text ?? ""),
  hardBreak: () => <br />,
  mention: (node) => <span className="adf-chip adf-mention">{attribute(node, "text") || attribute(node, "id")}</span>,
  emoji: (node) => (
    <span title={attribute(node, "shortName")}>{attribute(node, "text") || attribute(node, "shortName")}</span>
  ),
  status: (node) => (
    <span className="adf-lozenge" data-color={attribute(node, "color")} data-style={attribute(node, "style")}>
      {attribute(node, "text")}
    </span>
  ),
  date: (node) => <time className="adf-chip">{dayOf(attribute(node, "timestamp"))}</time>,
  inlineCard: (node) => <Linked href={attribute(node, "url")}>{attribute(node, "url")}</Linked>,
  placeholder: (node) => <span className="adf-placeholder">{attribute(node, "text")}</span>,
  mediaInline: (node) => <span className="adf-chip">{attribute(node, "alt") || "File"}</span>,
};
const unknown = (node: Node) => <span className="adf-chip">{attribute(node, "text") || node.type}</span>;

type Mark = NonNullable<Node["marks"]>[number];

function marked(mark: Mark, inside: ReactNode): ReactNode {
  switch (mark.type) {
    case "strong":
      return <strong>{inside}</strong>;
    case "em":
      return <em>{inside}</em>;
    case "underline":
      return <u>{inside}</u>;
    case "strike":
      return <s>{inside}</s>;
    case "code":
      return <code>{inside}</code>;
    case "subsup":
      return attribute(mark, "type") === "sub" ? <sub>{inside}</sub> : <sup>{inside}</sup>;
    case "textColor":
      return <span style={ink(attribute(mark, "color"))}>{inside}</span>;
    case "backgroundColor":
      return <Highlighted color={attribute(mark, "color")}>{inside}</Highlighted>;
    case "link":
      return <Linked href={attribute(mark, "href")}>{inside}</Linked>;
    default:
      return inside;
  }
}

/** The style sheet makes of it what can be read on the page. */
const ink = (color: string) => ({ color, "--ink": color }) as CSSProperties; // a property of ours

/** In the dark as well, letters on a light ground are dark and the other way about. */
function Highlighted({ color, children }: { color: string; children: ReactNode }) {
  const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  const isLight = red * 0.299 + green * 0.587 + blue * 0.114 > 140;
  return (
    <mark className="adf-highlight" style={{ backgroundColor: color, color: isLight ? "#172b4d" : "#ffffff" }}>
      {children}
    </mark>
  );
}

export function Linked({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeHref(href);
  if (safe === null) return children;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function dayOf(timestamp: string): string {
  const date = new Date(Number(timestamp));
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().slice(0, 10);
}
