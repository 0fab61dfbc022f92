import { headers } from "next/headers";
import { redirect, notFound as showNotFound } from "next/navigation";
import { NextResponse } from "next/server";
import type { z } from "zod";
import type { Actor } from "@/lib/auth/member";
import { checkOrigin } from "@/lib/auth/origin";
import type { ActionContract, RouteContract } from "@/lib/contract";
import { isDataError } from "@/lib/db/data-error";
import { newId } from "@/lib/db/ids";
import { isOutage } from "@/lib/db/outage";
import { AppError, type ErrorKind, errorKinds, type FieldErrors } from "@/lib/errors";
import { once as doOnce } from "@/lib/idempotency";
import { log, withRequestId } from "@/lib/log";
import { parseJson, readBody, usualBodyBytes } from "@/lib/request-body";

/** What an action or a route tells about a failure: RFC 9457 problem details with our members. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  kind: ErrorKind;
  fields?: FieldErrors;
  requestId: string;
  retryAt?: string;
};

export type Attempt<T> = { ok: true; value: T } | { ok: false; error: Problem };

/** The schema's output, or invalid_input with a message per field (joined by dots). */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: FieldErrors = {};
  for (const { path, message } of parsed.error.issues) fields[path.join(".") || "input"] ??= message;
  const first = Object.entries(fields)[0];
  throw new AppError("invalid_input", first ? `${first[0]}: ${first[1]}` : "The input is not valid.", { fields });
}

/** The request's JSON body. Throws malformed_request, or too_large. */
export async function readJson(request: Request, { maxBytes = usualBodyBytes } = {}): Promise<unknown> {
  return parseJson(await readBody(request, maxBytes));
}

// About as long as the launcher needs to bring PostgreSQL back.
const outageMs = 2_000;

/** The last net under the schemas: a value that nobody thought of is the sender's to mend. */
const toKnown = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (isDataError(error))
    return new AppError("invalid_input", "It holds a NUL character, or a value that is out of range.", {
      cause: error,
    });
  if (isOutage(error)) {
    const retryAt = new Date(Date.now() + outageMs);
    return new AppError("unavailable", "The database does not answer. Try again in a moment.", {
      cause: error,
      retryAt,
    });
  }
  return new AppError("internal", "An unexpected error occurred. It has been logged.", { cause: error });
};

const toProblem = (error: unknown, requestId: string): Problem => {
  const known = toKnown(error);
  const { status, title } = errorKinds[known.kind];
  if (status >= 500) log.error({ err: known.cause ?? known, kind: known.kind }, known.message);
  else log.info({ kind: known.kind }, known.message);
  return {
    type: `urn:faultline:problem:${known.kind}`,
    title,
    status,
    detail: known.message,
    kind: known.kind,
    ...(known.fields && { fields: known.fields }),
    ...(known.retryAt && { retryAt: known.retryAt.toISOString() }),
    requestId,
  };
};

const problemResponse = (problem: Problem) => {
  const response = NextResponse.json(problem, { status: problem.status });
  response.headers.set("content-type", "application/problem+json");
  if (problem.retryAt) {
    const seconds = Math.ceil((Date.parse(problem.retryAt) - Date.now()) / 1000);
    response.headers.set("retry-after", String(Math.max(1, seconds)));
  }
  return response;
};

/** The edge of a route: checks the origin of changes, gives the answer its shape, turns errors into problem details. */
export async function respond(
  request: Request,
  contract: RouteContract,
  work: (tools: { once: Once }) => Promise<unknown>,
): Promise<Response> {
  const requestId = newId();
  return withRequestId(requestId, async () => {
    let response: Response;
    try {
      if (contract.method !== "GET" && !contract.checksOriginItself) checkOrigin(request.headers);
      const value = await work({ once: onceOf(request, contract) });
      response =
        value instanceof Response ? value : NextResponse.json(value ?? null, { status: contract.status ?? 200 });
    } catch (error) {
      response = problemResponse(toProblem(error, requestId));
    }
    response.headers.set("x-request-id", requestId);
    // No answer of the API is a page: one that a browser is led to show as such can do nothing.
    if (!response.headers.has("content-security-policy"))
      response.headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    return response;
  });
}

/**
 * Does what a request asks for, once for each Idempotency-Key of the actor at this address; without the header, each
 * time. The work gets an id that belongs to the key.
 */
export type Once = <T>(actor: Actor, body: unknown, work: (id?: string) => Promise<T>) => Promise<T>;

function onceOf(request: Request, { creates, method }: RouteContract): Once {
  return (actor, body, work) => {
    if (!creates) throw new AppError("internal", "A route that takes an Idempotency-Key says so in its contract.");
    const key = request.headers.get("idempotency-key");
    if (key === null) return work();
    // One route has two addresses.
    const route = `${method} ${new URL(request.url).pathname.replace(/^\/api\/v1\//, "/api/")}`;
    return doOnce(actor, { key, route, body, isResumable: creates === "resumable" }, work);
  };
}

/** The edge of a server action. redirect() works by throwing, so it stays outside. */
export async function attempt<S extends z.ZodType, T>(
  contract: ActionContract & { input: S },
  input: unknown,
  work: (input: z.output<S>) => Promise<T>,
): Promise<Attempt<T>> {
  const requestId = newId();
  return withRequestId(requestId, async () => {
    try {
      checkOrigin(await headers());
      return { ok: true, value: await work(parse(contract.input, input)) };
    } catch (error) {
      return { ok: false, error: toProblem(error, requestId) };
    }
  });
}

/** The edge of a page: a guest is sent to sign in and comes back, what is not theirs is not found. */
export async function admit<T>(gate: () => Promise<T>): Promise<T> {
  try {
    return await gate();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === "unauthenticated") {
      const path = (await headers()).get("x-pathname") ?? "/";
      redirect(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    if (error.kind === "not_found" || error.kind === "forbidden") showNotFound();
    throw error;
  }
}
