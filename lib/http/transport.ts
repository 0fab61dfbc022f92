import type { Dispatcher } from "undici";
import { AppError } from "@/lib/errors";
import { agentFor, createAgent, type Leading } from "./connector";
import { acceptEncoding, decode } from "./decode";
import { createEgress, type EgressPolicy, type Resolve } from "./egress";
import { type Answer, exchange, WireFailure } from "./exchange";
import { OutboundError, type Outcome, outcomeOfStatus } from "./outcome";
import { pathTemplateOf } from "./path-template";
import { wireError } from "./wire-error";

/** What is kept of a call: no bodies, no headers, no query values. */
export type OutboundCallRecord = {
  method: string;
  host: string;
  pathTemplate: string;
  status: number | null;
  durationMs: number;
  outcome: Outcome;
  attempt: number;
  runId: string | null;
  /** What the answer said is left of the limit that it counts in, and that limit. */
  rateLimitRemaining: number | null;
  rateLimit: number | null;
  /** The other side's own id of the request, for its support. */
  requestId: string | null;
  errorCode: string | null;
};

/** A call that is about to be made. */
export type Outgoing = { method: string; path: string; isWrite: boolean; deadlineMs: number };
export type Answered = { status: number; headers: Headers; text(): string };

/** The leave to make one call. */
export type Permit = {
  /** Always told how it ended: with an answer, without one, or before anything was sent. */
  settle(end: Answered | "lost" | "not_sent"): Promise<void>;
};

/** Spares the other side's limits: waits or throws before a call, learns from every answer. */
export type Budget = {
  acquire(call: Outgoing): Promise<Permit>;
};

export type TransportOptions = {
  policy: EgressPolicy;
  /** Told of every call that was tried. One that the budget holds back is not: it will be made, later. */
  record?: (call: OutboundCallRecord) => void | Promise<void>;
  budget?: Budget;
  /** Reads what an answer says is left of its limit, for the record; null when it does not tell. */
  leftOf?: (headers: Headers) => { limit: number; remaining: number } | null;
  /** The run of a registered function that this call belongs to; without it nothing may be written. */
  runId?: string;
  attempt?: number;
  deadlineMs?: number;
  maxBytes?: number;
  /** What is trusted for one host beside the usual authorities, or the one certificate that it must have. */
  tls?: Leading["tls"];
  /** An HTTP proxy, `http://user:password@host:port`: see proxy.ts for what the egress policy says through one. */
  proxy?: Leading["proxy"];
  /** Replaces the system's name resolution, for tests. */
  resolve?: Resolve;
};

/**
 * `template` is the route with its placeholders, for the record. `isRead`: a POST that asks and changes nothing, such as
 * a query that no address could hold.
 */
export type FetchInit = RequestInit & { template?: string; isRead?: boolean };
export type Fetch = (input: string | URL | Request, init?: FetchInit) => Promise<Response>;
export type Transport = { fetch: Fetch };

/** When the call itself began, and whether it was not let out at all. */
type Course = { startedAt: number; isHeldBack: boolean };

const reads = new Set(["GET", "HEAD", "OPTIONS"]);
// The connection's own, or a way to address another host than the one that is vetted.
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "keep-alive"];

/**
 * The only way out for any address that a person can enter. It follows no redirect, repeats nothing, reads the whole
 * answer within one deadline, and every failure is an `OutboundError` that says what became of the call.
 */
