import type { PanelType } from "../doc";
import type { Reading } from "./origin";
import type { Node, NodeOf } from "./tree";

/** https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
const panels: ReadonlyMap<string, PanelType> = new Map([
  ["NOTE", "info"],
  ["IMPORTANT", "note"],
  ["TIP", "success"],
  ["WARNING", "warning"],
  ["CAUTION", "error"],
]);

/** Which panel a quote is, and what it holds below the line that says so. GitLab may have a title in that line. */
export function alertOf(
  { children }: NodeOf<"blockquote">,
  { source, flavor }: Reading,
): { panelType: PanelType; children: Node[] } | null {
  const [paragraph, ...rest] = children;
  if (paragraph?.type !== "paragraph") return null;
  const [first, ...others] = paragraph.children;
  const start = paragraph.position?.start.offset;
  // Behind a backslash it is text.
  if (first?.type !== "text" || start === undefined || !source.startsWith("[!", start)) return null;
  const found = /^\[!(\w{3,9})\][ \t]*([^\n]*)(?:\n|$)/.exec(first.value);
  const panelType = panels.get(found?.[1]?.toUpperCase() ?? "");
  if (!found || panelType === undefined) return null;

  const [line, , title = ""] = found;
  if (title !== "" && flavor === "gfm") return null;
  // Anything else in the same line makes it a quote of somebody who writes so.
  if (!line.endsWith("\n") && others.length > 0 && others[0]?.type !== "break") return null;
  const remaining = first.value.slice(line.length);
  const below = [
    ...(remaining === "" ? [] : [{ ...first, value: remaining }]),
    ...(others[0]?.type === "break" && !line.endsWith("\n") ? others.slice(1) : others),
  ];
  const named: Node[] =
    title === ""
      ? []
      : [{ type: "paragraph", children: [{ type: "strong", children: [{ type: "text", value: title }] }] }];
  return {
    panelType,
    children: [...named, ...(below.length === 0 ? [] : [{ ...paragraph, children: below }]), ...rest],
  };
}
