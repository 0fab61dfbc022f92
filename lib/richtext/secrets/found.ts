/** A secret in a text: where it stands and what it looks like. The secret itself is nowhere in it. */
export type Found = {
  /** The kind of the pattern that found it; of a project's own pattern its id. */
  kind: string;
  from: number;
  to: number;
  /** What people call it, such as "GitHub token". */
  hint: string;
};

/** A pattern of a project, ready to search with. */
export type OwnMatcher = { id: string; name: string; find: (text: string) => { from: number; to: number }[] };

/** In order, and of those that overlap the one that begins first, or is longer. */
export function withoutOverlaps(found: Found[]): Found[] {
  const sorted = found.sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Found[] = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last === undefined || one.from >= last.to) kept.push(one);
    // What reaches beyond the one before is a secret as well, as far as it does.
    else if (one.to > last.to) last.to = one.to;
  }
  return kept;
}
