import { type Found, type OwnMatcher, withoutOverlaps } from "./found";
import { type Pattern, patterns, secretNames } from "./patterns";
import { privateKeys } from "./private-key";

/** Everything in a text that looks like a secret, in order and without overlaps. One pass for each pattern, all linear. */
export function findSecrets(text: string, own: readonly OwnMatcher[] = []): Found[] {
  const lower = lowerCase(text);
  const found: Found[] = [];
  // First, because of two that find the same the first one names it, and nothing tells more than the project's name.
  for (const { id, name, find } of own) {
    for (const { from, to } of find(text)) found.push({ kind: id, from, to, hint: name });
  }
  found.push(...privateKeys(text));
  for (const pattern of patterns) search(text, pattern.ignoresCase ? lower : text, pattern, found);
  assignments(text, lower, found);
  return withoutOverlaps(found);
}

/** In lower case with every character in its place: there are letters that become two. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function search(text: string, anchored: string, pattern: Pattern, found: Found[]): void {
  const { anchors, shape, notAfter, after, accepts, isWhole, kind, hint } = pattern;
  for (const anchor of anchors) {
    let at = anchored.indexOf(anchor);
    while (at !== -1) {
      let next = at + anchor.length;
      const isAlone = at === 0 || notAfter === undefined || !notAfter(text.charCodeAt(at - 1));
      if (isAlone && (after === undefined || after.test(text.slice(Math.max(0, at - 40), at)))) {
        shape.lastIndex = at;
        const match = shape.exec(text);
        const secret = match && (match.groups?.secret ?? match[0]);
        if (match && secret && (accepts === undefined || accepts(secret))) {
          const from = at + match[0].lastIndexOf(secret);
          found.push({ kind, from, to: from + secret.length, hint });
          next = Math.max(next, from + secret.length);
        } else if (match && isWhole) next = at + match[0].length;
      }
      at = anchored.indexOf(anchor, next);
    }
  }
}

// In JSON that stands in JSON, as logs have it, each quote stands behind backslashes.
const sign = /(?:\\{0,3}["'\]]){0,2}[ \t]{0,3}(?:=>|:=|={1,2}|:)[ \t]{0,3}/y;
const quoted = /"(?:[^"\n\\]|\\.){1,512}"|'(?:[^'\n\\]|\\.){1,512}'/y;
const escaped = /\\{1,3}(["'])(?<value>[^"'\n\\]{1,512})\\{1,3}\1/y;
const bare = /[^\s"'`,;&<>|]+/y;
const mostChars = 512;

/** Values of names that say that they are secret. */
function assignments(text: string, lower: string, found: Found[]): void {
  // Where the word that a value stands in ends: hostile text has many names in one word, which is read once.
  let wordEnd = 0;
  /** The value that begins there, and how many quotes stand around it. */
  function valueAt(at: number): string {
    const first = text.charCodeAt(at);
    if (first === 0x22 || first === 0x27) {
      quoted.lastIndex = at;
      return quoted.exec(text)?.[0].slice(1, -1) ?? "";
    }
    if (first === 0x5c) {
      escaped.lastIndex = at;
      const inQuotes = escaped.exec(text)?.groups?.value;
      if (inQuotes !== undefined) return inQuotes;
    }
    if (at >= wordEnd) {
      bare.lastIndex = at;
      wordEnd = at + (bare.exec(text)?.[0].length ?? 0);
    }
    let end = Math.min(wordEnd, at + mostChars);
    while (end > at && ".)]}\\".includes(text.charAt(end - 1))) end -= 1;
    return text.slice(at, end);
  }

  for (const { names, kind, hint, accepts } of secretNames) {
    for (const name of names) {
      wordEnd = 0;
      for (let at = lower.indexOf(name), next = 0; at !== -1; at = lower.indexOf(name, next)) {
        next = at + name.length;
        // Only where the key ends: "tokens: 3" and "token_type: bearer" say no secret.
        if (!followsKey(text.charCodeAt(next))) continue;
        sign.lastIndex = next;
        const between = sign.exec(text)?.[0].length ?? 0;
        if (between === 0) continue;
        const value = valueAt(next + between);
        if (value === "" || !accepts(value)) continue;
        const from = text.indexOf(value, next + between);
        found.push({ kind, from, to: from + value.length, hint });
        next = from + value.length;
      }
    }
  }
}

/** A quote, a backslash before one, a bracket, a space, a tab, `=` or `:`. */
const followers = new Set([..."\"'\\] \t=:"].map((follower) => follower.charCodeAt(0)));
const followsKey = (code: number) => followers.has(code);
