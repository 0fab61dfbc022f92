import { place } from "./nest";

/**
 * An empty comment. GitHub finds mentions, references and emoji in the rendered text, after backslashes and entities
 * are gone, so neither `\@name` nor `&#64;name` keeps anybody from being notified
 * (https://github.com/github/cmark-gfm/issues/181, https://github.com/github/markup/issues/1168). A zero-width space
 * does, but it stays in what people copy and search. A comment does, leaves no trace in the rendered text, and is how
 * LLVM's own bot posts stack traces full of `@name` and `#0`.
 */
export const separator = "<!-- -->";

const special = new Uint8Array(128);
for (const character of "\\`*_[]<&~$@#:-.!/") special[character.charCodeAt(0)] = 1;

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isLetter = (code: number) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
const isWord = (code: number) => isDigit(code) || isLetter(code);
/** Characters after which some readers see a new line, though Markdown does not. */
const isLineLike = (code: number) =>
  code === 0x0b || code === 0x0c || code === 0x85 || code === 0x2028 || code === 0x2029;

/** Plain text as Markdown that reads as exactly that text. */
export function escapeMarkdown(text: string, where: number): string {
  const inLink = (where & place.inLink) !== 0;
  const { length } = text;
  let out = "";
  let from = 0;
  let i = 0;
  let lastAt = -1;
  if ((where & place.lineStart) !== 0) {
    const start = lineStart(text);
    out = start.out;
    from = i = start.length;
  }
  for (; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || special[code] === 0) continue;
    const next = text.charCodeAt(i + 1); // NaN at the end, which equals nothing.
    switch (code) {
      case 0x5f: // _ inside a word is no marker
        if (isWord(text.charCodeAt(i - 1)) && isWord(next)) continue;
        break;
      case 0x26: // & where an entity could begin
        if (next !== 0x23 && !isLetter(next)) continue;
        break;
      case 0x5d: // ] ends only what [ began
        if (!inLink) continue;
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
      case 0x40: // @name, but not user@host
        if (!inLink && isHarmlessAt(text, i, lastAt)) {
          lastAt = i;
          continue;
        }
        lastAt = i;
        out += `${text.slice(from, i + 1)}${separator}`;
        from = i + 1;
        continue;
      case 0x23: // #1, owner/repo#1
        if (!isDigit(next)) continue;
        out += `${text.slice(from, i + 1)}${separator}`;
        from = i + 1;
        continue;
      case 0x2d: // GH-1
        if (!isDigit(next) || !endsWith(text, i, "gh")) continue;
        out += `${text.slice(from, i + 1)}${separator}`;
        from = i + 1;
        continue;
      case 0x3a: {
        if (next === 0x2f && text.charCodeAt(i + 2) === 0x2f) {
          const scheme = schemeBefore(text, i);
          if (scheme === 0) continue;
          const end = scheme > 0 && !inLink ? addressEnd(text, i + 3) : 0;
          const address = text.slice(i - scheme, end);
          if (end > i + 3 && isAutolink(address) && !isReference(address)) {
            // The reader would make a link of it anyway; the brackets make sure where it ends.
            out += `${text.slice(from, i - scheme)}<${address}>`;
            from = end;
            i = end - 1;
            continue;
          }
          out += `${text.slice(from, i + 1)}${separator}`;
          from = i + 1;
          continue;
        }
        if (!isEmoji(text, i)) continue;
        out += `${text.slice(from, i + 1)}${separator}`;
        from = i + 1;
        continue;
      }
      default: // \ ` * [ < ~ $ (mathematics on GitHub)
        break;
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

/** True for the @ of an address, and for one that nothing follows. After an address that is linked, text begins anew. */
const isHarmlessAt = (text: string, at: number, lastAt: number) =>
  isWord(text.charCodeAt(at - 1))
    ? lastAt === -1 || /\s/.test(text.slice(lastAt, at))
    : !isWord(text.charCodeAt(at + 1)) && text.charCodeAt(at + 1) !== 0x5f;

/** What the first characters of a line would begin: a heading, list, quote, underline, table, rule or quick action. */
function lineStart(text: string): { out: string; length: number } {
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  switch (first) {
    case 0x20: // Spaces at the edges of a line are dropped unless they are written as entities.
    case 0x09:
      return { out: `&#${first};`, length: 1 };
    case 0x23: // #
      return isDigit(second) ? { out: "", length: 0 } : { out: "\\#", length: 1 };
    case 0x2b: // +
    case 0x2d: // -
    case 0x3d: // =
    case 0x3e: // >
    case 0x7c: // |
      return { out: `\\${text.charAt(0)}`, length: 1 };
    case 0x3a: // :- aligns a column
      return second === 0x2d ? { out: "\\:", length: 1 } : { out: "", length: 0 };
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

/** True when the letters before the position are the given ones, whatever their case. */
const endsWith = (text: string, at: number, word: string) =>
  text.slice(Math.max(0, at - word.length), at).toLowerCase() === word &&
  !isLetter(text.charCodeAt(at - word.length - 1));

/** How long the scheme before "://" is: 4 or 5 for the web, -1 for ftp, which is linked as well, 0 for any other. */
function schemeBefore(text: string, colon: number): number {
  if (endsWith(text, colon, "https")) return 5;
  if (endsWith(text, colon, "http")) return 4;
  return endsWith(text, colon, "ftp") ? -1 : 0;
}

const addressStop = /[\s\p{Cc}<>"`|\\^{}]/u;

/** Where an address ends: before white space and before the punctuation of the sentence around it. */
function addressEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !addressStop.test(text.charAt(end))) end += 1;
  while (end > from && "?!.,:;*_~'\")]".includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/** An address that may stand between angle brackets as it is: readers differ on whether entities count there. */
export const isAutolink = (address: string) =>
  /^https?:\/\/[\p{L}\p{N}[]/iu.test(address) && !addressStop.test(address) && !/&#?\w+;/.test(address);

/** An address that a tracker shortens to a reference, and notes on the issue that it names. */
const isReference = (address: string) => /\/(?:issues|pulls?|discussions|commits?|merge_requests)\//i.test(address);

/** True for `:name:` of an emoji. Digits alone are line and column numbers, with the two exceptions that GitHub has. */
function isEmoji(text: string, colon: number): boolean {
  let end = colon + 1;
  let named = false;
  for (; end - colon < 50; end++) {
    const code = text.charCodeAt(end);
    const letter = (code >= 0x61 && code <= 0x7a) || code === 0x2b || code === 0x2d;
    if (letter) named = true;
    else if (!isDigit(code) && code !== 0x5f) break;
  }
  if (text.charCodeAt(end) !== 0x3a) return false;
  return named || text.startsWith(":100:", colon) || text.startsWith(":1234:", colon);
}
