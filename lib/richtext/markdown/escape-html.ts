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
  "`": "&#96;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** A value between double quotes. A line end would end a block of HTML, a bar the cell of a row. */
export const attribute = (value: string) => value.replace(/[&<>"|\n\r]/g, (character) => entities[character] ?? "");

/** Code inside of HTML, where trackers look for nothing. A blank line would end the block of HTML. */
export const escapeHtmlCode = (text: string) => text.replace(/[&<>\n\r]/g, (character) => entities[character] ?? "");

const pattern = {
  gfm: new RegExp(`[&<>${escaped(signs.gfm)}]`, "g"),
  glfm: new RegExp(`[&<>${escaped(signs.glfm)}]`, "g"),
};

function escaped(characters: string): string {
  return characters.replace(/[\]\\^-]|\[/g, "\\$&");
}

/** Plain text inside of HTML inside of Markdown: trackers look for mentions and references in it as in any text. */
export function escapeHtml(text: string, where: number, flavor: Flavor): string {
  let plainUntil = 0;
  const out = text.replace(pattern[flavor], (character, at: number) => {
    const written = entities[character] ?? character;
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
