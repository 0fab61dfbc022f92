import type { ServerResponse } from "node:http";
import { z } from "zod";

/**
 * What a tracker may do to us; every sandbox tracker knows these and no others. `reset`, `status`, `html` and `redirect`
 * come instead of the work, unless `after` is set; the others come after it: the issue exists, the answer fails.
 */
const fault = z.object({
  method: z.string().optional(),
  /** A regular expression for the path, query included. */
  path: z.string().default("."),
  /** A regular expression for the text of the request's body. */
  sent: z.string().optional(),
  mode: z.enum([
    /** The connection breaks. */
    "reset",
    "status",
    /** A sign-in page by default. */
    "html",
    "redirect",
    /** The true answer after `delayMs`; with "always" the tracker is slow. */
    "delay",
    "drop-reply",
    "hang",
    /** Half of the answer, then the connection breaks. */
    "truncate",
    "bad-json",
    /** The true answer, one character every `delayMs`. */
    "slow-body",
    /** The true answer under other headers. */
    "headers",
  ]),
  after: z.boolean().optional(),
  status: z.number().int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  delayMs: z.number().int().optional(),
  /** How many calls it strikes. */
  times: z.union([z.number().int().min(1), z.literal("always")]).default(1),
});
export type Fault = z.output<typeof fault>;
export type FaultInput = z.input<typeof fault>;

export type Answer = { status: number; headers: Record<string, string>; body: string };

const earlyModes: readonly Fault["mode"][] = ["reset", "status", "html", "redirect"];

/** The work is done before the fault strikes. */
export const isLate = ({ after, mode }: Fault): boolean => after ?? !earlyModes.includes(mode);

/** The faults that are set; each call takes the first that fits it. */
export class Faults {
  private list: Fault[] = [];

  add(input: unknown): void {
    this.list.push(fault.parse(input));
  }

  clear(): void {
    this.list = [];
  }

  take(method: string, path: string, sent = ""): Fault | null {
    const found = this.list.find(
      (one) =>
        (one.method ?? method) === method &&
        new RegExp(one.path).test(path) &&
        (one.sent === undefined || new RegExp(one.sent).test(sent)),
    );
    if (!found || found.times === "always") return found ?? null;
    found.times -= 1;
    this.list = this.list.filter(({ times }) => times !== 0);
    return found;
  }
}

const signInPage = "<!doctype html><title>Sign in</title><h1>Sign in</h1><form><input type='password'></form>";
const html = { "content-type": "text/html; charset=utf-8" };
const json = { "content-type": "application/json; charset=utf-8" };

/** Ends a call as the fault says, in place of the answer that the work gave (if it was done at all). */
export function misbehave(fault: Fault, answer: Answer | null, response: ServerResponse): void {
  const { mode, status, headers = {}, body, delayMs = 50 } = fault;
  const real = answer ?? { status: 200, headers: {}, body: "{}" };
  const text = (value: unknown) =>
    typeof value === "string" ? value : JSON.stringify(value ?? { message: "Server Error" });

  switch (mode) {
    case "reset":
    case "drop-reply":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
    case "status":
      response.writeHead(status ?? 500, { ...json, ...headers }).end(text(body));
      return;
    case "html":
      response.writeHead(status ?? 200, { ...html, ...headers }).end(typeof body === "string" ? body : signInPage);
      return;
    case "redirect":
      response.writeHead(status ?? 301, { ...json, ...headers }).end(text(body ?? { message: "Moved Permanently" }));
      return;
    case "bad-json":
      response.writeHead(status ?? real.status, { ...real.headers, ...headers }).end(`${real.body.slice(0, 40)}<<<`);
      return;
    case "truncate":
      response.writeHead(real.status, { ...real.headers, "content-length": String(Buffer.byteLength(real.body)) });
      response.write(real.body.slice(0, real.body.length / 2), () => setTimeout(() => response.socket?.destroy(), 20));
      return;
    case "slow-body":
      drip(real, delayMs, response);
      return;
    case "delay":
    case "headers":
      response.writeHead(real.status, { ...real.headers, ...headers }).end(real.body);
  }
}

function drip({ status, headers, body }: Answer, everyMs: number, response: ServerResponse): void {
  response.writeHead(status, headers);
  let at = 0;
  const timer = setInterval(() => {
    if (response.destroyed || at >= body.length) {
      clearInterval(timer);
      response.end();
    } else response.write(body.charAt(at++));
  }, everyMs);
}
