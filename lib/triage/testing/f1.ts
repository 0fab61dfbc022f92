export type Pairwise = { precision: number; recall: number; f1: number; truePairs: number; madePairs: number };

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/**
 * How well groups agree with labels, judged by pairs: a pair is right when both its labels and its groups are equal.
 * Counted from the sizes of labels, of groups and of their overlaps, so the pairs themselves are never listed.
 */
export function pairwise(labels: readonly string[], groups: readonly string[]): Pairwise {
  if (labels.length !== groups.length) throw new RangeError("pairwise needs one group for each label");
  const byLabel = new Map<string, number>();
  const byGroup = new Map<string, number>();
  const overlaps = new Map<string, Map<string, number>>();
  for (const [index, label] of labels.entries()) {
    const group = groups[index] ?? "";
    increment(byLabel, label);
    increment(byGroup, group);
    const within = overlaps.get(label) ?? new Map<string, number>();
    overlaps.set(label, within);
    increment(within, group);
  }
  const truePairs = sumOfPairs(byLabel);
  const madePairs = sumOfPairs(byGroup);
  let right = 0;
  for (const within of overlaps.values()) right += sumOfPairs(within);
  // Nothing made is nothing wrong, and nothing to find is nothing missed.
  const precision = madePairs === 0 ? 1 : right / madePairs;
  const recall = truePairs === 0 ? 1 : right / truePairs;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, truePairs, madePairs };
}

const increment = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

function sumOfPairs(counts: Map<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += pairsOf(count);
  return sum;
}
