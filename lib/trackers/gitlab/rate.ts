import type { RateAnswer, RateRules } from "@/lib/trackers/tracker";

/** https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers */
export const rate = {
  headers: {
    limit: "ratelimit-limit",
    remaining: "ratelimit-remaining",
    reset: "ratelimit-reset",
    bucket: "ratelimit-name",
  },
  // What GitLab itself calls the budget of a signed-in caller; an answer may name another one.
  bucketOf: () => "throttle_authenticated_api",
  // In plain text or as JSON, and the limits of single endpoints come without any of the headers.
  isLimited: ({ status }: Pick<RateAnswer, "status">) => status === 429,
  waitMs: 60_000,
  serialWrites: null,
} satisfies RateRules;
