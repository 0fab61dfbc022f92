import { attr, type Html, type HtmlElement, isElement, rendered } from "./mdast";
import { headingShape, named, type Run, runs, type Shape, shape } from "./shape";

/** The document that an independent reader finds in Markdown. */
export const shapeOfMarkdown = (markdown: string): Shape[] => blocks(rendered(markdown));

const marks: Partial<Record<string, string>> = {
  strong: "bold",
  em: "italic",
  del: "strike",
  ins: "underline",
  sub: "subscript",
  sup: "superscript",
  mark: "highlight:",
  code: "code",
};
const alerts: Partial<Record<string, string>> = {
  NOTE: "info",
  IMPORTANT: "note",
  TIP: "success",
  WARNING: "warning",
  CAUTION: "error",
};
const inlineTags: ReadonlySet<string> = new Set([...Object.keys(marks), "a", "img", "br"]);

/** Inline parts between blocks are a paragraph; line ends between blocks are none. */
function blocks(nodes: Html[]): Shape[] {
  const shapes: Shape[] = [];
  let line: Run[] = [];
  const endLine = () => {
    const content = runs(line);
    if (content.length > 0) shapes.push(shape("paragraph", content));
    line = [];
  };
  for (const node of nodes.filter(isShown)) {
    if (!isElement(node) || inlineTags.has(node.tagName)) line.push(...inline(node, []));
    else {
      endLine();
      shapes.push(...block(node));
    }
  }
  endLine();
  return shapes;
}

function block(element: HtmlElement): Shape[] {
  const { tagName, childNodes } = element;
  const inlineRuns = () => runs(childNodes.flatMap((child) => inline(child, [])));
  switch (tagName) {
    case "p": {
      const content = inlineRuns();
      return content.length === 0 ? [] : [shape("paragraph", content)];
    }
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      return [headingShape(Number(tagName.charAt(1)), inlineRuns())];
    case "ul": {
      const isTaskList = childNodes.some((child) => isElement(child) && attr(child, "data-checked") !== undefined);
      return [shape(isTaskList ? "taskList" : "bulletList", blocks(childNodes))];
    }
    case "ol":
      return [shape("orderedList", blocks(childNodes), Number(attr(element, "start") ?? 1))];
    case "li": {
      const checked = attr(element, "data-checked");
      if (checked === undefined) return [shape("listItem", blocks(childNodes))];
      return [shape("taskItem", blocks(childNodes), checked === "true" ? "done" : "open")];
    }
    case "blockquote": {
      const alert = attr(element, "data-alert");
      return [alert ? shape("panel", blocks(childNodes), alerts[alert]) : shape("blockquote", blocks(childNodes))];
    }
    case "pre": {
      const text = inlineText(childNodes).replace(/\n$/, "");
      return [shape("codeBlock", text, attr(element, "lang") || null)];
    }
    case "hr":
      return [shape("horizontalRule", "")];
    case "table":
      return [shape("table", blocks(childNodes))];
    case "tbody":
      return blocks(childNodes);
    case "tr":
      return [shape("tableRow", blocks(childNodes))];
    case "th":
    case "td": {
      const spans = `${attr(element, "colspan") ?? 1}x${attr(element, "rowspan") ?? 1}`;
      const kind = tagName === "th" ? "tableHeader" : "tableCell";
      return [shape(kind, blocks(childNodes), `${spans} ${attr(element, "align") ?? "none"}`)];
    }
    case "details": {
      const [summary, ...content] = childNodes.filter(isShown);
      const first = summary && isElement(summary) && summary.tagName === "summary" ? summary.childNodes : [];
      const parts = [
        shape("detailsSummary", runs(first.flatMap((child) => inline(child, [])))),
        shape("detailsContent", blocks(content)),
      ];
      return [shape("details", parts, attr(element, "open") === undefined ? "closed" : "open")];
    }
    default:
      return [shape(`unexpected ${tagName}`, "")];
  }
}

function inline(node: Html, around: string[]): Run[] {
  if (!isElement(node)) return [[named(around), textOf(node)]];
  if (node.tagName === "br") return [["", "\n"]];
  if (node.tagName === "img") {
    const shown = ["alt", "height", "src", "title", "width"].flatMap((name) => {
      const value = attr(node, name);
      return value ? [[name, /^(?:height|width)$/.test(name) ? Number(value) : value] as const] : [];
    });
    return [[named(around), `\uFFFCimage${JSON.stringify(Object.fromEntries(shown))}`]];
  }
  const mark =
    node.tagName === "a" ? `link:${attr(node, "href")}` : (marks[node.tagName] ?? `unexpected ${node.tagName}`);
  return node.childNodes.flatMap((child) => inline(child, [...around, mark]));
}

const isShown = (node: Html) => isElement(node) || !/^\n*$/.test(textOf(node));
const textOf = (node: Html): string => (node.nodeName === "#text" && "value" in node ? node.value : "");
const inlineText = (nodes: Html[]): string =>
  nodes.map((node) => (isElement(node) ? inlineText(node.childNodes) : textOf(node))).join("");
