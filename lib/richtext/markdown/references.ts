import type { Flavor } from "./writing";

/**
 * An empty comment. GitHub finds mentions, references and emoji in the rendered text, after backslashes and entities
 * are gone, so neither `\@name` nor `&#64;name` keeps anybody from being notified
 * (https://github.com/github/cmark-gfm/issues/181, https://github.com/github/markup/issues/1168). A zero-width space
 * does, but it stays in what people copy and search. A comment does, leaves no trace in the rendered text, and is how
 * LLVM's own bot posts stack traces full of `@name` and `#0`. GitLab honours backslashes since 14.0
 * (https://gitlab.com/gitlab-org/gitlab/-/issues/16827); what it finds is written with both.
 */
export const separator = "<!-- -->";

export const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
export const isLetter = (code: number) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
export const isWord = (code: number) => isDigit(code) || isLetter(code);
/** Characters after which some readers see a new line, though Markdown does not. */
export const isLineLike = (code: number) =>
  code === 0x0b || code === 0x0c || code === 0x85 || code === 0x2028 || code === 0x2029;

/** Where one of these stands, a tracker may read something into the text. */
export const signs = { gfm: "#-@:", glfm: "#-@:!&$%~[{*" } as const;

/** A table with a mark for each of these characters. */
export function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** True when the character at this place and what follows would be read as a mention, a reference, an emoji. */
export function isSign(text: string, at: number, code: number, flavor: Flavor): boolean {
  const next = text.charCodeAt(at + 1); // NaN at the end, which equals nothing.
  switch (code) {
    case 0x23: // #1, owner/repo#1
      return isDigit(next);
    case 0x2d: // GH-1, and GL-1 of GitLab
      return isDigit(next) && (endsWith(text, at, "gh") || (flavor === "glfm" && endsWith(text, at, "gl")));
    case 0x40: // @name, but not user@host
      return !isHarmlessAt(text, at);
    case 0x3a:
      return isEmoji(text, at);
    default:
      return flavor === "glfm" && isGitLabSign(text, at, code, next);
  }
}

/** https://docs.gitlab.com/user/markdown/ “GitLab-specific references”, “Inline diff”, “Table of contents”. */
function isGitLabSign(text: string, at: number, code: number, next: number): boolean {
  switch (code) {
    case 0x21: // !1, a merge request
    case 0x26: // &1, an epic
    case 0x24: // $1, a snippet
      return isDigit(next);
    case 0x25: // %1, %name, %"a name", a milestone; %{name}, a placeholder
      return isWord(next) || next === 0x5f || next === 0x22 || next === 0x7b;
    case 0x7e: // ~1, ~name, ~"a name", a label
      return next > 0x20 && next !== 0x7e;
    case 0x2a: // *iteration:1
      return text.startsWith("iteration:", at + 1);
    case 0x7b: // {+ +} and {- -}, what was added and removed
      return next === 0x2b || next === 0x2d;
    case 0x5b: // [+ +] and [- -] as well; [[a page]], [[_TOC_]]; [vulnerability:1]; [TOC]
      return next === 0x2b || next === 0x2d || next === 0x5b || isNamed(text, at + 1);
    default:
      return false;
  }
}

/** A word and a colon, as in `[work_item:1]`, or the word for a table of contents. */
function isNamed(text: string, from: number): boolean {
  let end = from;
  while (end - from < 24 && (isLetter(text.charCodeAt(end)) || text.charCodeAt(end) === 0x5f)) end += 1;
  const after = text.charCodeAt(end);
  return end > from && (after === 0x3a || (after === 0x5d && text.slice(from, end).toLowerCase() === "toc"));
}

/**
 * True for the @ of an address, and for one that nothing follows. An address is linked, and after a link text begins
 * anew: of two in one word the second may be a mention.
 */
function isHarmlessAt(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (!isWord(text.charCodeAt(at - 1))) return !isWord(next) && next !== 0x5f;
  const last = text.lastIndexOf("@", at - 1);
  return last === -1 || /\s/.test(text.slice(last, at));
}

/** True when the letters before the position are the given ones, whatever their case. */
export const endsWith = (text: string, at: number, word: string) =>
  text.slice(Math.max(0, at - word.length), at).toLowerCase() === word &&
  !isLetter(text.charCodeAt(at - word.length - 1));

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
