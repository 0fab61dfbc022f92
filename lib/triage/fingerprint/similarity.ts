import { featuresOf } from "./sketch";
import type { Parts } from "./types";

/** How much of what either of them says both say. */
export function similarityOf(a: Parts, b: Parts): number {
  if (a.refined?.value !== b.refined?.value || a.refined?.label !== b.refined?.label) return 0;
  const first = new Set(featuresOf(a));
  const second = featuresOf(b);
  const shared = second.filter((feature) => first.has(feature)).length;
  return shared / (first.size + second.length - shared);
}
