import type { Became } from "@/lib/results/compare-shapes";

/** What became of cases from one run to the other, in the order in which it matters. */
export const becameWords: Record<Became, { title: string; none: string }> = {
  new: { title: "New failures", none: "Nothing fails that did not fail before." },
  still: { title: "Still failing", none: "Nothing fails in both runs." },
  flaky: { title: "Flaky", none: "Nothing passed on a rerun only." },
  fixed: { title: "Fixed", none: "Nothing passes that failed before." },
  gone: { title: "Not run any more", none: "Everything that failed before has run again." },
};

export const becameOrder = Object.keys(becameWords) as Became[]; // Object.keys forgets the key type
