import type { Answer } from "../faults";
import type { RateLimitInput } from "../front";
import type { Identity } from "./seed";

const docs = "https://docs.github.com/rest";
const json = { "content-type": "application/json; charset=utf-8" };

/** An error in GitHub's shape. */
export const failure = (status: number, message: string, more: object = {}, documentation = docs): Answer => ({
  status,
  headers: json,
  body: JSON.stringify({ message, ...more, documentation_url: documentation, status: String(status) }),
});

type Repo = { id: number; full_name: string; private: boolean; archived: boolean; has_issues: boolean };

export type Call = { method: string; path: string; body: unknown; identity: Identity; repo: Repo | null };

const isWrite = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);
const bodyLimit = 65_536;
const titleLimit = 256;

/** What GitHub refuses and the emulator lets pass; null when there is nothing to object to. */
export function objection({ method, path, body, identity, repo }: Call): Answer | null {
  if (!repo) return null;
  const hasScope = identity.scopes === null || identity.scopes.includes("repo");
  const maySeePublic = hasScope || (identity.scopes?.includes("public_repo") ?? false);
  if (repo.private && !hasScope) return failure(404, "Not Found", {}, `${docs}/repos/repos#get-a-repository`);
  if (!isWrite(method)) return disabledIssues(path, repo);
  if (!maySeePublic) return failure(404, "Not Found", {}, `${docs}/issues/issues#create-an-issue`);
  if (/\/hooks(\/|$)/.test(path) && !mayHook(identity)) return failure(404, "Not Found", {}, `${docs}/repos/webhooks`);
  if (repo.archived) return failure(403, "Repository was archived so is read-only.", {}, `${docs}/issues/issues`);
  return disabledIssues(path, repo) ?? tooLong(body);
}

/** The scope repo includes the repository's webhooks. */
const mayHook = ({ scopes }: Identity) =>
  scopes === null || scopes.includes("repo") || scopes.some((scope) => scope.endsWith(":repo_hook"));

const disabledIssues = (path: string, repo: Repo) =>
  !repo.has_issues && /\/issues(\/|\?|$)/.test(path)
    ? failure(410, "Issues has been disabled in this repository.", {}, `${docs}/issues/issues`)
    : null;

function tooLong(body: unknown): Answer | null {
  if (typeof body !== "object" || body === null) return null;
  const errors = [
    ["title", titleLimit],
    ["body", bodyLimit],
  ].flatMap(([field, limit]) => {
    const value = Object.entries(body).find(([name]) => name === field)?.[1];
    if (typeof value !== "string" || [...value].length <= Number(limit)) return [];
    return [
      { resource: "Issue", code: "custom", field, message: `${field} is too long (maximum is ${limit} characters)` },
    ];
  });
  return errors.length > 0
    ? failure(422, "Validation Failed", { errors }, `${docs}/issues/issues#create-an-issue`)
    : null;
}

/** Without push access GitHub drops these fields silently. */
export function withoutTriage(body: unknown, identity: Identity): unknown {
  if (identity.role !== "read" || typeof body !== "object" || body === null) return body;
  const dropped = ["labels", "assignees", "assignee", "milestone", "type"];
  return Object.fromEntries(Object.entries(body).filter(([name]) => !dropped.includes(name)));
}

/** A budget that really runs out, and the secondary limit on demand. */
export class RateLimit {
  private limit = 5_000;
  private remaining = 5_000;
  private resetAt = 0;
  private refusal: { status: number; secondary: boolean; retryAfter: string | undefined } | null = null;

  set({ remaining = 0, resetSeconds = 3_600, status = 403, secondary = false, retryAfter }: RateLimitInput): void {
    this.remaining = remaining;
    this.resetAt = Math.floor(Date.now() / 1000) + resetSeconds;
    this.refusal = { status, secondary, retryAfter };
  }

  clear(): void {
    this.remaining = this.limit;
    this.resetAt = 0;
    this.refusal = null;
  }

  /** Counts one call; answers it when the budget is spent. */
  spend(): Answer | null {
    const nowSeconds = Math.floor(Date.now() / 1000);
    if (nowSeconds >= this.resetAt) {
      this.clear();
      this.resetAt = nowSeconds + 3_600;
    }
    if (this.remaining > 0) {
      this.remaining -= 1;
      return null;
    }
    const { status, secondary, retryAfter } = this.refusal ?? { status: 403, secondary: false, retryAfter: undefined };
    const answer = secondary
      ? failure(
          status,
          "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
          {},
          `${docs}/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits`,
        )
      : failure(
          status,
          "API rate limit exceeded for user ID 2.",
          {},
          `${docs}/using-the-rest-api/rate-limits-for-the-rest-api`,
        );
    return retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, "retry-after": retryAfter } };
  }

  headers(): Record<string, string> {
    // The secondary limit leaves the announced budget untouched.
    const remaining = this.refusal?.secondary ? this.limit - 1 : this.remaining;
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(this.limit - remaining),
      "x-ratelimit-reset": String(this.resetAt),
      "x-ratelimit-resource": "core",
    };
  }
}
