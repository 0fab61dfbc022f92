import type { RateAnswer, RateRules } from "@/lib/trackers/tracker";

/**
 * 200 units of load in five minutes and for each user: https://learn.microsoft.com/azure/devops/integrate/concepts/rate-limits
 * A successful answer may already ask to wait. Calls are delayed before they are refused, by up to 30 s.
 */
export const rate = {
  headers: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: "x-ratelimit-reset",
    bucket: "x-ratelimit-resource",
  },
  bucketOf: () => "core",
  isLimited,
  waitMs: 60_000,
  serialWrites: null,
} satisfies RateRules;

/** TF400733, "Request was blocked due to exceeding usage of resource", comes as 429 and from a busy Server as 503. */
function isLimited({ status, text }: RateAnswer): boolean {
  if (status === 429) return true;
  return status === 503 && /\bTF400733\b/.test(text().slice(0, 4_096));
}
