import { safeColour } from "../colour";
import { attr, classesOf, type Element, isElement, isText, type Node } from "../html/parse";
import { rewrite, says, setAttr } from "./tree";

/**
 * What pages and programs put around a text and nobody means to paste: buttons, anchors beside headings, the colours
 * of the page, no-break spaces that an editor wrote to keep two spaces apart.
 */
export const clean = (nodes: Node[]): Node[] =>
  rewrite(nodes, (siblings) =>
    siblings.filter((node) => {
      if (isText(node)) node.value = plainSpaces(node.value);
      if (!isElement(node)) return true;
      if (isFurniture(node)) return false;
      withoutPageColours(node);
      return true;
    }),
  );

const furniture: ReadonlySet<string> = new Set(["button", "clipboard-copy", "svg", "copy-code", "nav", "select"]);
const furnitureClasses =
  / (?:anchor|heading-anchor-wrapper|zeroclipboard-container|copy-code|js-clipboard-copy|btn-clipboard|sr-only|gl-sr-only|visually-hidden|line-numbers|diff-line-num|linenumber|react-syntax-highlighter-line-number|ds-line-number|lineno|linenos) /;

function isFurniture(element: Element): boolean {
  if (furniture.has(element.tagName)) return true;
  // A word processor's list of its margin comments.
  if (says(element, "style", /mso-element:\s*comment-list/i)) return true;
  // The cells beside code are read with their table.
  return element.tagName !== "td" && furnitureClasses.test(classesOf(element));
}

/** Two spaces in a row, one of them a no-break space, are how an editor writes two spaces. One alone may be meant. */
function plainSpaces(text: string): string {
  if (!text.includes("\u00a0")) return text;
  return text.replace(/[ \u00a0]{2,}/g, " ").replace(/^\u00a0$/, " ");
}

/**
 * Text that is nearly black, grey or white is so because its page is, and would be unreadable on a page of the other
 * kind; so is a background. Browsers add all of a page's style to what is copied from the middle of a line.
 */
function withoutPageColours(element: Element): void {
  const style = attr(element, "style");
  if (style === undefined) return;
  const isInLink = element.parentNode?.nodeName === "a";
  const isDump = /(?:^|;)\s*(?:orphans|widows|-webkit-text-stroke-width)\s*:/i.test(style);
  const kept = style.split(";").filter((declaration) => {
    const [property = "", value = ""] = declaration.split(/:(.*)/s).map((part) => part.trim().toLowerCase());
    if (!/^(?:color|background(?:-color)?)$/.test(property)) return true;
    const colour = safeColour(value);
    return !isDump && !isInLink && colour !== null && isMeant(colour);
  });
  setAttr(element, "style", kept.join(";"));
}

function isMeant(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  return spread > 24 && most > 96;
}
