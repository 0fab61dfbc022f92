import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, Faults, isLate, misbehave } from "../faults";
import { IndexLag } from "../index-lag";
import { type ApiAnswer, type ApiContext, answerApi } from "./api";
import { control, type SandboxCall } from "./control";
import { startEmulator } from "./emulator";
import { lagging } from "./lag";
import { RateLimit } from "./rules";
import { drawTokens, identitiesOf, type Tokens } from "./seed";
import { sitePage } from "./site";
import { Validator } from "./validate";

export type GithubSandboxOptions = {
  /** Taken when it is free; another one otherwise. */
  preferredPort?: number;
  tokens?: Tokens;
  /** Repositories beyond the seeded ones, for lists of several pages. */
  extraRepos?: number;
  /** The official description; without it nothing is validated. */
  specFile?: string | null;
};

/** A GitHub of one's own: npm `emulate` behind a front that adds GitHub's refusals, its limits, its pages and faults. */
export async function startGithub(options: GithubSandboxOptions = {}) {
  const tokens = options.tokens ?? drawTokens();
  const upstream = await startEmulator(options.extraRepos ?? 0);
  const faults = new Faults();
  const rateLimit = new RateLimit();
  const lag = new IndexLag();
  const calls: SandboxCall[] = [];
  const moved = new Map<string, number>();
  const validator = options.specFile ? new Validator(options.specFile) : null;
  const identities = identitiesOf(tokens);

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end(`The sandbox itself failed: ${String(error)}`);
    });
  });
  await listen(server, options.preferredPort ?? 0);
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  const context: ApiContext = { upstream, identities, rateLimit, moved, baseUrl: url };
  const reset = async () => {
    faults.clear();
    rateLimit.clear();
    lag.clear();
    calls.length = 0;
    moved.clear();
    if (validator) validator.violations.length = 0;
    await upstream.reset();
  };
  const state = { upstream, faults, rateLimit, lag, calls, moved, validator, reset };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? "/", url);
    const method = request.method ?? "GET";
    const raw = await readText(request);
    const send = ({ status, headers, body }: Answer) => void response.writeHead(status, headers).end(body);

    if (target.pathname.startsWith("/_sandbox/")) return send(await control(state, method, target, raw));
    const page = await sitePage(upstream, method, target, raw);
    if (page) return send(page);

    const call: SandboxCall = {
      at: new Date().toISOString(),
      method,
      path: target.pathname + target.search,
      login: null,
      body: parse(raw),
      status: null,
      fault: null,
    };
    calls.push(call);
    const fault = faults.take(method, call.path, raw);
    call.fault = fault?.mode ?? null;
    const delayMs = fault?.mode === "slow-body" ? 0 : (fault?.delayMs ?? 0);
    if (delayMs && !fault?.after) await sleep(delayMs);
    if (fault && !isLate(fault)) return misbehave(fault, null, response);

    const worked: ApiAnswer = await answerApi(context, {
      method,
      url: target,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: call.body,
    });
    const answer = lagging(lag, method, target, worked);
    call.login = worked.identity?.login ?? null;
    call.status = answer.status;
    validator?.check({
      method,
      path: target.pathname,
      requestBody: call.body,
      status: answer.status,
      responseBody: parse(answer.body),
    });
    if (delayMs && fault?.after) await sleep(delayMs);
    if (fault) misbehave(fault, answer, response);
    else send(answer);
  }

  return {
    ...state,
    tokens,
    url,
    apiUrl: url,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), upstream.close()]);
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return text;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
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
