import { NextRequest } from "next/server";
import type { Attempt } from "@/lib/boundary";
import { env } from "@/lib/env";
import { withHeaders } from "../vitest/next-headers";
import type { Role, World } from "./world";

/** How a role asks: its cookie, and the Origin that a browser sends. */
export function headersOf(world: World, role: Role, origin = new URL(env().FAULTLINE_URL).origin): Headers {
  const headers = new Headers({ origin, "user-agent": "access test" });
  if (role !== "guest") headers.set("cookie", world.people[role].cookie);
  return headers;
}

export type RouteCall = {
  method: string;
  path: string;
  params?: Record<string, string> | undefined;
  query?: Record<string, string> | undefined;
  /** JSON, or text that is sent as XML. */
  body?: unknown;
};

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Calls a route's handler as Next would. */
export function callRoute(handler: Handler, headers: Headers, { method, path, params = {}, query, body }: RouteCall) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const url = new URL(filled, env().FAULTLINE_URL);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const sent = new Headers(headers);
  const isText = typeof body === "string";
  if (body !== undefined) sent.set("content-type", isText ? "application/xml" : "application/json");
  const request = new NextRequest(url, {
    method,
    headers: sent,
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  return withHeaders(sent, () => handler(request, { params: Promise.resolve(params) }));
}

const digestOf = (error: unknown): string =>
  error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : "";

/** What Next's redirect() and notFound() mean as a status: a guest is sent to sign in, others go on with 303. */
export function statusOfThrown(error: unknown): number {
  const digest = digestOf(error);
  if (digest.startsWith("NEXT_REDIRECT")) return digest.includes("/sign-in?next=") ? 401 : 303;
  if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) return 404;
  throw error;
}

/** Runs a server action or a page and tells its outcome as a status. */
export async function statusOf(headers: Headers, work: () => Promise<unknown>): Promise<number> {
  try {
    const value = await withHeaders(headers, work);
    return isRefusal(value) ? value.error.status : 200;
  } catch (error) {
    return statusOfThrown(error);
  }
}

type Refusal = Extract<Attempt<unknown>, { ok: false }>;

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === "object" && value !== null && "ok" in value && value.ok === false && "error" in value;
