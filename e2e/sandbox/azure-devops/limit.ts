import type { Answer } from "../faults";
import type { RateLimitInput } from "../front";
import { Failure, failed } from "./failure";

/** The budget of a user; as long as nobody sets it, answers do not speak of it, as with the real one. */
export class RateLimit {
  private set_: RateLimitInput | null = null;
  private resetAt = 0;

  set(input: RateLimitInput): void {
    this.set_ = { ...input };
    this.resetAt = Date.now() + (input.resetSeconds ?? 300) * 1_000;
  }

  clear(): void {
    this.set_ = null;
  }

  headers(): Record<string, string> {
    if (!this.set_ || Date.now() >= this.resetAt) return {};
    const { remaining, retryAfter } = this.set_;
    return {
      "x-ratelimit-resource": "core",
      "x-ratelimit-limit": "200",
      "x-ratelimit-remaining": String(Math.max(0, remaining ?? 200)),
      "x-ratelimit-reset": String(Math.ceil(this.resetAt / 1_000)),
      ...(retryAfter !== undefined && { "retry-after": retryAfter, "x-ratelimit-delay": "0.5" }),
    };
  }

  /** One call; the refusal where nothing is left. */
  spend(): Answer | null {
    if (!this.set_ || Date.now() >= this.resetAt) return null;
    const { remaining, status, secondary } = this.set_;
    if (remaining !== undefined && remaining > 0 && !secondary) {
      this.set_ = { ...this.set_, remaining: remaining - 1 };
      return null;
    }
    // A budget that is not spent only asks for pauses.
    if (remaining === undefined && !secondary) return null;
    const said =
      "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'core' in namespace 'User'.";
    return failed(new Failure(status ?? 429, said, "RequestBlockedException"));
  }
}
