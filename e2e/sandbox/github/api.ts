import { randomUUID } from "node:crypto";
import type { Answer } from "../faults";
import type { Upstream } from "./emulator";
import { answerGraphql } from "./graphql/answer";
import type { GraphqlCheck } from "./graphql/check";
import type { Caller } from "./routes/route";
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
  /** The check of GraphQL documents against the official schema. */
  graphql: GraphqlCheck | null;
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

  if (url.pathname === "/graphql") return answerGraphql(context, request.body, identity);
  const [, id, below = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(url.pathname) ?? [];
  const found = upstream
    .state()
    .repos.find((repo) => (id ? repo.id === Number(id) : `${org}/${repo.name}`.toLowerCase() === name?.toLowerCase()));
  const target = found ? { ...found, full_name: `${org}/${found.name}` } : null;
  const body = withoutTriage(request.body, identity);
  const refused = objection({ method, path: url.pathname, body, identity, repo: target });
  if (refused) return refused;

  const path = id && target && below ? `/repos/${target.full_name}${below}` : url.pathname;
  const { status, data, link } = await upstream.as(callerOf(identity), method, path + url.search, body);
  if (status === 404 && !data) return failure(404, "Not Found");
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(link && { link: link.replaceAll(path, url.pathname) }),
    },
    body: status === 204 ? "" : JSON.stringify(data),
  };
}

const callerOf = ({ login, role, scopes }: Identity): Caller => ({
  login,
  canPush: role !== "read",
  seesPrivate: scopes === null || scopes.includes("repo"),
});

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
