import { safeColour } from "../colour";
import type { RichMark } from "../doc";
import { safeHref } from "../href";
import { highlighter } from "./inline";
import { addressOf, type Found, open, type Reading } from "./read";

type Reader = (mark: Found, reading: Reading) => RichMark | null;

/** What is not here (comments, borders, sizes, widths) is about the page, not about the text. */
const readers = new Map<string, Reader>([
  ["strong", () => ({ type: "bold" })],
  ["em", () => ({ type: "italic" })],
  ["underline", () => ({ type: "underline" })],
  ["strike", () => ({ type: "strike" })],
  ["code", () => ({ type: "code" })],
  ["subsup", ({ attrs }) => ({ type: attrs.type === "sub" ? "subscript" : "superscript" })],
  [
    "link",
    ({ attrs }, { origin }) => {
      const href = safeHref(addressOf(attrs.href, origin));
      return href === null ? null : { type: "link", attrs: { href } };
    },
  ],
  [
    "textColor",
    ({ attrs }) => {
      const color = safeColour(attrs.color);
      return color === null ? null : { type: "textStyle", attrs: { color } };
    },
  ],
  [
    "backgroundColor",
    ({ attrs }) => {
      const color = safeColour(attrs.color);
      return { type: "highlight", attrs: { color: color === highlighter ? null : color } };
    },
  ],
]);

/** The marks that we have, one of each. */
export function readMarks(found: Found, reading: Reading): RichMark[] {
  const marks = new Map<string, RichMark>();
  // A text has a handful; a list of thousands would only repeat them.
  for (const value of found.marks.slice(0, 64)) {
    const mark = open(value);
    const read = mark && readers.get(mark.type)?.(mark, reading);
    if (read) marks.set(read.type, read);
  }
  return [...marks.values()];
}
