import type { Found } from "./found";

/** Longer than any key that is in use. */
const mostChars = 16_384;
const begin = "-----BEGIN ";
const head = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** What stands where the end is missing, as in a text that was cut: headers, and lines of nothing but base64. */
const rest =
  /(?:\s{0,4}[A-Z][A-Za-z-]{2,20}: [^\n]{0,80}){0,4}(?:(?:[\s>|"'+]|\\[rn]){0,12}[A-Za-z0-9+/]{20,80}){0,400}(?:(?:\s|\\[rn]){0,4}[A-Za-z0-9+/]{1,80}={1,2})?/y;

/** Whole blocks, from the first line to the last, which stands before another begins. */
export function privateKeys(text: string): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf(begin); at !== -1; ) {
    let to = at + begin.length;
    const next = text.indexOf(begin, to);
    head.lastIndex = at;
    const first = head.exec(text);
    if (first) {
      const body = at + first[0].length;
      const tail = first[0].replace("BEGIN", "END");
      const end = text.slice(body, Math.min(next === -1 ? text.length : next, body + mostChars)).indexOf(tail);
      rest.lastIndex = body;
      to = body + (end === -1 ? (rest.exec(text)?.[0].length ?? 0) : end + tail.length);
      found.push({ kind: "private-key", from: at, to, hint: "private key" });
    }
    at = text.indexOf(begin, to);
  }
  return found;
}
