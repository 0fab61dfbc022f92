import type { Version3Client, Version3Models } from "jira.js/version3";
import type { z } from "zod";
import { followReads } from "@/lib/http/follow";
import { OutboundError } from "@/lib/http/outcome";
import type { Fetch } from "@/lib/http/transport";
import { type Answer, dataOf, doneOnly, readAnswer } from "@/lib/trackers/read-answer";
import { refusalOf } from "./errors";

/** jira.js for either version of the REST API: below their version's path, the methods are the same. */
export type JiraClient = Version3Client;
export type Document = Version3Models.Document;

/** What a call came back with. */
type Outcome = Answer | { failure: OutboundError };

/** What of an axios request our transport needs; jira.js hands nothing else over. */
type AxiosRequest = {
  baseURL?: string;
  url?: string;
  method?: string;
  params?: Record<string, unknown>;
  headers: { toJSON(): Record<string, unknown> };
  data?: unknown;
};

/**
 * The settings that put jira.js on our transport. Its axios follows nothing, repeats nothing and never fails: what jira.js
 * makes of an error loses the headers and holds the credential, so that the outcome travels as the answer's data.
 */
export const overTransport = (fetch: Fetch, authorization: string, secrets: readonly string[]) => ({
  headers: { "User-Agent": "Faultline", Accept: "application/json", Authorization: authorization },
  transformResponse: [(data: unknown) => data],
  adapter: async (request: AxiosRequest) => ({
    data: await send(fetch, request, secrets).catch(
      (error: unknown): Outcome => ({
        failure: error instanceof OutboundError ? error : failedCall(),
      }),
    ),
    status: 200,
    statusText: "",
    headers: {},
    config: request,
  }),
});

async function send(fetch: Fetch, request: AxiosRequest, secrets: readonly string[]): Promise<Outcome> {
  const url = new URL(`${request.baseURL?.replace(/\/+$/, "") ?? ""}${request.url ?? ""}`);
  for (const [name, value] of Object.entries(request.params ?? {})) {
    if (value === undefined || value === null) continue;
    url.searchParams.append(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const method = (request.method ?? "get").toUpperCase();
  const { data } = request;
  const body = data instanceof FormData || typeof data === "string" ? data : null;
  const response = await followReads(fetch, url, {
    method,
    headers: headersOf(request, body),
    redirect: "manual",
    template: templateOf(url.pathname),
    ...(body !== null && { body }),
  });

  const answer = { status: response.status, headers: response.headers, data: dataOf(await response.text()) };
  return response.status < 300 ? answer : { failure: refusalOf(answer, secrets) };
}

function headersOf({ headers }: AxiosRequest, body: FormData | string | null): Headers {
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers.toJSON())) {
    if (value !== null && value !== undefined && value !== false) sent.set(name, String(value));
  }
  // A form's own header names the boundary between its parts.
  if (typeof body !== "string") sent.delete("content-type");
  return sent;
}

// Nouns that an id follows; what stands there instead names an operation.
const nouns = "issue|project|comment|issuetypes|properties|attachment|remotelink|board|webhook|webhooks";
const operations = "createmeta|search|picker|jql|list|refresh|1\\.0";

/** The route of a path, without the ids and keys in it. */
export const templateOf = (path: string): string =>
  path
    .replace(/^\/ex\/jira\/[^/]+/, "/ex/jira/{}")
    .replace(/\/createmeta\/[^/]+/, "/createmeta/{}")
    .replace(new RegExp(`/(${nouns})/(?!(?:${operations})(?:/|$))[^/]+`, "g"), "/$1/{}");

// The library's own error may hold the request with the credential in it, so it is not kept as a cause.
const failedCall = () => new OutboundError("tracker_failed", "The call to Jira failed.", { outcome: "unknown" });

/** Awaits a call of jira.js and reads its answer; every way to fail becomes an OutboundError. */
export async function read<T extends z.ZodType>(
  schema: T,
  call: Promise<unknown>,
): Promise<{ data: z.output<T>; headers: Headers }> {
  const answer = await settled(call);
  return { data: readAnswer("Jira", schema, answer), headers: answer.headers };
}

/** Awaits a call whose answer says nothing but that it was done. */
export async function done(call: Promise<unknown>): Promise<void> {
  await read(doneOnly, call);
}

async function settled(call: Promise<unknown>): Promise<Answer> {
  // jira.js hands on what the adapter resolved to; anything else is a failure inside of the library.
  const outcome = (await call.catch(() => ({ failure: failedCall() }))) as Outcome;
  if ("failure" in outcome) throw outcome.failure;
  return outcome;
}
