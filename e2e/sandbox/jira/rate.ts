import type { Answer } from "../faults";
import { json, type RateLimitInput } from "../front";

/** A budget that really runs out, told in the words of Cloud or of Data Center. */
export class RateLimit {
  private readonly limit: number;
  private remaining: number;
  private resetAtMs = 0;
  private refusal: RateLimitInput | null = null;

  constructor(private readonly isCloud: boolean) {
    this.limit = isCloud ? 350 : 1_000;
    this.remaining = this.limit;
  }

  set(input: RateLimitInput): void {
    this.remaining = input.remaining ?? 0;
    this.resetAtMs = Date.now() + (input.resetSeconds ?? 3_600) * 1_000;
    this.refusal = input;
  }

  clear(): void {
    this.remaining = this.limit;
    this.resetAtMs = 0;
    this.refusal = null;
  }

  /** Counts one call; answers it when the budget is spent. */
  spend(): Answer | null {
    if (this.refusal && Date.now() >= this.resetAtMs) this.clear();
    // Without a dial the budget never ends: tests of other things are not to meet it by chance.
    if (!this.refusal) return null;
    if (this.remaining > 0) {
      this.remaining -= 1;
      return null;
    }
    const { status = 429, retryAfter = this.secondsLeft() } = this.refusal;
    // "" leaves the header out.
    const headers = { ...this.headers(), ...(retryAfter !== "" && { "retry-after": retryAfter }), ...this.reason() };
    const body = this.isCloud
      ? { errorMessages: ["Rate limit exceeded."], errors: {} }
      : { message: "Rate limit exceeded.", "status-code": status };
    return json(body, status, headers);
  }

  headers(): Record<string, string> {
    const common = { "x-ratelimit-limit": String(this.limit), "x-ratelimit-remaining": String(this.remaining) };
    if (!this.isCloud) {
      return { ...common, "x-ratelimit-fillrate": String(this.limit), "x-ratelimit-interval-seconds": "60" };
    }
    return {
      ...common,
      "x-ratelimit-nearlimit": String(this.remaining < this.limit / 5),
      // Cloud's reset is a date, not a number: 2026-11-20T19:00Z
      ...(this.refusal && { "x-ratelimit-reset": new Date(this.resetAtMs).toISOString() }),
    };
  }

  private secondsLeft = () => String(Math.max(1, Math.ceil((this.resetAtMs - Date.now()) / 1_000)));

  private reason(): Record<string, string> {
    if (!this.isCloud) return {};
    return { "ratelimit-reason": this.refusal?.secondary ? "jira-per-issue-on-write" : "jira-burst-based" };
  }
}
