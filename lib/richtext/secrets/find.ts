import { type Found, type OwnMatcher, withoutOverlaps } from "./found";
import { type Pattern, patterns, secretNames } from "./patterns";
import { privateKeys } from "./private-key";

/** Everything in a text that looks like a secret, in order and without overlaps. One pass for each pattern, all linear. */
export function findSecrets(text: string, own: readonly OwnMatcher[] = []): Found[] {
  const lower = lowerCase(text);
  const found: Found[] = privateKeys(text);
  for (const pattern of patterns) search(text, pattern.ignoresCase ? lower : text, pattern, found);
  assignments(text, lower, found);
  for (const { id, name, find } of own) {
    for (const { from, to } of find(text)) found.push({ kind: id, from, to, hint: name });
  }
  return withoutOverlaps(found);
}

/** In lower case with every character in its place: there are letters that become two. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function search(text: string, anchored: string, pattern: Pattern, found: Found[]): void {
  const { anchors, shape, notAfter, after, accepts, kind, hint } = pattern;
  for (const anchor of anchors) {
    let at = anchored.indexOf(anchor);
    while (at !== -1) {
      let next = at + anchor.length;
      const isAlone = at === 0 || notAfter === undefined || !notAfter.test(text.charAt(at - 1));
      if (isAlone && (after === undefined || after.test(text.slice(Math.max(0, at - 40), at)))) {
        shape.lastIndex = at;
        const match = shape.exec(text);
        const secret = match && (match.groups?.secret ?? match[0]);
        if (match && secret && (accepts === undefined || accepts(secret))) {
          const from = at + match[0].lastIndexOf(secret);
          found.push({ kind, from, to: from + secret.length, hint });
          next = Math.max(next, from + secret.length);
        }
      }
      at = anchored.indexOf(anchor, next);
    }
  }
}

const assigned =
  /["'\]]{0,2}[ \t]{0,3}(?:=>|:=|={1,2}|:)[ \t]{0,3}(?:"(?<double>[^"\n\\]{1,512})"|'(?<single>[^'\n\\]{1,512})'|(?<bare>[^\s"'`,;&<>|]{1,512}))/y;

/** Values of names that say that they are secret. */
function assignments(text: string, lower: string, found: Found[]): void {
  for (const { names, kind, hint, accepts } of secretNames) {
    for (const name of names) {
      for (let at = lower.indexOf(name); at !== -1; at = lower.indexOf(name, at + name.length)) {
        // Only where the key ends: "tokens: 3" and "token_type: bearer" say no secret.
        const end = at + name.length;
        if (isSign[text.charCodeAt(end)] !== 1) continue;
        assigned.lastIndex = end;
        const match = assigned.exec(text);
        const { double, single, bare } = match?.groups ?? {};
        const value = double ?? single ?? bare?.replace(/[.)\]}]+$/, "");
        if (!match || !value || !accepts(value)) continue;
        const from = end + match[0].lastIndexOf(value);
        found.push({ kind, from, to: from + value.length, hint });
      }
    }
  }
}

/** What may follow a key directly. */
const isSign = new Uint8Array(65_536);
for (const sign of "\"'] \t=:") isSign[sign.charCodeAt(0)] = 1;
