import type { z } from "zod";
import { followReads } from "@/lib/http/follow";
import { OutboundError } from "@/lib/http/outcome";
import { type Answer, dataOf, readAnswer } from "@/lib/trackers/read-answer";
import type { Site } from "@/lib/trackers/tracker";
import { refusalOf } from "./errors";

/** Calls of gitbeaker, by what they are about. */
type Api = Awaited<ReturnType<typeof load>>;
export type Client = ReturnType<typeof gitlabClient>;

/** gitbeaker hands on what is no list as it is: the headers survive, and it walks no pages. */
class Answered {
  constructor(readonly answer: Answer) {}
}

/** gitbeaker over our transport, loaded by the first call. */
export function gitlabClient(site: Site) {
  let api: Promise<Api> | undefined;

  return {
    baseUrl: site.baseUrl,
    /** What the groups above a project share with it counts, unless somebody has switched that off. */
    withGroups: site.settings.groupResources !== "no",
    /** Makes one call and reads its answer; every way to fail becomes an OutboundError. */
    async call<T extends z.ZodType>(
      schema: T,
      use: (api: Api) => Promise<unknown>,
    ): Promise<{ data: z.output<T>; headers: Headers }> {
      api ??= load(site);
      const answered = await use(await api).catch((error: unknown) => {
        if (error instanceof OutboundError) throw error;
        // Its error may hold the request with the token, so it is not kept as a cause.
        throw new OutboundError("tracker_failed", "The call to GitLab failed.", { outcome: "unknown" });
      });
      if (!(answered instanceof Answered)) throw new TypeError("gitbeaker has changed what we gave it.");
      return { data: readAnswer("GitLab", schema, answered.answer), headers: answered.answer.headers };
    },
  };
}

async function load(site: Site) {
  const lib = await import("@gitbeaker/rest");
  const options = {
    host: site.baseUrl,
    // Bearer for every kind of token: gitbeaker would send its own header to other hosts too.
    oauthToken: site.credential.values.token ?? "",
    // The transport has the only clock.
    queryTimeout: null,
    requesterFn: requesterOver(site),
  };
  return {
    projects: new lib.Projects(options),
    issues: new lib.Issues(options),
    notes: new lib.IssueNotes(options),
    labels: new lib.ProjectLabels(options),
    milestones: new lib.ProjectMilestones(options),
    members: new lib.ProjectMembers(options),
    uploads: new lib.ProjectMarkdownUploads(options),
    hooks: new lib.ProjectHooks(options),
    users: new lib.Users(options),
    tokens: new lib.PersonalAccessTokens(options),
    metadata: new lib.Metadata(options),
  };
}

type Resource = { url: string; authHeaders: Record<string, () => Promise<string>> };
type Asked = { body?: FormData | Record<string, unknown>; searchParams?: Record<string, unknown> };

/**
 * In the place of gitbeaker's own, which repeats every method on 429 and 502, POST included, within milliseconds. This
 * one repeats nothing and follows nothing but reads, by hand: each hop is vetted, and another host gets no token.
 */
function requesterOver({ fetch, credential }: Site) {
  const secrets = [credential.values.token ?? ""];

  return ({ url: base, authHeaders }: Resource) => {
    const send =
      (method: string) =>
      // The type says what its own requester gives, of any shape that the caller names; ours is read by zod instead.
      async (
        endpoint: string,
        { body, searchParams }: Asked = {},
      ): Promise<{ body: never; headers: never; status: number }> => {
        const url = new URL(endpoint === "" ? base : `${base.replace(/\/$/, "")}/${endpoint}`);
        url.search = queryOf(searchParams ?? {});
        const headers = new Headers({ accept: "application/json" });
        for (const [name, value] of Object.entries(authHeaders)) headers.set(name, await value());
        const hasBody = body !== undefined && method !== "GET" && method !== "DELETE";
        if (hasBody && !(body instanceof FormData)) headers.set("content-type", "application/json");

        const response = await followReads(fetch, url, {
          method,
          headers,
          body: hasBody ? (body instanceof FormData ? body : JSON.stringify(snakeKeys(body))) : null,
          redirect: "manual",
        });
        const { status } = response;
        const answer: Answer = { status, headers: response.headers, data: dataOf(await response.text()) };
        if (status >= 300) throw refusalOf(answer, secrets);
        const answered: unknown = new Answered(answer);
        return { body: answered as never, headers: {} as never, status };
      };
    return { get: send("GET"), post: send("POST"), put: send("PUT"), patch: send("PATCH"), delete: send("DELETE") };
  };
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const snakeKeys = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [snake(name), value]));

function queryOf(params: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) for (const one of value) query.append(`${snake(name)}[]`, String(one));
    else if (value !== undefined) query.append(snake(name), String(value));
  }
  return query.toString();
}
