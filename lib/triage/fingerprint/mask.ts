import { readElement } from "./elements";
import { readList, readObject } from "./literals";
import { mayLocate, readLocator } from "./locators";
import { closingOf, isLiteral, isMeant, opensProse } from "./quotes";
import { maskWord, portKept } from "./words";

/** A text without what varies, and what was taken out of it, in its order. */
export type Masked = { text: string; values: { label: string; value: string }[] };

/** What is read of a message; the parts keep less. */
const readLimit = 3_000;
const keptLimit = 500;
const maxValues = 40;
const valueLimit = 200;
/** How far back a word's meaning is looked for. */
const contextLimit = 40;

const blank = /[ \t]+/y;
const wordRun = /[^\s"'`“”‘’«»()[\]{}<>,;|=]+/y;
const urlRun = /(?:[a-z][a-z0-9+.-]{1,20}:\/)?\/[^\s"'`“”‘’«»()[\]{}<>|]+/iy;
const varies = /[\d/\\@]|\$\$|\$Mock/;
const trailing = /[.,;:!?]+$/;
const quotes = "\"'`“‘«";
const letter = /[\p{L}\p{N}]/u;
const contextOf = (text: string, at: number): string => text.slice(Math.max(0, at - contextLimit), at);

const aboutHttp = /status|\b(?:http|https|response|request|endpoint|GET|POST|PUT|PATCH|DELETE|api)\b/i;
const statuses = /^(?:10[0-3]|20[0-8]|226|30[0-8]|40\d|41\d|42[1-689]|431|451|50[0-8]|51[01]|52[0-7])$/;
// Behind these a number is a code and says what happened.
const codeBefore = /(?:^|\W)(?:exit(?:ed)?(?: with)? (?:code|status)|code|signal|errno|error code|sqlstate)[ :=[(]*$/i;
const portBefore = /\bport\W{1,3}$/i;
const requestBefore =
  /(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|[Uu][Rr][Ll]|[Rr]oute|[Ee]ndpoint|(?:request|navigating) to)[:=]? ["'`]?$/;

/** Masks what varies from failure to failure, and keeps what tells its cause; `context` says what it is about, too. */
export function mask(source: string, context = ""): Masked {
  const text = source.length > readLimit ? source.slice(0, readLimit) : source;
  const values: Masked["values"] = [];
  const seen = new Map<string, number>();
  const out: string[] = [];
  let noObject = 0;
  let isHttp: boolean | null = null;
  const locates = mayLocate(text);

  const take = (label: string, value: string) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    if (values.length < maxValues) values.push({ label: `${label} ${count}`, value: value.slice(0, valueLimit) });
  };

  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    if (char === " " || char === "\t") {
      blank.lastIndex = at;
      blank.test(text);
      at = blank.lastIndex;
      out.push(" ");
      continue;
    }
    const end = quotes.includes(char) && !letter.test(text[at - 1] ?? "") ? closingOf(text, at) : -1;
    if (end !== -1) {
      const before = contextOf(text, at);
      if (!opensProse(before)) {
        const quoted = text.slice(at + 1, end);
        const element = quoted.startsWith("<") ? readElement(quoted, 0) : null;
        if (element !== null) {
          out.push(element.name);
          take("element", quoted);
        } else if (isLiteral(quoted)) out.push(quoted);
        else if (at === 0 && end === text.length - 1 && quoted.length <= 60) out.push(char, withoutIds(quoted), char);
        else if (isMeant(quoted, before, text.slice(end + 1, end + contextLimit)))
          out.push(char, withoutIds(quoted), text[end] ?? "");
        else {
          out.push(quotedPlace(quoted) ?? "<quoted>");
          take("quoted value", quoted);
        }
        at = end + 1;
        continue;
      }
    }
    const element = char === "<" ? readElement(text, at) : null;
    if (element !== null) {
      out.push(element.name);
      take("element", text.slice(at, at + element.length));
      at += element.length;
      continue;
    }
    const locator = locates ? readLocator(text, at) : null;
    if (locator) {
      out.push(withoutIds(locator));
      at += locator.length;
      continue;
    }
    if (char === "{" && at >= noObject) {
      const object = readObject(text, at);
      if (object === null) noObject = at + 1_000;
      else {
        out.push("<object>");
        take("object", object);
        at += object.length;
        continue;
      }
    }
    const list = char === "[" && !text.endsWith("SQLSTATE", at) ? readList(text, at) : null;
    if (list !== null && !statuses.test(list.slice(1, -1))) {
      out.push("<list>");
      take("list", list);
      at += list.length;
      continue;
    }
    wordRun.lastIndex = at;
    if (!wordRun.test(text)) {
      out.push(char);
      at += 1;
      continue;
    }
    const from = at;
    const plainRun = text.slice(at, wordRun.lastIndex);
    // A query belongs to its address.
    urlRun.lastIndex = at;
    const run = plainRun.includes("/") ? (urlRun.exec(text)?.[0] ?? plainRun) : plainRun;
    at += run.length;
    if (!varies.test(run)) {
      out.push(run);
      continue;
    }
    const stop = trailing.exec(run)?.[0] ?? "";
    const word = stop === "" ? run : run.slice(0, -stop.length);
    const isNumber = /^\d{1,5}$/.test(word);
    if (isNumber && statuses.test(word)) isHttp ??= aboutHttp.test(text) || aboutHttp.test(context);
    const isKept =
      isNumber &&
      ((isHttp === true && statuses.test(word)) ||
        codeBefore.test(contextOf(text, from)) ||
        (portBefore.test(contextOf(text, from)) && portKept(word)));
    if (isKept) {
      out.push(run);
      continue;
    }
    const masked = maskWord(word, word.startsWith("/") && requestBefore.test(contextOf(text, from)));
    if (masked.label) take(masked.label, masked.value ?? word);
    out.push(masked.text, stop);
  }
  return { text: tidy(out.join("")).slice(0, keptLimit), values };
}

/** A name without the numbers that its page gave it. */
const withoutIds = (text: string): string =>
  text
    .replace(/(?<=[-_])(?=[a-z]{0,30}\d)[0-9a-z]{3,}/gi, "<id>")
    .replace(/\d{3,}|(?<=[-_#])\d+/g, "<number>")
    .slice(0, valueLimit);

/** A path or a URL is masked alike with quotes and without. */
function quotedPlace(quoted: string): string | null {
  if (!varies.test(quoted) || /\s/.test(quoted)) return null;
  const { text } = maskWord(quoted);
  return /^(?:<path>|[a-z]+:\/\/)/.test(text) ? text : null;
}

// Nothing answered: which path was asked for tells nothing.
const unreachable =
  /ERR_(?:CONNECTION|NAME|CERT|SSL|ADDRESS|INTERNET|TIMED)|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|connection refused|max retries exceeded|getaddrinfo|certificate|no such host|name or service not known|failed to establish a new connection/i;
const requestPath = /((?:https?|wss?):\/\/[^\s/"'`)]{1,200})\/[^\s"'`)]*|(?<=\burl: )\/\S*/gi;

/** "5000 ms" and "5 seconds" as "5000ms", a list of values as one value, no blanks at the ends of lines. */
function tidy(masked: string): string {
  let text = masked;
  if (text.includes("<number>"))
    text = text
      .replace(/<number> ?(?:milliseconds?|ms|seconds?(?:\(s\))?|secs?|minutes?|mins?|hours?)(?![\w(])/g, "<duration>")
      .replace(/<number> ?(?:bytes|[KMG]i?B|pixels|px)\b/g, "<size>")
      .replace(/[-+±€$£] ?(?=<number>)/g, "");
  if (text.includes("<")) text = text.replace(/(<\w{1,10}>)(?:, ?\1)+/g, "$1").replace(/<(<\w{1,10}>)>/g, "$1");
  if (text.includes("SQL: ")) text = text.replace(/ ?\((?:Connection: [^\n]{0,40})?SQL: [^\n]*|^SQL: [^\n]*/gm, "");
  if ((text.includes("://") || text.includes("url: ")) && unreachable.test(text))
    text = text.replace(requestPath, "$1");
  // What Ruby calls nil changed its name.
  if (text.includes("nil:NilClass")) text = text.replaceAll("nil:NilClass", "nil");
  return (text.includes("\n") ? text.replace(/ ?\n ?/g, "\n") : text).trim();
}
