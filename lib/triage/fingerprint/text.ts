import { withoutCodes } from "@/lib/richtext/terminal";

/** What of a text is read. A cause stands early, and an import must not be slowed by the one stack of 2 MB. */
export const textLimit = 65_536;
/** What of a line is read: some reports put a whole document on one. */
export const lineLimit = 1_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const unseen = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, and line ends that are not ours.
const foreign = /[\r\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\u241b]/;

/** A text as it is read: bounded, one kind of line end, without what a terminal or a bidirectional text adds. */
export function plain(text: string | null): string {
  if (!text) return "";
  const bounded = text.length > textLimit ? text.slice(0, textLimit) : text;
  if (isPlain(bounded)) return bounded;
  return withoutCodes(bounded.replace(/\r\n?|[\u2028\u2029]/g, "\n")).replace(unseen, "");
}

/** Whether a text is read as it stands. */
export const isPlain = (text: string): boolean => !foreign.test(text) && !text.includes("#x1");

/** The lines of a text, the first `limit` of them, each bounded. */
export function linesOf(text: string, limit: number): string[] {
  const lines: string[] = [];
  for (let start = 0; start <= text.length && lines.length < limit; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    lines.push(text.slice(start, Math.min(end, start + lineLimit)));
    start = end + 1;
  }
  return lines;
}
