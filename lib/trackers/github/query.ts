// GitHub counts what is typed without its qualifiers; longer queries are refused.
const mostChars = 256;
// More than five AND, OR or NOT are refused; words in quotes are none.
const mostWords = 20;

/**
 * A query for `GET /search/issues` in which what was typed is nothing but words: each stands in quotes, where an
 * operator or a qualifier is text. Null: there is nothing to look for.
 */
export function searchQueryOf(repositories: readonly string[], typed: string): string | null {
  const words = typed
    .replace(/\p{Cc}/gu, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
    .map((word) => `"${word.replace(/[\\"]/g, "\\$&")}"`);
  const kept: string[] = [];
  for (const word of words) {
    if (kept.join(" ").length + word.length < mostChars) kept.push(word);
  }
  if (kept.length === 0 || repositories.length === 0) return null;
  return [...kept, "is:issue", ...repositories.map((key) => `repo:${key}`)].join(" ");
}
