import { safeColour } from "../colour";
import type { RichMark } from "../doc";
import { safeHref } from "../href";
import type { Origin } from "../target";
import { highlighter, inkOn } from "./forms";
import { attr, type Element } from "./parse";
import { type Style, styleOf } from "./style";

type Plain = Exclude<RichMark["type"], "link" | "highlight" | "textStyle">;

const byTag: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["cite", "italic"],
  ["dfn", "italic"],
  ["var", "italic"],
  ["u", "underline"],
  ["ins", "underline"],
  ["s", "strike"],
  ["strike", "strike"],
  ["del", "strike"],
  ["code", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["tt", "code"],
  ["sub", "subscript"],
  ["sup", "superscript"],
]);
/** On these a background is a highlight; on a block it is decoration. */
const highlightable: ReadonlySet<string> = new Set(["span", "font", "mark", "a", "b", "strong", "i", "em", "u"]);

/** The marks of the text inside an element, of those around it and what the element and its style add or take away. */
export function marksInside(element: Element, around: readonly RichMark[], origin: Origin): readonly RichMark[] {
  const { tagName: tag } = element;
  const style = styleOf(element);
  let marks = around;
  const byName = byTag.get(tag);
  if (byName !== undefined && !isUndone(byName, style)) marks = put(marks, { type: byName });
  if (tag === "a") marks = withLink(marks, attr(element, "href"), origin);
  if (tag === "font") marks = withColour(marks, attr(element, "color"));
  if (tag === "mark" && !style.has("background-color") && !style.has("background")) {
    marks = put(marks, { type: "highlight", attrs: { color: null } });
  }
  return style.size === 0 ? marks : styled(tag, style, marks);
}

function styled(tag: string, style: Style, around: readonly RichMark[]): readonly RichMark[] {
  let marks = around;
  const weight = style.get("font-weight");
  if (weight !== undefined) marks = isBold(weight) ? put(marks, { type: "bold" }) : without(marks, "bold");
  const slant = style.get("font-style");
  if (slant !== undefined) {
    marks = /italic|oblique/.test(slant) ? put(marks, { type: "italic" }) : without(marks, "italic");
  }
  // Lines of elements around stay whatever an element says of its own, so nothing is taken away here.
  const decoration = `${style.get("text-decoration") ?? ""} ${style.get("text-decoration-line") ?? ""}`;
  if (decoration.includes("underline") && tag !== "a") marks = put(marks, { type: "underline" });
  if (decoration.includes("line-through")) marks = put(marks, { type: "strike" });
  const height = style.get("vertical-align");
  if (height === "sub") marks = put(marks, { type: "subscript" });
  if (height === "super") marks = put(marks, { type: "superscript" });
  const background = style.get("background-color") ?? style.get("background");
  const color =
    background === undefined || !highlightable.has(tag)
      ? null
      : (safeColour(background) ?? safeColour(/^#[0-9a-f]+|^rgba?\([^)]*\)|^[a-z]+/.exec(background)?.[0]));
  const ink = safeColour(style.get("color"));
  // The colour of a link is the reader's; that of letters on a ground of ours comes with the ground.
  if (tag !== "a" && !(color !== null && ink === inkOn(color))) marks = withColour(marks, ink);
  if (color !== null) {
    const isPen = color === highlighter && style.has("background-color");
    marks = put(marks, { type: "highlight", attrs: { color: isPen ? null : color } });
  }
  return marks;
}

/** A wrapper that takes back what its name says, as Google Docs puts around everything. */
function isUndone(mark: Plain, style: Style): boolean {
  if (style.size === 0) return false;
  const decoration = style.get("text-decoration") ?? style.get("text-decoration-line");
  return (mark === "underline" || mark === "strike") && decoration === "none";
}

const isBold = (weight: string) => weight === "bold" || weight === "bolder" || Number(weight) >= 600;

function withLink(marks: readonly RichMark[], address: string | undefined, { baseUrl }: Origin): readonly RichMark[] {
  if (address === undefined) return marks;
  const href = absolute(address, baseUrl);
  return href === null ? without(marks, "link") : put(marks, { type: "link", attrs: { href } });
}

/** An address as a document may hold it; a relative one only where it is known what it is relative to. */
export function absolute(address: string, baseUrl: string | undefined): string | null {
  const own = safeHref(address.trim());
  if (own !== null || baseUrl === undefined || /^[\w+.-]*:/.test(address.trim())) return own;
  try {
    return safeHref(new URL(address.trim(), baseUrl).href);
  } catch {
    return null;
  }
}

function withColour(marks: readonly RichMark[], value: string | null | undefined): readonly RichMark[] {
  const color = safeColour(value);
  return color === null ? marks : put(marks, { type: "textStyle", attrs: { color } });
}

const without = (marks: readonly RichMark[], type: RichMark["type"]) => marks.filter((mark) => mark.type !== type);
const put = (marks: readonly RichMark[], mark: RichMark) => [...without(marks, mark.type), mark];
