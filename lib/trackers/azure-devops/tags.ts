// Tags are one text: "bug; flaky". They differ in more than case.

/** The tags of a work item. */
export const tagsOf = (text: string | null | undefined): string[] =>
  (text ?? "").split(";").flatMap((tag) => tag.trim() || []);

/** The same as a text; a separator inside of a tag would make two of it. */
export const toTags = (tags: readonly string[]): string => tags.map(clean).filter(Boolean).join("; ");

const clean = (tag: string) => tag.replace(/[;,]+/g, " ").replace(/\s+/g, " ").trim().slice(0, longestTagChars);
const longestTagChars = 400;

const same = (a: string) => {
  const wanted = clean(a).toLowerCase();
  return (b: string) => b.toLowerCase() === wanted;
};

/** What was there, without some and with others; what is there already stays as it is written. */
export function mergeTags(there: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const kept = there.filter((tag) => !remove.some((gone) => same(gone)(tag)));
  for (const tag of add) if (clean(tag) && !kept.some(same(tag))) kept.push(clean(tag));
  return kept;
}

/** The tag that a creating call sets, and that is taken away once the work item is safely known. */
export const markerTag = (marker: string): string => `faultline-${marker}`;

export const hasTag = (tags: readonly string[], wanted: string): boolean => tags.some(same(wanted));

// Ids begin with a digit for the next thousands of years; a team's own "faultline-beta" is a label.
const markers = /^faultline-\d[\da-z]*(?:-[\da-z]+)+$/i;

/** The tags that people set. */
export const labelsOf = (text: string | null | undefined): string[] => withoutMarkers(tagsOf(text));

export const withoutMarkers = (tags: readonly string[]): string[] => tags.filter((tag) => !markers.test(tag));
