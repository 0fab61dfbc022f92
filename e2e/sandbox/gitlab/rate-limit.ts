import type { Answer } from "../faults";
import { json, type RateLimitInput } from "../front";

const limit = 2_000;
const windowSeconds = 60;

/** A budget that really runs out. Refusals are plain text, or JSON where a single endpoint has had enough. */
export class RateLimit {
  private remaining = limit;
  private resetAt = 0;
  private refusal: { isOfEndpoint: boolean; retryAfter: string | undefined; status: number } | null = null;

  set({
    remaining = 0,
    resetSeconds = windowSeconds,
    status = 429,
    secondary = false,
    retryAfter,
  }: RateLimitInput): void {
    this.remaining = remaining;
    this.resetAt = Math.floor(Date.now() / 1000) + resetSeconds;
    this.refusal = { isOfEndpoint: secondary, retryAfter, status };
  }

  clear(): void {
    this.remaining = limit;
    this.resetAt = 0;
    this.refusal = null;
  }

  /** Counts one call; answers it when the budget is spent. */
  spend(): Answer | null {
    const now = Math.floor(Date.now() / 1000);
    if (now >= this.resetAt) {
      this.clear();
      this.resetAt = now + windowSeconds;
    }
    if (this.remaining > 0) {
      this.remaining -= 1;
      return null;
    }
    const { isOfEndpoint = false, retryAfter, status = 429 } = this.refusal ?? {};
    if (isOfEndpoint) {
      const error = "This endpoint has been requested too many times. Try again later.";
      return json({ message: { error } }, status, retryAfter === undefined ? {} : { "retry-after": retryAfter });
    }
    const wait = retryAfter ?? String(this.resetAt - now);
    return { status, headers: { "content-type": "text/plain", "retry-after": wait }, body: "Retry later\n" };
  }

  headers(): Record<string, string> {
    return {
      "ratelimit-limit": String(limit),
      "ratelimit-name": "throttle_authenticated_api",
      "ratelimit-observed": String(limit - this.remaining),
      "ratelimit-remaining": String(this.remaining),
      "ratelimit-reset": String(this.resetAt),
    };
  }
}
