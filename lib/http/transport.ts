import type { Dispatcher } from "undici";
import { agentFor, createAgent } from "./connector";
import { acceptEncoding, decode } from "./decode";
import { createEgress, type EgressPolicy, type Resolve } from "./egress";
import { exchange, WireFailure } from "./exchange";
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
  rateLimitRemaining: number | null;
  /** The other side's own id of the request, for its support. */
  requestId: string | null;
  errorCode: string | null;
};

/** Spares the other side's limits: waits or throws before a call, learns from every answer. */
export type Budget = {
  acquire(call: { method: string; host: string }): Promise<void>;
  observe(answer: { method: string; host: string; status: number; headers: Headers }): void | Promise<void>;
};

export type TransportOptions = {
  policy: EgressPolicy;
  /** Told of every call that was tried. */
  record?: (call: OutboundCallRecord) => void | Promise<void>;
  budget?: Budget;
  /** The run of a registered function that this call belongs to; without it nothing may be written. */
  runId?: string;
  attempt?: number;
  deadlineMs?: number;
  maxBytes?: number;
  /** Replaces the system's name resolution, for tests. */
  resolve?: Resolve;
};

/** `template` is the route with its placeholders, for the record. */
export type FetchInit = RequestInit & { template?: string };
export type Fetch = (input: string | URL | Request, init?: FetchInit) => Promise<Response>;
export type Transport = { fetch: Fetch };

const reads = new Set(["GET", "HEAD", "OPTIONS"]);
// The connection's own, or a way to address another host than the one that is vetted.
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "keep-alive"];

/**
 * The only way out for any address that a person can enter. It follows no redirect, repeats nothing, reads the whole
 * answer within one deadline, and every failure is an `OutboundError` that says what became of the call.
 */
export function createTransport(options: TransportOptions): Transport {
  const { policy, record, budget, runId, attempt = 1, deadlineMs = 30_000, maxBytes = 10 * 1024 * 1024 } = options;
  const egress = createEgress(policy, options.resolve);
  const agent: Dispatcher = options.resolve ? createAgent(egress) : agentFor(policy);

  const send = async (url: URL, request: Request): Promise<Response> => {
    const { method, signal } = request;
    egress.checkUrl(url);
    if (!reads.has(method) && !runId) {
      const message = `${method} ${url.host} was about to be sent outside of a job.`;
      throw new OutboundError("write_outside_job", message, { outcome: "refused" });
    }
    await budget?.acquire({ method, host: url.host });

    const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
    const headers: Record<string, string> = {
      ...Object.fromEntries(request.headers),
      "accept-encoding": acceptEncoding,
    };
    for (const name of ownHeaders) delete headers[name];
    const answer = await exchange(agent, { url, method, headers, body, deadlineMs, maxBytes, signal });

    await quietly(() => budget?.observe({ method, host: url.host, status: answer.status, headers: answer.headers }));
    const plain = await decode(answer.body, answer.headers.get("content-encoding"), maxBytes).catch((cause) => {
      throw new WireFailure("wire", true, answer.status, cause);
    });
    return toResponse(url, answer.status, answer.headers, plain);
  };

  return {
    async fetch(input, { template, ...init } = {}) {
      const url = parseUrl(input instanceof Request ? input.url : input);
      // Credentials in an address make the constructor throw; the rules refuse them with a sentence instead.
      const request = new Request(url.username || url.password ? url.origin : input, init);
      const startedAt = performance.now();
      const report = (outcome: Outcome, status?: number, headers?: Headers, errorCode?: string) =>
        quietly(() =>
          record?.({
            method: request.method,
            host: url.host,
            pathTemplate: template ?? pathTemplateOf(url.pathname),
            status: status ?? null,
            durationMs: Math.round(performance.now() - startedAt),
            outcome,
            attempt,
            runId: runId ?? null,
            rateLimitRemaining: numberOf(headers?.get("x-ratelimit-remaining") ?? headers?.get("ratelimit-remaining")),
            requestId: requestIdOf(headers),
            errorCode: errorCode ?? null,
          }),
        );

      try {
        const response = await send(url, request);
        await report(outcomeOfStatus(response.status), response.status, response.headers);
        return response;
      } catch (error) {
        const failure = wireError(error, url, deadlineMs);
        await report(failure.outcome, failure.status, undefined, failure.kind);
        throw failure;
      }
    },
  };
}

function parseUrl(input: string | URL): URL {
  if (URL.canParse(input)) return new URL(input);
  throw new OutboundError("egress_refused", "This is not an address.", { outcome: "refused" });
}

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
    throw new WireFailure("wire", true, undefined, cause);
  }
}

/** Each tracker has a header of its own for it; they agree on how its name ends. */
const requestIdOf = (headers: Headers | undefined) =>
  [...(headers ?? [])].find(([name]) => name.endsWith("request-id"))?.[1].slice(0, 200) ?? null;

const numberOf = (text: string | null | undefined) =>
  text != null && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
