/** JSON as PostgreSQL's jsonb accepts it: it has neither U+0000 nor halves of a pair, and failure texts have both. */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  // Whole escapes are matched, so that an escaped backslash before "u0000" stays what it is.
  return text.replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (match) => (match.length > 2 ? "\\ufffd" : match));
}
