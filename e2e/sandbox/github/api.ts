import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Answer } from "../faults";
import type { Upstream } from "./emulator";
import { mend, repoShape } from "./mend";
import { failure, objection, type RateLimit, withoutTriage } from "./rules";
import { type Identity, org } from "./seed";

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
  return decorate(await work(context, request, identity));
}

async function work(context: ApiContext, request: ApiRequest, identity: Identity): Promise<Answer> {
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
      ? repoShape.safeParse((await upstream.asAdmin("GET", name ? `/repos/${name}` : `/repositories/${id}`)).data)
      : null;
  const target = known?.data ?? null;
  const body = withoutTriage(request.body, identity);
  const refused = objection({ method, path: url.pathname, body, identity, repo: target });
  if (refused) return refused;

  if (url.pathname === "/user/repos") return listRepos(context, url, identity);
  const path = id && target ? `/repos/${target.full_name}${below}` : url.pathname;

  const answer = await upstream.as(identity.login, method, path + url.search, body);
  const text = JSON.stringify(answer.data ?? null).replaceAll(upstream.url, baseUrl);
  if (answer.status >= 400) return inGithubsShape(answer.status, text);
  const link = answer.link?.replaceAll(upstream.url, baseUrl).replaceAll(path, url.pathname);
  return ok(answer.status, mendAll(JSON.parse(text), identity), link);
}

const ok = (status: number, data: unknown, link: string | undefined): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...(link && { link }) },
  body: status === 204 ? "" : JSON.stringify(data),
});

const mendAll = (data: unknown, identity: Identity) =>
  Array.isArray(data) ? data.map((one) => mend(one, identity)) : mend(data, identity);

/** The emulator lists a person's own repositories only; its search finds those of the organisation too. */
async function listRepos({ upstream, baseUrl }: ApiContext, url: URL, identity: Identity): Promise<Answer> {
  const { page = "1", per_page = "30" } = Object.fromEntries(url.searchParams);
  const seesPrivate = identity.scopes === null || identity.scopes.includes("repo");
  const query = `q=org:${org}${seesPrivate ? "" : "+is:public"}&sort=updated&page=${page}&per_page=${per_page}`;
  const { data } = await upstream.as(identity.login, "GET", `/search/repositories?${query}`);
  const { items, total_count } = z.object({ items: z.array(z.unknown()), total_count: z.number() }).parse(data);

  const next = new URL(url);
  next.searchParams.set("page", String(Number(page) + 1));
  const hasNext = Number(page) * Number(per_page) < total_count;
  const repos: unknown = JSON.parse(JSON.stringify(items).replaceAll(upstream.url, baseUrl));
  return ok(200, mendAll(repos, identity), hasNext ? `<${next.href}>; rel="next"` : undefined);
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
