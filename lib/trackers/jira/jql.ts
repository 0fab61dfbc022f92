/** A value in JQL, whatever is in it. */
export const quote = (text: string): string =>
  `"${text.replace(/[\r\n\t]+/g, " ").replace(/["\\]/g, (sign) => `\\${sign}`)}"`;

const longestChars = 300;

/**
 * Words as Jira's text search takes them, with nothing in them that it would take for its own syntax: signs separate words
 * in its index anyway, and its operators are capitals.
 */
export const wordsOf = (text: string): string[] =>
  text
    .slice(0, longestChars)
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}_]+/u)
    .filter((word) => word !== "");

/** Issues of these projects; ids, since keys may change. Without a project there is nothing to be found. */
export const inProjects = (ids: readonly string[]): string =>
  `project in (${ids.map((id) => (/^\d+$/.test(id) ? id : quote(id))).join(", ")})`;

/** Issues whose title or text has all of the words, the last of which may be unfinished in a title. */
export function withText(query: string): string | null {
  const words = wordsOf(query);
  if (words.length === 0) return null;
  const text = words.join(" ");
  return `(text ~ ${quote(text)} OR summary ~ ${quote(`${text}*`)})`;
}

/**
 * A moment as so many minutes ago. A date in JQL is read in the time zone of the account, which is not for us to know, and
 * by a clock that need not be ours; an age is neither.
 */
export const minutesAgo = (ageMs: number, marginMs: number): number =>
  Math.ceil((Math.max(0, ageMs) + marginMs) / 60_000);
