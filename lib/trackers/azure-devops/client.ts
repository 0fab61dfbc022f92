import { createHash } from "node:crypto";
import type { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import { beforeWrite } from "@/lib/trackers/around-write";
import { dataOf, readAnswer } from "@/lib/trackers/read-answer";
import type { Site } from "@/lib/trackers/tracker";
import { peopleUrlOf } from "./address";
import { type Answer, isSignIn, refusalOf } from "./errors";
import { type Locator, loadLocator, wireLocations } from "./locator";
import { type Resource, resources } from "./resources";

type Route = Readonly<Record<string, string | number>>;
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Call = {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly route?: Route;
  readonly query?: Query;
  readonly body?: unknown;
  /** By default JSON. */
  readonly mediaType?: string;
  /** A POST that changes nothing: a query that is too long for an address. */
  readonly isRead?: boolean;
};

export type Client = ReturnType<typeof azureClient>;

/**
 * Azure DevOps over our transport. Of azure-devops-node-api it takes what is hard: to find out a server's routes and
 * agree with it on a version. Its methods above that are in the way: they turn 404 and a sign-in page into null, numbers
 * and dates of the wire into others, and speak of no version that tells Markdown from HTML.
 */
export function azureClient({ baseUrl, credential, fetch }: Site) {
  const { token = "" } = credential.values;
  const secrets = [token, Buffer.from(`:${token}`).toString("base64")];
  const authorization = `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
  const known = `${baseUrl} ${createHash("sha256").update(authorization).digest("base64")}`;

  async function send(
    url: string,
    init: { method: string; headers?: Record<string, string>; template: string; body?: BodyInit; isRead?: boolean },
  ) {
    const { headers, ...rest } = init;
    const response = await fetch(url, {
      ...rest,
      redirect: "manual",
      // The last asks for 401 in place of a page to sign in on; not every front door listens.
      headers: { authorization, "user-agent": "Faultline", "x-tfs-fedauthredirect": "Suppress", ...headers },
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    if (response.status >= 300 || isSignIn(answer)) throw refusalOf(answer, secrets);
    return answer;
  }

  const readAs = <T extends z.ZodType>(schema: T, { text, ...answer }: Answer) => ({
    data: readAnswer("Azure DevOps", schema, { ...answer, data: dataOf(text) }),
    headers: answer.headers,
  });

  let located: Promise<Locator> | undefined;
  const locator = () => {
    located ??= loadLocator({ baseUrl, known }, async (area) => {
      const url = `${baseUrl}/_apis/${area}`;
      const answer = await send(url, {
        method: "OPTIONS",
        template: "/_apis/{area}",
        headers: { accept: "application/json" },
      });
      return readAs(wireLocations, answer).data.value;
    });
    return located;
  };

  async function addressOf({ area, id, version }: Resource, route: Route, query: Query) {
    try {
      const asked = (await locator()).getVersioningData(version, area, id, { ...route }, { ...query });
      const found = await beforeWrite(asked);
      const url = new URL(found.requestUrl ?? "", baseUrl);
      if (url.origin === new URL(baseUrl).origin && found.apiVersion)
        return { url: url.href, apiVersion: found.apiVersion };
    } catch (error) {
      if (error instanceof OutboundError) throw error;
    }
    throw new OutboundError("not_supported", "This Azure DevOps Server is too old for that.", { outcome: "refused" });
  }

  return {
    baseUrl,
    /** Under what an answer may be remembered: another token's way to the server may lead through a proxy that lies. */
    known,

    /** One call to a resource, read by a schema. */
    async call<T extends z.ZodType>(name: keyof typeof resources, schema: T, call: Call = {}) {
      const resource = resources[name];
      const { method = "GET", route = {}, query = {}, body, mediaType = "application/json", isRead } = call;
      const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
      const { url, apiVersion } = await addressOf(resource, route, known);
      const answer = await send(url, {
        method,
        template: resource.route,
        headers: {
          accept: `application/json;api-version=${apiVersion}`,
          ...(body !== undefined && { "content-type": mediaType }),
        },
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(isRead && { isRead }),
      });
      return readAs(schema, answer);
    },

    /** The newest version that the server speaks. */
    async newestVersion(): Promise<string | null> {
      const { area, id } = resources.items;
      return (await (await locator()).beginGetLocation(area, id))?.maxVersion ?? null;
    },

    /** A read at a fixed path, of what is older than the ids of resources. */
    async read<T extends z.ZodType>(path: string, schema: T) {
      return readAs(
        schema,
        await send(`${baseUrl}${path}`, { method: "GET", template: path, headers: { accept: "application/json" } }),
      );
    },

    /** The directory of people, which Services keep on a host of their own. */
    async people<T extends z.ZodType>(query: Query, schema: T) {
      const url = new URL(`${peopleUrlOf(baseUrl)}/_apis/identities`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const headers = { accept: "application/json;api-version=6.0" };
      return readAs(schema, await send(url.href, { method: "GET", template: "/_apis/identities", headers }));
    },
  };
}
