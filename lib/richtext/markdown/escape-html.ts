import { place } from "../nest";
import { addressEnd, isReference, schemeBefore } from "./addresses";
import { isLineLike, isSign, separator, signs, tableOf } from "./references";
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

const special = { gfm: tableOf(`&<>/[${signs.gfm}`), glfm: tableOf(`&<>/${signs.glfm}`) };

/** Plain text inside of HTML inside of Markdown: trackers look for mentions and references in it as in any text. */
export function escapeHtml(text: string, where: number, flavor: Flavor): string {
  const table = special[flavor];
  let out = "";
  let from = 0;
  /** Before here addresses have been judged. */
  let judgedUntil = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || table[code] === 0) continue;
    let written = entities[text.charAt(i)] ?? text.charAt(i);
    if (code === 0x2f) {
      if (!isLineLike(text.charCodeAt(i - 1))) continue;
    } else if (isSign(text, i, code, flavor) || isBox(text, i, where)) written += separator;
    else if (code === 0x3a) {
      if (i < judgedUntil || !text.startsWith("//", i + 1) || schemeBefore(text, i) <= 0) continue;
      judgedUntil = addressEnd(text, i + 3);
      if (!isReference(text.slice(i, judgedUntil))) continue;
      written += separator;
    } else if (code !== 0x26 && code !== 0x3c && code !== 0x3e) continue;
    out += text.slice(from, i) + written;
    from = i + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** A box at the start of an item is looked for in the rendered text. */
const isBox = (text: string, at: number, where: number) =>
  at === 0 && (where & place.lineStart) !== 0 && text.charCodeAt(0) === 0x5b && text.charCodeAt(2) === 0x5d;
