import type { Options } from "react-markdown";

type Plugin = Extract<NonNullable<Options["remarkPlugins"]>[number], (...args: never[]) => unknown>;
/** What both trees have in common, as far as it is read here. */
type Node = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  position?: { start: { offset?: number; column: number } };
};

/** GitHub keeps the line ends of issues and comments, unlike those of files. */
export const lineBreaks: Plugin = () => (tree) => {
  const pending = [tree as Node];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!node.children) continue;
    node.children = node.children.flatMap((child) => {
      if (child.type !== "text" || !child.value?.includes("\n")) return [child];
      return child.value
        .split("\n")
        .flatMap((value, i): Node[] => [...(i > 0 ? [{ type: "break" }] : []), { type: "text", value }]);
    });
    pending.push(...node.children);
  }
};

const alert = /^>[ \t]?\[!(note|tip|important|warning|caution)\][ \t]*(?=\n|$)/i;

/**
 * Alerts, after cleaning, as the trackers make them: no HTML in the text can pass for one. A quote is one if it stands
 * in nothing else and its first line in the source says so; behind a backslash that is text.
 */
export const alerts: Plugin = () => (tree, file) => {
  const source = String(file);
  // The tree is hast, of which this is what is read.
  for (const quote of (tree as Node).children ?? []) {
    const start = quote.position?.start.offset;
    if (quote.tagName !== "blockquote" || start === undefined) continue;
    const kind = alert.exec(source.slice(start, start + 40))?.[1]?.toLowerCase();
    const first = quote.children?.find(({ type }) => type === "element");
    const [text, end, ...others] = first?.children ?? [];
    if (kind === undefined || first?.tagName !== "p" || text?.type !== "text") continue;

    text.value = text.value?.replace(/^\[!\w+\]\s*/, "") ?? "";
    if (text.value === "" && end) first.children = end.tagName === "br" ? others : [end, ...others];
    const isEmpty = first.children?.every(({ type, value }) => type === "text" && value?.trim() === "");
    if (isEmpty) quote.children = quote.children?.filter((child) => child !== first) ?? [];
    const title: Node = { type: "text", value: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}` };
    quote.tagName = "div";
    quote.properties = { className: ["markdown-alert"], dataAlert: kind };
    quote.children?.unshift({
      type: "element",
      tagName: "p",
      properties: { className: ["markdown-alert-title"] },
      children: [title],
    });
  }
};
