import type { Found } from "./search";
import type { Excerpt } from "./shapes";

const around = { before: 80, match: 200, after: 160 };

/** The place with what is around it, in one line. Where it is not known, the beginning of the text. */
export function excerptOf({ text, at }: Pick<Found, "text" | "at">): Excerpt {
  if (!at) return { before: "", match: "", after: oneLine(text.slice(0, around.match + around.after)) };
  const { from, to } = at;
  const begin = Math.max(0, from - around.before);
  const matchEnd = Math.min(to, from + around.match);
  const end = Math.min(text.length, to + around.after);
  return {
    before: (begin > 0 ? "…" : "") + oneLine(text.slice(begin, from)),
    match: oneLine(text.slice(from, matchEnd)) + (matchEnd < to ? "…" : ""),
    after: oneLine(text.slice(to, end)) + (end < text.length ? "…" : ""),
  };
}

/** A cut may go through a character of two halves: a lonely half is left out. */
const oneLine = (text: string): string => text.replace(/\p{Cs}/gu, "").replace(/\s+/g, " ");
