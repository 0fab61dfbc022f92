import type { RateRules } from "@/lib/trackers/tracker";

/**
 * Cloud names the end of its window as an ISO date: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 * Data Center tells how fast its bucket fills instead, and in any refusal how long to wait:
 * https://developer.atlassian.com/server/jira/platform/rate-limiting/
 */
export const rate = {
  headers: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: "x-ratelimit-reset",
    bucket: null,
  },
  bucketOf: () => "core",
  isLimited: ({ status }) => status === 429,
  waitMs: 30_000,
  serialWrites: null,
} satisfies RateRules;
