import { addressEnd, isAutolink, isReference, schemeBefore } from "./markdown/addresses";
import {
  endsWith,
  isDigit,
  isLetter,
  isLineLike,
  isSign,
  isWord,
  separator,
  signs,
  tableOf,
} from "./markdown/references";
import type { Flavor } from "./markdown/writing";
import { place } from "./nest";

const syntax = "\\`*_[]<&~$:.!/|";
/** The characters at which something may have to be done. */
const special = { gfm: tableOf(syntax + signs.gfm), glfm: tableOf(syntax + signs.glfm) };

/** Plain text as Markdown that reads as exactly that text. */
export function escapeMarkdown(text: string, where: number, flavor: Flavor): string {
  const table = special[flavor];
  const { length } = text;
  let out = "";
  let from = 0;
  let i = 0;
  /** Before here no address is written as one: what the reader would make of it is not what stands there. */
  let plainUntil = 0;
  if ((where & place.lineStart) !== 0 && !isLetter(text.charCodeAt(0))) {
    const start = lineStart(text, flavor);
    out = start.out;
    from = i = start.length;
  }
  for (; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || table[code] === 0) continue;
    const next = text.charCodeAt(i + 1); // NaN at the end, which equals nothing.
    if (isSign(text, i, code, flavor) || (code === 0x40 && (where & place.inLink) !== 0)) {
      out += text.slice(from, i) + split(text.charAt(i), flavor);
      from = i + 1;
      continue;
    }
    switch (code) {
      case 0x5f: // _ inside a word is no marker
        if (isWord(text.charCodeAt(i - 1)) && isWord(next)) continue;
        break;
      case 0x26: // & where an entity could begin
        if (next !== 0x23 && !isLetter(next)) continue;
        break;
      case 0x5d: // ] ends only what [ began. GitHub ticks a task that has [x] anywhere in its line.
        if ((where & place.inLink) === 0 && (i < 2 || !isTick(text, i - 2))) continue;
        break;
      case 0x21: // ! before a link would make an image of it
        if (i !== length - 1) continue;
        break;
      case 0x2e: // www. becomes a link
        if (!isWord(next) || !endsWith(text, i, "www")) continue;
        break;
      case 0x2f: // a quick action of a reader that takes another character for a line end
        if (!isLineLike(text.charCodeAt(i - 1))) continue;
        break;
      case 0x7c: // | parts the cells of a row
        if ((where & place.inRow) === 0) continue;
        break;
      case 0x3a: {
        const scheme = next === 0x2f && text.charCodeAt(i + 2) === 0x2f ? schemeBefore(text, i) : 0;
        if (scheme === 0) continue;
        if (scheme > 0 && (where & place.inLink) === 0 && i >= plainUntil) {
          const end = addressEnd(text, i + 3);
          const address = text.slice(i - scheme, end);
          if (end > i + 3 && isAutolink(address) && !isReference(address)) {
            // The reader would make a link of it anyway; the brackets make sure where it ends.
            out += `${text.slice(from, i - scheme)}<${address}>`;
            from = end;
            i = end - 1;
            continue;
          }
          plainUntil = end;
        }
        out += `${text.slice(from, i + 1)}${separator}`;
        from = i + 1;
        continue;
      }
      case 0x3c: // < before what may be the name of a tag, the address of a link, a comment; or what comes next
        if (!isLetter(next) && next !== 0x2f && next !== 0x21 && next !== 0x3f && i !== length - 1) continue;
        break;
      case 0x5c:
      case 0x60:
      case 0x2a:
      case 0x5b:
      case 0x7e:
      case 0x24: // \ ` * [ ~ $ (mathematics)
        break;
      default:
        continue;
    }
    out += `${text.slice(from, i)}\\`;
    from = i;
  }
  const last = text.charCodeAt(length - 1);
  if ((where & place.lineEnd) !== 0 && from < length && (last === 0x20 || last === 0x09)) {
    return `${out}${text.slice(from, length - 1)}&#${last};`;
  }
  return out === "" ? text : out + text.slice(from);
}

/** A character kept apart from what follows it. Those with a meaning in Markdown itself, and all on GitLab, are escaped. */
const split = (character: string, flavor: Flavor) =>
  flavor === "glfm" || character === "[" ? `\\${character}${separator}` : character + separator;

const isTick = (text: string, at: number) => /^\[[xX]\]/.test(text.slice(at, at + 3));

/** What the first characters of a line would begin: a heading, list, quote, underline, table, rule or quick action. */
function lineStart(text: string, flavor: Flavor): { out: string; length: number } {
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  switch (first) {
    case 0x20: // Spaces at the edges of a line are dropped unless they are written as entities.
    case 0x09:
      return { out: `&#${first};`, length: 1 };
    case 0xfeff: // A reader drops it where a text begins, and what is behind it would begin the line.
      return { out: "&#65279;", length: 1 };
    case 0x23: // #
      return isDigit(second) ? { out: "", length: 0 } : { out: "\\#", length: 1 };
    case 0x2b: // +
    case 0x2d: // -
    case 0x3d: // =
    case 0x3e: // >
    case 0x7c: // |
      return { out: `\\${text.charAt(0)}`, length: 1 };
    case 0x3a: // :- aligns a column; on GitLab a colon and a space describe a term, and :: includes a file
      return second === 0x2d || (flavor === "glfm" && (second === 0x20 || second === 0x09 || second === 0x3a))
        ? { out: "\\:", length: 1 }
        : { out: "", length: 0 };
    case 0x3b: // ;;; fences the settings of a document on GitLab
      return flavor === "glfm" && second === 0x3b ? { out: "\\;", length: 1 } : { out: "", length: 0 };
    case 0x5b: // A box, or the kind of an alert: both are looked for in the rendered text as well.
      return /^\[(?:.\]|!)/.test(text) ? { out: `\\[${separator}`, length: 1 } : { out: "", length: 0 };
    case 0x2f: // /close
      return isLetter(second) ? { out: "\\/", length: 1 } : { out: "", length: 0 };
    default: {
      let end = 0;
      while (end < 10 && isDigit(text.charCodeAt(end))) end += 1;
      const after = text.charCodeAt(end);
      if (end === 0 || (after !== 0x2e && after !== 0x29)) return { out: "", length: 0 };
      return { out: `${text.slice(0, end)}\\${text.charAt(end)}`, length: end + 1 };
    }
  }
}
