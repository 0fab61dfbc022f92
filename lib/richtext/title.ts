/**
 * Text as a title: one line without control or direction characters, cut to the limit at a whole character.
 * Trackers read neither mentions nor closing keywords in titles, so nothing else has to change.
 */
export function plainTitle(text: string, limit = 255): string {
  const line = text
    // Only so much as could matter: an error message may be megabytes long.
    .slice(0, limit * 8)
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (line.length <= limit) return line;
  let cut = "";
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(line)) {
    if (cut.length + segment.length > limit - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
