import type { RateAnswer, RateRules } from "@/lib/trackers/tracker";
import { wireError } from "./wire";

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export const rate = {
  headers: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: "x-ratelimit-reset",
    bucket: "x-ratelimit-resource",
  },
  // Enterprise Server has /api/v3 or /api in front.
  bucketOf: (path) =>
    /^(\/api\/v3)?\/search\//.test(path) ? "search" : path.endsWith("/graphql") ? "graphql" : "core",
  isLimited,
  // "Otherwise, wait for at least one minute before retrying."
  waitMs: 60_000,
  // "Make requests serially", and "wait at least one second between each request" that writes:
  // https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
  serialWrites: { pauseMs: 1_000 },
} satisfies RateRules;

/**
 * Both of GitHub's limits come as 403 or 429. The secondary one may carry no header at all; what tells it from a missing
 * permission is then the page that the answer links, which is stable where its wording is not.
 */
function isLimited({ status, headers, text }: RateAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers.get(rate.headers.remaining) === "0" || headers.has("retry-after")) return true;
  return /rate-limit|abuse/.test(documentationOf(text) ?? "");
}

// GitHub's refusals are short; what is not may be a server's way to keep us busy.
const longestChars = 64 * 1024;

function documentationOf(text: () => string): string | undefined {
  try {
    const body = text();
    if (body.length > longestChars) return undefined;
    return wireError.safeParse(JSON.parse(body)).data?.documentation_url;
  } catch {
    return undefined;
  }
}
