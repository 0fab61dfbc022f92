import { safeHref } from "../href";
import { place } from "../nested";
import { emoticonPattern } from "./notation";

// What is written here follows the order in which Jira's renderer works: macros first, then links, addresses and
// pictures, then backslashes, and only then emphasis, dashes and emoticons. A backslash therefore protects from
// everything but a second brace ({{ is emphasis again by then), and never a backslash. Entities protect everywhere.

const special = new Uint8Array(128);
for (const character of "\\{}[]|!*_-+^~?(:;&") special[character.charCodeAt(0)] = 1;

const isSpace = (code: number) => code === 0x20 || (code >= 0x09 && code <= 0x0d);
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isLetter = (code: number) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
const isWord = (code: number) => isDigit(code) || isLetter(code);

export const entity = (character: string) => `&#${character.codePointAt(0)};`;

/** Plain text as wiki markup that shows exactly that text. Keys of issues (ABC-1) stay: Jira links them, no harm done. */
export function escapeWiki(text: string, where: number): string {
  const { length } = text;
  const inLink = (where & place.inLink) !== 0;
  const atStart = (where & place.lineStart) !== 0;
  const atEnd = (where & place.lineEnd) !== 0;
  let out = "";
  let from = 0;
  let i = 0;
  let noAddressUntil = 0;
  if (atStart || inLink) {
    const start = lineStart(text, inLink);
    out = start.out;
    from = i = start.length;
  }
  for (; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 ? code !== 0x2028 && code !== 0x2029 : special[code] === 0) continue;
    // NaN beyond the edges, which is neither space nor word, so that what touches unknown neighbours is escaped.
    const before = text.charCodeAt(i - 1);
    const next = text.charCodeAt(i + 1);
    let written: string;
    switch (code) {
      case 0x2a: // *
      case 0x5f: // _
      case 0x2d: // -
      case 0x2b: // +
      case 0x5e: // ^
      case 0x7e: {
        // Emphasis opens before and closes after a character that is no space, at the edge of a word.
        // At the edge of a line as well, for there the sign of a mark may stand around the text; and any other space
        // than the usual one may be an entity in the end.
        const opens = !isWord(before) && next !== 0x20;
        const closes = before !== 0x20 && !isWord(next);
        if (!opens && !closes) continue;
        written = inLink ? entity(text.charAt(i)) : `\\${text.charAt(i)}`;
        break;
      }
      case 0x3f: // ??citation??
        if (before !== 0x3f && next !== 0x3f) continue;
        written = inLink ? entity("?") : "\\?";
        break;
      case 0x21: // !picture!
        if (isWord(before) || isSpace(next) || (atEnd && i === length - 1)) continue;
        written = inLink ? entity("!") : "\\!";
        break;
      case 0x5b: // [
        if (!inLink && isSpace(next)) continue;
        written = inLink ? entity("[") : "\\[";
        break;
      case 0x5d: // ] ends only what [ began
        if (!inLink) continue;
        written = entity("]");
        break;
      case 0x7b: // {
      case 0x7d: {
        // Two in a row would be {{code}} once their backslashes are gone.
        const alone = before !== code && next !== code && (atStart || i > 0) && (atEnd || i < length - 1);
        written = alone && !inLink ? `\\${text.charAt(i)}` : entity(text.charAt(i));
        break;
      }
      case 0x28: // (x)
        if (!isEmoticon(text, i) && (atEnd || i < length - 1)) continue;
        written = inLink ? entity("(") : "\\(";
        break;
      case 0x26: // &
        if (!/^&(?:$|[#A-Za-z0-9][A-Za-z0-9]{0,7}(?:;|$))/.test(text.slice(i, i + 11))) continue;
        written = "&amp;";
        break;
      case 0x3b: // ;)
        if (!isEmoticon(text, i) && (atEnd || i < length - 1)) continue;
        written = entity(";");
        break;
      case 0x3a: {
        const address = next === 0x2f && !inLink && i >= noAddressUntil ? addressAt(text, i, atEnd) : null;
        if (address?.written) {
          const start = i - address.schemeLength;
          // Inside of a word a sign was none; before the bracket of the link it would be one.
          const sign = start > from && "*_-+^~".includes(text.charAt(start - 1)) ? "\\" : "";
          out +=
            text.slice(from, start - sign.length) + sign + text.slice(start - sign.length, start) + address.written;
          from = address.end;
          i = from - 1;
          continue;
        }
        if (address) noAddressUntil = address.end;
        if (!isEmoticon(text, i) && !isScheme(text, i) && (atEnd || i < length - 1)) continue;
        written = entity(":");
        break;
      }
      default: // \ and |, which parts cells and the parts of links, and the separators of Unicode, which end patterns
        written = entity(text.charAt(i));
    }
    out += text.slice(from, i) + written;
    from = i + 1;
  }
  const last = text.charAt(length - 1);
  if ((atEnd || inLink) && from < length && /\s/.test(last)) return out + text.slice(from, length - 1) + entity(last);
  return out === "" && from === 0 ? text : out + text.slice(from);
}

/** Text between the braces of {{code}}: nothing in it may be emphasis or a link, and no space at its edges is lost. */
export const escapeCode = (text: string): string => escapeWiki(text, place.inLink);

function isEmoticon(text: string, at: number): boolean {
  emoticonPattern.lastIndex = at;
  return emoticonPattern.test(text);
}

/** What the first characters of a line would begin: a heading, a quote, a list. Spaces there would be dropped. */
function lineStart(text: string, inLink: boolean): { out: string; length: number } {
  const first = text.charAt(0);
  if (/\s/.test(first)) return { out: entity(first), length: 1 };
  // A link and code begin with signs of their own.
  if (inLink) return { out: "", length: 0 };
  if (/^[*#-]+(?:\s|$)/.test(text.slice(0, 32))) return { out: `\\${first}`, length: 1 };
  const sign = /^(?:h[1-6]|bq)(?=\.)/.exec(text)?.[0];
  if (sign !== undefined) return { out: `${sign}&#46;`, length: sign.length + 1 };
  if (/^[☐☑](?:\s|$)/.test(text)) return { out: entity(first), length: 1 };
  return { out: "", length: 0 };
}

/** What Jira links without a word, beside the web: an entity for the colon keeps it text. */
function isScheme(text: string, colon: number): boolean {
  if (text.startsWith("//", colon + 1)) return isLetter(text.charCodeAt(colon - 1));
  return /(?:^|[^a-z0-9])(?:mailto|file|skype|callto|facetime|git|irc6?|ircs|news|nntp|notes|tel)$/i.test(
    text.slice(Math.max(0, colon - 10), colon),
  );
}

// In emphasis what is of the last three classes is written as an entity, which no address can have.
const addressRun = /[^\s\p{Cc}<>"`|\\^{}[\]!\p{No}\p{Nl}\p{Cf}]*/uy;
/** What Jira takes for a part of an address where nothing says that it ends; longer than any that matters. */
export const addressLike = /[-_.!~*';/?:@#&=%+$,a-zA-Z0-9[\]()\\]{0,256}/y;

/** `written` is null for what only begins like an address: up to its end there is none. */
type Address = { schemeLength: number; end: number; written: string | null };

/** An address in the text, between brackets: Jira would make a link of it anyway, and so it ends where it ends. */
function addressAt(text: string, colon: number, atEnd: boolean): Address | null {
  const scheme = /(?:^|[^a-z0-9])(https?)$/i.exec(text.slice(Math.max(0, colon - 6), colon))?.[1];
  if (scheme === undefined) return null;
  addressRun.lastIndex = colon + 3;
  const runEnd = colon + 3 + (addressRun.exec(text)?.[0].length ?? 0);
  let end = runEnd;
  while (end > colon + 3 && "?.,:;*_~'\")".includes(text.charAt(end - 1))) end -= 1;
  const address = text.slice(colon - scheme.length, end);
  const schemeLength = scheme.length;
  if (end === colon + 3 || safeHref(address) !== address) return { schemeLength, end: runEnd, written: null };
  const written = writeHref(address);
  // Jira does not see the beginning of a link in what could still be the address before it.
  addressLike.lastIndex = end;
  const beyond = addressLike.exec(text)?.[0] ?? "";
  const ends = beyond.length < 256 && !beyond.includes("[") && (end + beyond.length < text.length || atEnd);
  return { schemeLength, end, written: ends ? `[${written}]` : `[${escapeWiki(address, place.inLink)}|${written}|]` };
}

/** An address as it may stand in a link. */
export const writeHref = (href: string): string =>
  href
    .replace(/&(?=[#A-Za-z0-9][A-Za-z0-9]{1,7};)/g, "&amp;")
    .replace(/[|[\]{}\\^!]/g, (character) => encodeURIComponent(character).replace("!", "%21"));
