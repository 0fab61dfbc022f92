import { momentOf } from "@/lib/http/retry-after";
import type { RateLimit } from "./shapes";
import type { RateRules } from "./tracker";

/** The budget that an answer tells; null where it does not tell all of it. */
export function rateLimitOf(headers: Headers, names: RateRules["headers"]): RateLimit | null {
  const limit = countOf(headers.get(names.limit));
  const remaining = countOf(headers.get(names.remaining));
  const resetMs = momentOf(headers.get(names.reset));
  return Number.isFinite(limit + remaining + resetMs) ? { limit, remaining, resetAt: new Date(resetMs) } : null;
}

// An empty text would be the number 0.
const countOf = (text: string | null): number => (/^\d{1,15}$/.test(text?.trim() ?? "") ? Number(text) : Number.NaN);
