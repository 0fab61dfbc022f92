import { safeColour } from "../colour";
import type { PanelType, RichBlock } from "../doc";
import { panelLooks } from "../panel-looks";
import { attr, classesOf, type Element, isElement } from "./parse";
import { styleOf } from "./style";

/** The names that others have for the kinds of panels. Their titles are the same words. */
const named: ReadonlyMap<string, PanelType> = new Map<string, PanelType>([
  ...(Object.keys(panelLooks) as PanelType[]).map((type): [string, PanelType] => [type, type]), // Object.keys widens.
  ["information", "info"],
  ["generic", "info"],
  ["hint", "info"],
  ["tip", "success"],
  ["important", "note"],
  ["caution", "error"],
  ["danger", "error"],
  ["custom", "note"],
]);
const classNames =
  / (?:markdown-alert-|aui-message-|confluence-information-macro-|panel-)(note|tip|info|information|important|warning|caution|error|success|hint|generic|danger) /;

/** Which panel an element is: our own form, GitHub's and GitLab's alerts, Jira's and Confluence's boxes. */
export function panelTypeOf(element: Element): PanelType | null {
  const data = attr(element, "data-panel-type");
  if (data !== undefined) return named.get(data) ?? "info";
  const byClass = classNames.exec(classesOf(element))?.[1];
  if (byClass !== undefined) return named.get(byClass) ?? null;
  if (classesOf(element).includes(" panel ") && element.childNodes.some(isPanelContent)) return "info";
  const edge = edgeOf(element);
  return edge === null ? null : (byEdge.get(edge) ?? null);
}

/** The colour of the line at an element's left, as we wrote it or as an editor wrote it anew. */
export function edgeOf(element: Element): string | null {
  const style = styleOf(element);
  const edge = style.get("border-left-color") ?? style.get("border-left")?.replace(/^.*?solid\s+/, "");
  return edge === undefined ? null : safeColour(edge);
}

const byEdge: ReadonlyMap<string, PanelType> = new Map(
  (Object.keys(panelLooks) as PanelType[]).map((type) => [panelLooks[type].edge, type]), // As above.
);

const isPanelContent = (node: Element["childNodes"][number]) =>
  isElement(node) &&
  classesOf(node).includes(" panelContent ") &&
  !/ (?:code|preformatted)Content /.test(classesOf(node));

/** The blocks without the line that only says which panel it is. */
export function untitled(type: PanelType, blocks: RichBlock[]): RichBlock[] {
  const [first, ...rest] = blocks;
  if (first?.type !== "paragraph") return blocks;
  const text = first.content.map((part) => (part.type === "text" ? part.text : "\uFFFC")).join("");
  return named.get(text.trim().toLowerCase()) === type ? rest : blocks;
}
