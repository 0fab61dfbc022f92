import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Upstream } from "./emulator";
import type { Answer } from "./faults";
import { failure, objection, type RateLimit, withoutTriage } from "./rules";
import type { Identity } from "./seed";

export type ApiRequest = { method: string; url: URL; headers: Record<string, string>; body: unknown };
export type ApiContext = {
  upstream: Upstream;
  identities: ReadonlyMap<string, Identity>;
  rateLimit: RateLimit;
  /** Old "owner/name" in lower case → the repository's id. */
  moved: ReadonlyMap<string, number>;
  baseUrl: string;
};
export type ApiAnswer = Answer & { identity: Identity | null };

const repo = z.object({
  id: z.number(),
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean(),
  has_issues: z.boolean(),
});
const bearer = (header: string | undefined) => /^(?:token|bearer) (\S+)$/i.exec(header ?? "")?.[1];

/** One API call: GitHub's own rules first, then the emulator, then the answer made to look like GitHub's. */
export async function answerApi(context: ApiContext, request: ApiRequest): Promise<ApiAnswer> {
  const token = bearer(request.headers.authorization);
  const identity = token ? (context.identities.get(token) ?? null) : null;
  const decorate = (answer: Answer): ApiAnswer => ({
    ...answer,
    identity,
    headers: { ...answer.headers, ...commonHeaders(identity), ...context.rateLimit.headers() },
  });

  if (!token) return decorate(failure(401, "Requires authentication"));
  if (!identity) return decorate(failure(401, "Bad credentials"));
  const spent = context.rateLimit.spend();
  if (spent) return decorate(spent);
  return decorate(await work(context, request, token, identity));
}

async function work(context: ApiContext, request: ApiRequest, token: string, identity: Identity): Promise<Answer> {
  const { upstream, moved, baseUrl } = context;
  const { method, url } = request;
  const [, name, rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(url.pathname) ?? [];

  const movedId = name ? moved.get(name.toLowerCase()) : undefined;
  if (movedId !== undefined) {
    const location = `${baseUrl}/repositories/${movedId}${rest}${url.search}`;
    const answer = failure(301, "Moved Permanently", { url: location });
    return { ...answer, headers: { ...answer.headers, location } };
  }

  const [, id, below = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(url.pathname) ?? [];
  const known =
    name || id
      ? repo.safeParse((await upstream.asAdmin("GET", name ? `/repos/${name}` : `/repositories/${id}`)).data)
      : null;
  const target = known?.data ?? null;
  const body = withoutTriage(request.body, identity);
  const refused = objection({ method, path: url.pathname, body, identity, repo: target });
  if (refused) return refused;

  const path = id && target ? `/repos/${target.full_name}${below}` : url.pathname;

  const response = await fetch(upstream.url + path + url.search, {
    method,
    headers: { authorization: `token ${token}`, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = (await response.text()).replaceAll(upstream.url, baseUrl);
  if (response.status >= 400) return inGithubsShape(response.status, text);

  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  const link = response.headers.get("link");
  if (link) headers.link = link.replaceAll(upstream.url, baseUrl).replaceAll(path, url.pathname);
  return { status: response.status, headers, body: text && withPermissions(text, identity) };
}

/** The emulator's refusals in GitHub's words: what must not be seen does not exist, and validation names its fields. */
function inGithubsShape(status: number, text: string): Answer {
  if (status === 403 || status === 404) return failure(404, "Not Found");
  if (status === 422) {
    const errors = [{ resource: "Issue", code: "missing_field", field: "title" }];
    return failure(422, "Validation Failed", { errors });
  }
  const message = z.object({ message: z.string() }).safeParse(JSON.parse(text || "null")).data?.message;
  return failure(status, message ?? "Server Error");
}

function withPermissions(text: string, { role, scopes }: Identity): string {
  const permissions = {
    admin: role === "admin",
    maintain: role === "admin",
    push: role !== "read",
    triage: role !== "read",
    pull: true,
  };
  const mend = (value: unknown): unknown =>
    repo.safeParse(value).success ? Object.assign({}, value, { permissions }) : value;
  const data: unknown = JSON.parse(text);
  if (!Array.isArray(data)) return JSON.stringify(mend(data));
  const isVisible = (value: unknown) =>
    scopes === null || scopes.includes("repo") || !repo.safeParse(value).data?.private;
  return JSON.stringify(data.filter(isVisible).map(mend));
}

function commonHeaders(identity: Identity | null): Record<string, string> {
  return {
    "x-github-request-id": randomUUID().slice(0, 18).toUpperCase().replaceAll("-", ":"),
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": "2022-11-28",
    ...(identity?.scopes && {
      "x-oauth-scopes": identity.scopes.join(", "),
      "x-accepted-oauth-scopes": "repo",
    }),
  };
}
