import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Answer } from "../faults";
import type { FrontRequest } from "../front";
import { json } from "../front";

/** A credential that this Jira has given out. */
export type Grant = {
  name: string;
  kind: "basic" | "bearer";
  /** The user name or e-mail of Basic. */
  user: string | null;
  secret: string;
  /** The account's `name`. */
  account: string;
  /** Null: everything that the account may. */
  scopes: readonly string[] | null;
  /** Scoped tokens and OAuth work through the gateway only, classic tokens at the site only. */
  through: "site" | "gateway";
  /** An OAuth 2.0 app: may register dynamic webhooks. */
  isApp: boolean;
  expired: boolean;
};

/** What a person types into our form. */
export type SandboxCredential = { authType: string; values: Record<string, string> };

export const drawSecret = (prefix: string) => prefix + randomBytes(24).toString("base64url");

const same = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export type Identified = { grant: Grant | null } | { refused: Answer };

const challenge = "CAPTCHA_CHALLENGE";

/** Who a request comes from, by its Authorization header. */
export class Doorkeeper {
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly grants: readonly Grant[],
    private readonly options: { isCloud: boolean; basicIsOff: boolean; baseUrl: () => string },
  ) {}

  identify({ headers }: FrontRequest, through: Grant["through"]): Identified {
    const header = headers.authorization;
    if (!header) return { grant: null };
    const [, scheme = "", value = ""] = /^(\S+) (\S+)$/.exec(header) ?? [];
    const isBasic = scheme.toLowerCase() === "basic";
    const [, user = "", secret = ""] = isBasic
      ? (/^([^:]*):(.*)$/s.exec(Buffer.from(value, "base64").toString()) ?? [])
      : ["", "", value];
    if (isBasic && this.options.basicIsOff) return { refused: this.basicIsOff() };
    if (isBasic && (this.failures.get(user) ?? 0) >= 3) return { refused: this.captcha() };

    const grant = this.grants.find(
      (one) =>
        one.kind === (isBasic ? "basic" : "bearer") &&
        one.through === through &&
        same(one.secret, secret) &&
        (one.user === null || one.user === user),
    );
    if (!grant || grant.expired) {
      if (isBasic && !this.options.isCloud) this.failures.set(user, (this.failures.get(user) ?? 0) + 1);
      return { refused: through === "gateway" ? gateway401("Unauthorized") : this.unauthorized(isBasic) };
    }
    this.failures.delete(user);
    return { grant };
  }

  reset(): void {
    this.failures.clear();
    for (const grant of this.grants) grant.expired = false;
  }

  /** Ends a token before its time. */
  expire(name: string): void {
    const grant = this.grants.find((one) => one.name === name);
    if (!grant) throw new Error(`There is no credential ${name}.`);
    grant.expired = true;
  }

  private unauthorized(isBasic: boolean): Answer {
    const headers = { "x-seraph-loginreason": "AUTHENTICATED_FAILED", "www-authenticate": 'OAuth realm="jira"' };
    if (this.options.isCloud) {
      const message = "Client must be authenticated to access this resource.";
      return json({ errorMessages: [message], errors: {} }, 401, headers);
    }
    // Data Center answers a wrong password with a page.
    if (isBasic) {
      const body =
        "<html><head><title>Unauthorized (401)</title></head><body><h1>Unauthorized (401)</h1></body></html>";
      return { status: 401, headers: { ...headers, "content-type": "text/html;charset=UTF-8" }, body };
    }
    return json({ message: "Client must be authenticated to access this resource.", "status-code": 401 }, 401, headers);
  }

  private captcha(): Answer {
    const login = `${this.options.baseUrl()}/login.jsp`;
    const headers = {
      "x-seraph-loginreason": "AUTHENTICATION_DENIED",
      "x-authentication-denied-reason": `${challenge}; login-url=${login}`,
      "content-type": "text/html;charset=UTF-8",
    };
    return { status: 403, headers, body: "<html><head><title>Forbidden (403)</title></head></html>" };
  }

  private basicIsOff(): Answer {
    const message = "Basic Authentication has been disabled on this instance.";
    return json({ message, "status-code": 403 }, 403, { "x-authentication-denied-reason": "BASIC_AUTH_DISABLED" });
  }
}

/** Atlassian's gateway speaks for itself, not in Jira's shape. */
export const gateway401 = (message: string): Answer => json({ code: 401, message }, 401);

const readingPosts = /\/(search\/jql|search\/approximate-count|issue\/bulkfetch|comment\/list|jql\/parse)$/;

/** The scope that an operation needs: a classic one, but for Jira Software's, which has none. */
export function scopeOf(method: string, path: string): string {
  if (path.startsWith("/rest/agile/")) {
    return path.endsWith("/sprint") ? "read:sprint:jira-software" : "read:board-scope:jira-software";
  }
  if (/\/webhook(\/|$)/.test(path)) return "manage:jira-webhook";
  if (/\/(myself|user)(\/|$)/.test(path)) return "read:jira-user";
  return method === "GET" || readingPosts.test(path) ? "read:jira-work" : "write:jira-work";
}
