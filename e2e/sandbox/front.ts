import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Answer, type FaultInput, Faults, isLate, misbehave } from "./faults";
import { IndexLag, type LagInput } from "./index-lag";
import type { Exchange } from "./validate";

/** A request as it came; `body` is its JSON, or its text where it is none. */
export type FrontRequest = {
  method: string;
  url: URL;
  headers: Record<string, string>;
  bytes: Buffer;
  text: string;
  body: unknown;
};

/** What the tracker answers, and to whom: the account that the credential belongs to. */
export type Worked = Answer & { login: string | null };

/** A call that reached the API, as it came; the credential is not among what is kept. */
export type SandboxCall = {
  at: string;
  method: string;
  path: string;
  login: string | null;
  body: unknown;
  status: number | null;
  fault: string | null;
};

/** How a tracker is made to run out of its budget; what it then answers is the tracker's own. */
const rateLimitInput = z.object({
  remaining: z.number().int().exactOptional(),
  resetSeconds: z.number().int().exactOptional(),
  status: z.number().int().exactOptional(),
  secondary: z.boolean().exactOptional(),
  retryAfter: z.string().exactOptional(),
});
export type RateLimitInput = z.infer<typeof rateLimitInput>;

/** What differs from tracker to tracker. */
export type TrackerWork = {
  /** The pages that people see; null for what is the API's. */
  page(request: FrontRequest): Promise<Answer | null>;
  /** One API call: the tracker's rules, then its work. */
  work(request: FrontRequest): Promise<Worked>;
  rateLimit: { set(input: RateLimitInput): void; clear(): void };
  /** Everything as it was seeded. */
  reset(): Promise<void> | void;
  /** Beside the dials that all have: "POST /rename". */
  dials?: Record<string, (input: unknown) => unknown>;
  close?(): Promise<void> | void;
};

/** The checks of exchanges against an official description. */
export type Checker = {
  readonly violations: string[];
  readonly exercised: ReadonlySet<string>;
  check(exchange: Exchange): void;
};

export type FrontOptions = {
  /** Taken when it is free; any free one by default. */
  preferredPort?: number | undefined;
  /** Without one nothing is checked. */
  checker: Checker | null;
  start(context: { url: string; lag: IndexLag }): Promise<TrackerWork> | TrackerWork;
};

/** A running sandbox tracker: where it is, and the dials that make it misbehave. */
export type Front = {
  url: string;
  faults: { add(fault: FaultInput): void; clear(): void };
  rateLimit: TrackerWork["rateLimit"];
  /** How long new issues are absent from which lists and searches; `passTime` spares the waiting. */
  lag: { set(input: LagInput): void; passTime(ms: number): void; clear(): void };
  calls(): readonly SandboxCall[];
  /** Exchanges that do not fit the official description; null when nothing was checked. */
  violations(): readonly string[] | null;
  exercised(): readonly string[];
  reset(): Promise<void>;
  close(): Promise<void>;
};

/**
 * What every sandbox tracker has in front: the record of its calls, faults, limits and index lag on demand, the check of
 * each exchange against the official description, and the dials for all of it under /_sandbox/.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const { checker } = options;
  const faults = new Faults();
  const lag = new IndexLag();
  const calls: SandboxCall[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end(`The sandbox itself failed: ${String(error)}`);
    });
  });
  await listen(server, options.preferredPort ?? 0);
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  const tracker = await options.start({ url, lag });

  const front: Front = {
    url,
    faults: { add: (fault) => faults.add(fault), clear: () => faults.clear() },
    rateLimit: tracker.rateLimit,
    lag,
    calls: () => calls,
    violations: () => checker?.violations ?? null,
    exercised: () => [...(checker?.exercised ?? [])],
    async reset() {
      faults.clear();
      tracker.rateLimit.clear();
      lag.clear();
      calls.length = 0;
      if (checker) checker.violations.length = 0;
      await tracker.reset();
    },
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), tracker.close?.()]);
    },
  };
  const dials: NonNullable<TrackerWork["dials"]> = {
    "GET /calls": () => calls,
    "GET /violations": () => front.violations(),
    "GET /exercised": () => front.exercised(),
    "POST /faults": (input) => faults.add(input),
    "DELETE /faults": () => faults.clear(),
    "POST /rate-limit": (input) => tracker.rateLimit.set(rateLimitInput.parse(input)),
    "DELETE /rate-limit": () => tracker.rateLimit.clear(),
    "POST /lag": (input) => lag.set(input),
    "DELETE /lag": () => lag.clear(),
    "POST /reset": () => front.reset(),
    ...tracker.dials,
  };

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message, url);
    const { method, url: target, body, text } = request;
    const send = ({ status, headers, body }: Answer) => void response.writeHead(status, headers).end(body);

    if (target.pathname.startsWith("/_sandbox/")) {
      const dial = dials[`${method} ${target.pathname.replace("/_sandbox", "")}`];
      if (!dial) return send(json({ message: "There is no such dial." }, 404));
      return send(json((await dial(body)) ?? { ok: true }));
    }
    const page = await tracker.page(request);
    if (page) return send(page);

    const path = target.pathname + target.search;
    const call: SandboxCall = {
      at: new Date().toISOString(),
      ...{ method, path, body, login: null, status: null, fault: null },
    };
    calls.push(call);
    const fault = faults.take(method, path, text);
    call.fault = fault?.mode ?? null;
    const delayMs = fault?.mode === "slow-body" ? 0 : (fault?.delayMs ?? 0);
    if (delayMs && !fault?.after) await sleep(delayMs);
    if (fault && !isLate(fault)) return misbehave(fault, null, response);

    const { login, ...answer } = await tracker.work(request);
    call.login = login;
    call.status = answer.status;
    checker?.check({
      method,
      path: target.pathname,
      requestBody: body,
      status: answer.status,
      responseBody: parse(answer.body),
    });
    if (delayMs && fault?.after) await sleep(delayMs);
    if (fault) misbehave(fault, answer, response);
    else send(answer);
  }
  return front;
}

/** An answer in JSON. */
export const json = (data: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: status === 204 ? "" : JSON.stringify(data),
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return text;
  }
}

async function read(message: IncomingMessage, base: string): Promise<FrontRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8");
  return {
    method: message.method ?? "GET",
    url: new URL(message.url ?? "/", base),
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
    bytes,
    text,
    body: parse(text),
  };
}

async function listen(server: ReturnType<typeof createServer>, preferredPort: number): Promise<void> {
  const on = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  await on(preferredPort).catch(() => on(0));
}
