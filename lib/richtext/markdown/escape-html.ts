import { place } from "../nest";
import { addressEnd, isReference, schemeBefore } from "./addresses";
import { isSign, separator, signs } from "./references";
import type { Flavor } from "./writing";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "|": "&#124;",
  "\n": "&#10;",
  "\r": "&#13;",
  "/": "&#47;",
};

/** A value between double quotes. A line end would end a block of HTML, a bar the cell of a row. */
export const attribute = (value: string) =>
  value.replace(/[&<>"|\n\r]|(?<=[\v\f\u0085\u2028\u2029])\//g, (character) => entities[character] ?? "");

/** Code inside of HTML, where trackers look for nothing. A blank line would end the block of HTML. */
export const escapeHtmlCode = (text: string) => text.replace(/[&<>\n\r]/g, (character) => entities[character] ?? "");

/** A slash matters behind a character that some readers take for a line end. */
const patternOf = (characters: string) =>
  new RegExp(`[&<>${characters.replace(/[[-]/g, "\\$&")}]|(?<=[\\v\\f\\u0085\\u2028\\u2029])/`, "g");
const pattern = { gfm: patternOf(signs.gfm), glfm: patternOf(signs.glfm) };

/** Plain text inside of HTML inside of Markdown: trackers look for mentions and references in it as in any text. */
export function escapeHtml(text: string, where: number, flavor: Flavor): string {
  let plainUntil = 0;
  const out = text.replace(pattern[flavor], (character, at: number) => {
    const written = entities[character] ?? character;
    if (character === "/") return separator + character;
    if (isSign(text, at, character.charCodeAt(0), flavor)) return written + separator;
    if (character !== ":" || at < plainUntil || !text.startsWith("//", at + 1)) return written;
    const scheme = schemeBefore(text, at);
    if (scheme <= 0) return written;
    plainUntil = addressEnd(text, at + 3);
    return isReference(text.slice(at, plainUntil)) ? written + separator : written;
  });
  // A box at the start of an item is looked for in the rendered text.
  return (where & place.lineStart) !== 0 && /^\[.\]/.test(text) ? out.replace(/^\[(?!<)/, `[${separator}`) : out;
}
