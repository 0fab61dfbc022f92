import { readLocator } from "./locators";
import { isMeant, opensProse } from "./quotes";
import { maskWord } from "./words";

/** A text without what varies, and what was taken out of it, in its order. */
export type Masked = { text: string; values: { label: string; value: string }[] };

/** What is read of a message; the parts keep less. */
const readLimit = 3_000;
const keptLimit = 500;
const maxValues = 40;
const maxQuoted = 400;

const closers: Record<string, string> = { '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»" };
const wordRun = /[^\s"'`“”‘’«»()[\]{}<>,;|=]+/y;
const inside = /['’](?=\p{L})/u;
const varies = /[\d/\\@]|\$\$|\$Mock/;
const trailing = /[.:!?]+$/;

const aboutHttp = /\b(?:status|http|https|response|request|endpoint|GET|POST|PUT|PATCH|DELETE|api)\b|status/i;
const statuses = /^(?:10[0-3]|20[0-8]|226|30[0-8]|40\d|41\d|42[1-689]|431|451|50[0-8]|51[01]|52[0-7])$/;
// Behind these a number is a code and says what happened.
const codeBefore = /(?:^|\W)(?:exit(?:ed)?(?: with)? (?:code|status)|code|signal|errno|error code|sqlstate)[ :=[(]*$/i;

const request = /(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|[Uu][Rr][Ll]|[Rr]oute|[Ee]ndpoint|to|at)[:=]? ["'`]?$/;
// Nothing answered: which path was asked for tells nothing.
const unreachable =
  /ERR_(?:CONNECTION|NAME|CERT|SSL|ADDRESS|INTERNET|TIMED)|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|connection refused|max retries exceeded|getaddrinfo|certificate|no such host|name or service not known|failed to establish a new connection/i;

/** Masks what varies from failure to failure, and keeps what tells its cause. */
export function mask(source: string): Masked {
  const text = source.length > readLimit ? source.slice(0, readLimit) : source;
  const values: Masked["values"] = [];
  const seen = new Map<string, number>();
  const take = (label: string, value: string) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    if (values.length < maxValues) values.push({ label: `${label} ${count}`, value: value.slice(0, 200) });
  };
  const isHttp = aboutHttp.test(text);
  let out = "";
  let at = 0;
  let noObject = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === " " || char === "\t") {
      if (!out.endsWith(" ") && !out.endsWith("\n")) out += " ";
      at += 1;
      continue;
    }
    const closer = closers[char];
    if (closer && !/[\p{L}\p{N}]$/u.test(out)) {
      const end = closing(text, at, char === "`" && text.indexOf("`", at + 1) === -1 ? "'" : closer);
      if (end !== -1 && !opensProse(out)) {
        const quoted = text.slice(at + 1, end);
        const after = text.slice(end + 1, end + 40);
        if (isMeant(quoted, out, after)) out += `${char}${maskInside(quoted)}${text[end]}`;
        else {
          const word = /\s/.test(quoted) || !varies.test(quoted) ? null : maskWord(quoted);
          out += word && /^(?:<path>|<email>|[a-z]+:\/\/)/.test(word.text) ? word.text : "<quoted>";
          take("quoted value", quoted);
        }
        at = end + 1;
        continue;
      }
    }
    const locator = readLocator(text, at, out);
    if (locator) {
      out += maskInside(locator);
      at += locator.length;
      continue;
    }
    if (char === "{" && at >= noObject) {
      const end = objectEnd(text, at);
      if (end === -1) noObject = at + 1_000;
      else {
        take("object", text.slice(at, end));
        out += "<object>";
        at = end;
        continue;
      }
    }
    if (char === "[" && !out.endsWith("SQLSTATE")) {
      const list = /\[(?:\s*(?:['"\d-][^[\]\n]{0,400})?|[^[\]\n=]{0,200},[^[\]\n]{0,200})\]/y;
      list.lastIndex = at;
      const found = list.exec(text);
      if (found && !statuses.test(found[0].slice(1, -1))) {
        take("list", found[0]);
        out += "<list>";
        at = list.lastIndex;
        continue;
      }
    }
    wordRun.lastIndex = at;
    const run = wordRun.exec(text)?.[0];
    if (!run) {
      out += char;
      at += 1;
      continue;
    }
    at += run.length;
    // An apostrophe inside a word is no quote.
    if (inside.test(text.slice(at, at + 2)) && /\p{L}$/u.test(run)) {
      out += `${run}'`;
      at += 1;
      continue;
    }
    if (!varies.test(run)) {
      out += run;
      continue;
    }
    const end = trailing.exec(run)?.[0] ?? "";
    const word = end === "" ? run : run.slice(0, -end.length);
    if (/^\d{2,5}$/.test(word) && /\bport\W{1,3}$/i.test(out.slice(-10)) && Number(word) < 32_768) {
      out += run;
      continue;
    }
    if ((isHttp && statuses.test(word)) || (/^\d{1,5}$/.test(word) && codeBefore.test(out.slice(-40)))) {
      out += run;
      continue;
    }
    const masked = maskWord(word, request.test(out.slice(-24)));
    if (masked.label) take(masked.label, masked.value ?? word);
    out += masked.text + end;
  }
  const tidied = tidy(out);
  const told = unreachable.test(tidied)
    ? tidied.replace(/((?:https?|wss?):\/\/[^\s/"'`)]{1,200})\/[^\s"'`)]*|(?<=\burl: )\/\S*/gi, "$1")
    : tidied;
  return { text: told.slice(0, keptLimit), values };
}

const maskInside = (text: string): string =>
  text
    .replace(/(?<=[-_])(?=[a-z]*\d)[0-9a-z]{3,}/gi, "<id>")
    .replace(/\d{3,}|(?<=[-_#])\d+/g, "<number>")
    .slice(0, 200);

// "5000 ms" and "5 seconds" as "5000ms"; a list of values as one.
const tidy = (text: string): string =>
  text
    .replace(/<number> ?(?:milliseconds?|ms|seconds?(?:\(s\))?|secs?|minutes?|mins?|hours?)(?![\w(])/g, "<duration>")
    .replace(/<number> ?(?:bytes|[KMG]i?B|pixels|px)\b/g, "<size>")
    .replace(/(<\w{1,10}>)(?:, ?\1)+/g, "$1")
    .replace(/[-+±€$£] ?(?=<number>)/g, "")
    .replace(/<(<\w{1,10}>)>/g, "$1")
    .replace(/\bnil:NilClass\b/g, "nil")
    .replace(/ ?\((?:Connection: [^\n]{0,40})?SQL: [^\n]*|^SQL: [^\n]*/gm, "")
    .replace(/ *\n */g, "\n")
    .trim();

/** Where a quote that begins at `from` ends; -1 when it is none. */
function closing(text: string, from: number, closer: string): number {
  const startsLine = from === 0 || text[from - 1] === "\n";
  const limit = from + maxQuoted;
  for (let i = from + 1; i < text.length && i <= limit; i++) {
    const char = text[i];
    if (char === "\n" && !startsLine) return -1;
    if (char === "\\") i += 1;
    else if (char === closer && !(closer !== '"' && /[\p{L}\p{N}]/u.test(text[i + 1] ?? ""))) return i;
  }
  return -1;
}

/** Behind the object literal that begins at `from`; -1 when it is none. */
function objectEnd(text: string, from: number): number {
  let depth = 0;
  let hasPairs = false;
  for (let i = from; i < text.length && i < from + 1_000; i++) {
    const char = text[i];
    if (char === "{") depth += 1;
    else if (char === ":" || char === "=") hasPairs = true;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return hasPairs || i === from + 1 ? i + 1 : -1;
    }
  }
  return -1;
}
