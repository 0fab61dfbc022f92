import { Check, CircleCheck, CircleX, Info, type LucideIcon, StickyNote, TriangleAlert } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";

import { type PanelType, panelTypes } from "@/lib/richtext/doc";
import { panelLooks } from "@/lib/richtext/panel-looks";
import { AdfInline, Linked } from "./adf-inline";
import { AdfMedia } from "./adf-media";
import { amount, attribute, contentOf, type Node } from "./adf-node";

/** What a node holds, as blocks. */
export function AdfBlocks({ of }: { of: unknown }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read only has no other identity for its parts.
  return contentOf(of).map((node, at) => <Block key={at} node={node} />);
}

function Block({ node }: { node: Node }): ReactNode {
  return (blocks[node.type] ?? framed)(node);
}

const inside = (node: Node) => <AdfBlocks of={node} />;
const framed = (node: Node) => (
  <div className="adf-frame">{node.content ? inside(node) : attribute(node, "extensionKey") || node.type}</div>
);
const card = (node: Node) => (
  <div className="adf-frame">
    <Linked href={attribute(node, "url")}>{attribute(node, "url") || "Card"}</Linked>
  </div>
);
const folded = (node: Node) => (
  <details className="adf-expand">
    <summary>{attribute(node, "title") || "Details"}</summary>
    {inside(node)}
  </details>
);

const blocks: Record<string, (node: Node) => ReactNode> = {
  paragraph: (node) => <p style={alignment(node)}>{node.content?.length ? <AdfInline of={node} /> : <br />}</p>,
  heading: (node) => {
    const Heading = headings[(amount(node, "level") ?? 1) - 1] ?? "h6";
    return (
      <Heading style={alignment(node)}>
        <AdfInline of={node} />
      </Heading>
    );
  },
  bulletList: (node) => <ul>{inside(node)}</ul>,
  orderedList: (node) => <ol start={amount(node, "order") ?? 1}>{inside(node)}</ol>,
  listItem: (node) => <li>{inside(node)}</li>,
  taskList: (node) => <div className="adf-tasks">{inside(node)}</div>,
  taskItem: (node) => <Task node={node}>{<AdfInline of={node} />}</Task>,
  blockTaskItem: (node) => <Task node={node}>{inside(node)}</Task>,
  decisionList: (node) => <ul>{inside(node)}</ul>,
  decisionItem: (node) => (
    <li>
      <AdfInline of={node} />
    </li>
  ),
  blockquote: (node) => <blockquote>{inside(node)}</blockquote>,
  codeBlock: (node) => (
    <pre data-language={attribute(node, "language")}>
      <code>
        {contentOf(node)
          .map(({ text }) => text)
          .join("")}
      </code>
    </pre>
  ),
  table: (node) => (
    <div className="adf-table">
      <table>
        <tbody>{inside(node)}</tbody>
      </table>
    </div>
  ),
  tableRow: (node) => <tr>{inside(node)}</tr>,
  tableHeader: (node) => <th {...spans(node)}>{inside(node)}</th>,
  tableCell: (node) => <td {...spans(node)}>{inside(node)}</td>,
  expand: folded,
  nestedExpand: folded,
  panel: (node) => <Panel node={node} />,
  rule: () => <hr />,
  mediaSingle: (node) => <figure className="adf-figure">{inside(node)}</figure>,
  mediaGroup: inside,
  media: (node) => <AdfMedia node={node} />,
  caption: (node) => (
    <figcaption>
      <AdfInline of={node} />
    </figcaption>
  ),
  layoutSection: (node) => <div className="adf-columns">{inside(node)}</div>,
  layoutColumn: (node) => <div>{inside(node)}</div>,
  blockCard: card,
  embedCard: card,
};

const headings = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

const spans = (node: Node) => ({ colSpan: amount(node, "colspan") ?? 1, rowSpan: amount(node, "rowspan") ?? 1 });

function alignment({ marks = [] }: Node): CSSProperties | undefined {
  const align = marks.find(({ type }) => type === "alignment")?.attrs?.align;
  if (align === "center") return { textAlign: "center" };
  return align === "end" ? { textAlign: "end" } : undefined;
}

/** A box to look at: ticked in Jira, not here. */
function Task({ node, children }: { node: Node; children: ReactNode }) {
  const isDone = attribute(node, "state") === "DONE";
  return (
    <div className="adf-task">
      <span role="img" aria-label={isDone ? "Done" : "To do"} className="adf-box" data-done={isDone}>
        {isDone ? <Check aria-hidden /> : null}
      </span>
      <div>{children}</div>
    </div>
  );
}

const icons: Record<PanelType, LucideIcon> = {
  info: Info,
  note: StickyNote,
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleX,
};

function Panel({ node }: { node: Node }) {
  const type = attribute(node, "panelType");
  const look = type === "tip" ? "success" : (panelTypes.find((known) => known === type) ?? "info");
  const [name, Icon] = [panelLooks[look].title, icons[look]];
  return (
    <div role="note" aria-label={name} className="adf-panel" data-panel={type}>
      <Icon aria-hidden className="adf-panel-icon" />
      <div>{inside(node)}</div>
    </div>
  );
}
