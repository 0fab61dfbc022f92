import { Octokit } from "@octokit/rest";
import type { z } from "zod";
import { followReads } from "@/lib/http/follow";
import { readAnswer } from "@/lib/trackers/read-answer";
import type { Site } from "@/lib/trackers/tracker";
import type { Document } from "./documents";
import { refusalOf, refusalOfGraphql, toHeaders, toOutboundError } from "./errors";
import { wireGraphql } from "./wire";

const quiet = () => undefined;

/**
 * octokit over our transport. It repeats nothing and follows nothing: reads are followed by hand, where each hop is
 * vetted and another host gets no token; a moved write comes back as the refusal that it is.
 */
export function githubClient({ baseUrl, credential, fetch }: Site) {
  const { token = "" } = credential.values;
  const octokit = new Octokit({
    auth: token,
    baseUrl,
    userAgent: "Faultline",
    // Its warnings would print addresses and go around our own log.
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });

  // Changed in place: of several hooks around a request only the innermost is given what another one passes on.
  octokit.hook.before("request", (options) => {
    const isGraphql = options.url.endsWith("/graphql");
    const template = isGraphql ? "/graphql" : options.url;
    const isRead = isGraphql && options.isRead === true;
    delete options.isRead;
    options.headers["x-github-api-version"] = "2022-11-28";
    options.request = {
      ...options.request,
      retries: 0,
      fetch: (url: string, init: RequestInit) =>
        followReads(fetch, url, { ...init, redirect: "manual", template, isRead }),
    };
  });
  // Here the token is known: a server that repeats it in its answer must not get it into our messages.
  octokit.hook.error("request", (error) => {
    throw toOutboundError(error, [token]);
  });
  octokit.hook.after("request", ({ status, headers, data }, { method }) => {
    if (status >= 300) throw refusalOf({ status, headers: toHeaders(headers), data }, method, [token]);
  });
  return octokit;
}

export type GithubClient = ReturnType<typeof githubClient>;

/** Beside the API: an Enterprise Server has /api/v3 and /api/graphql. */
const graphqlUrl = (baseUrl: string) => `${baseUrl.replace(/\/v3$/, "")}/graphql`;

/** One GraphQL operation. Whatever went wrong came with status 200, and becomes the error that it is. */
export async function ask<T extends z.ZodType>(
  octokit: GithubClient,
  { baseUrl }: Pick<Site, "baseUrl">,
  schema: T,
  { text, isRead }: Document,
  variables: Record<string, unknown>,
): Promise<z.output<T>> {
  const call = octokit.request({ method: "POST", url: graphqlUrl(baseUrl), isRead, query: text, variables });
  const { data: answer, headers } = await read(wireGraphql, call);
  if (answer.errors?.length) throw refusalOfGraphql(answer.errors, headers, isRead);
  return readAnswer("GitHub", schema, { status: 200, headers, data: answer.data });
}

type Answer = { status: number; headers: Record<string, string | number | undefined>; data: unknown };

/** Awaits a call and reads its answer; every way to fail becomes an OutboundError. */
export async function read<T extends z.ZodType>(
  schema: T,
  call: Promise<Answer>,
): Promise<{ data: z.output<T>; headers: Headers }> {
  const answer = await call.catch((error: unknown) => {
    throw toOutboundError(error);
  });
  const headers = toHeaders(answer.headers);
  return { data: readAnswer("GitHub", schema, { ...answer, headers }), headers };
}