export function createTransport(options: TransportOptions): Transport {
  const { policy, record, budget, leftOf, runId, attempt = 1 } = options;
  const { deadlineMs = 30_000, maxBytes = 10 * 1024 * 1024 } = options;
  const egress = createEgress(policy, options.resolve);
  const leading = { tls: options.tls, proxy: options.proxy };
  const agent: Dispatcher = options.resolve ? createAgent(egress, leading) : agentFor(policy, leading);

  const send = async (url: URL, request: Request, course: Course, isWrite: boolean): Promise<Response> => {
    const { method, signal } = request;
    egress.checkUrl(url);
    if (isWrite && !runId) {
      const message = `${method} ${url.host} was about to be sent outside of a job.`;
      throw new OutboundError("write_outside_job", message, { outcome: "refused" });
    }
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
    const headers: Record<string, string> = {
      ...Object.fromEntries(request.headers),
      "accept-encoding": acceptEncoding,
    };
    for (const name of ownHeaders) delete headers[name];

    const outgoing = { method, path: url.pathname, isWrite, deadlineMs };
    const permit = await budget?.acquire(outgoing).catch((error: unknown) => {
      course.isHeldBack = true;
      throw notGiven(error);
    });
    // Waiting for leave is a part of the call, so that it ends when its caller believes that it has.
    const waitedMs = performance.now() - course.startedAt;
    course.startedAt += waitedMs;
    let answer: Answer;
    let plain: Buffer;
    try {
      const call = { url, method, headers, body, deadlineMs: deadlineMs - waitedMs, maxBytes, signal };
      answer = await exchange(agent, call);
      plain = await decode(answer.body, answer.headers.get("content-encoding"), maxBytes).catch((cause) => {
        throw new WireFailure("wire", true, answer.status, cause, answer.headers);
      });
    } catch (error) {
      const isSent = !(error instanceof WireFailure) || error.isStarted;
      await quietly(() => permit?.settle(isSent ? "lost" : "not_sent"));
      throw error;
    }
    const { status, headers: told } = answer;
    await quietly(() => permit?.settle({ status, headers: told, text: () => plain.toString() }));
    return toResponse(url, status, told, plain);
  };

  return {
    async fetch(input, { template, isRead, ...init } = {}) {
      const url = parseUrl(input instanceof Request ? input.url : input);
      // Credentials in an address make the constructor throw; the rules refuse them with a sentence instead.
      const request = new Request(url.username || url.password ? url.origin : input, init);
      const course: Course = { startedAt: performance.now(), isHeldBack: false };
      const report = (outcome: Outcome, status?: number, headers?: Headers, errorCode?: string) => {
        const left = headers && leftOf?.(headers);
        return quietly(() =>
          record?.({
            method: request.method,
            host: url.host,
            pathTemplate: template ?? pathTemplateOf(url.pathname),
            status: status ?? null,
            durationMs: Math.round(performance.now() - course.startedAt),
            outcome,
            attempt,
            runId: runId ?? null,
            rateLimitRemaining: left?.remaining ?? null,
            rateLimit: left?.limit ?? null,
            requestId: requestIdOf(headers),
            errorCode: errorCode ?? null,
          }),
        );
      };

      try {
        const response = await send(url, request, course, !isRead && !reads.has(request.method));
        await report(outcomeOfStatus(response.status), response.status, response.headers);
        return response;
      } catch (error) {
        const failure = wireError(error, url, deadlineMs);
        const told = error instanceof WireFailure ? error.headers : undefined;
        if (!course.isHeldBack) await report(failure.outcome, failure.status, told, failure.kind);
        throw failure;
      }
    },
  };
}

function parseUrl(input: string | URL): URL {
  if (URL.canParse(input)) return new URL(input);
  throw new OutboundError("egress_refused", "This is not an address.", { outcome: "refused" });
}

/** A budget that cannot be asked (its store is down) holds the call back too: nothing has been sent. */
const notGiven = (cause: unknown) =>
  cause instanceof AppError
    ? cause
    : new OutboundError("unavailable", "The rate budget cannot be read.", { outcome: "refused", cause });

/** Keeping books must not change what became of a call that has already been made. */
async function quietly(keepBooks: () => unknown): Promise<void> {
  try {
    await keepBooks();
  } catch {
    // The call's own outcome is what the caller has to hear.
  }
}

function toResponse(url: URL, status: number, headers: Headers, body: Buffer): Response {
  headers.delete("content-encoding");
  headers.delete("content-length");
  const isEmpty = status === 204 || status === 205 || status === 304;
  try {
    const response = new Response(isEmpty ? null : new Uint8Array(body), { status, headers });
    // A Response that was not fetched has no address of its own; clients resolve links against it.
    return Object.defineProperty(response, "url", { value: url.href });
  } catch (cause) {
    throw new WireFailure("wire", true, undefined, cause, headers);
  }
}

/** Each tracker has a header of its own for it; they agree on how its name ends. */
const requestIdOf = (headers: Headers | undefined) =>
  [...(headers ?? [])].find(([name]) => name.endsWith("request-id"))?.[1].slice(0, 200) ?? null;
