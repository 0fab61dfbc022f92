import type { ServerResponse } from "node:http";
import { z } from "zod";

/**
 * What a tracker may do to us. `reset` and `status`, `html`, `redirect` come instead of the work, unless `after` is
 * set; `drop-reply`, `hang`, `half-body`, `bad-json` and `slow-body` come after it: the issue exists, the answer fails.
 */
export const fault = z.object({
  method: z.string().optional(),
  /** A regular expression for the path, query included. */
  path: z.string().default("."),
  mode: z.enum([
    "reset",
    "status",
    "html",
    "redirect",
    "delay",
    "drop-reply",
    "hang",
    "half-body",
    "bad-json",
    "slow-body",
  ]),
  after: z.boolean().optional(),
  status: z.number().int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  delayMs: z.number().int().optional(),
  times: z.number().int().min(1).default(1),
});
export type Fault = z.output<typeof fault>;
export type FaultInput = z.input<typeof fault>;

export type Answer = { status: number; headers: Record<string, string>; body: string };

const lateModes: Fault["mode"][] = ["drop-reply", "hang", "half-body", "bad-json", "slow-body"];

export const isLate = (fault: Fault) => fault.after ?? lateModes.includes(fault.mode);

/** The faults that are set; each call takes the first that fits it. */
export class Faults {
  private list: Fault[] = [];

  add(input: unknown): void {
    this.list.push(fault.parse(input));
  }

  clear(): void {
    this.list = [];
  }

  take(method: string, path: string): Fault | null {
    const found = this.list.find((one) => (one.method ?? method) === method && new RegExp(one.path).test(path));
    if (!found) return null;
    found.times -= 1;
    this.list = this.list.filter((one) => one.times > 0);
    return found;
  }
}

const signInPage = "<!doctype html><title>Sign in</title><h1>Sign in</h1><form><input type='password'></form>";
const html = { "content-type": "text/html; charset=utf-8" };

/** Ends a call as the fault says, in place of the answer that the work gave (if it was done at all). */
export function misbehave(fault: Fault, answer: Answer | null, response: ServerResponse): void {
  const { mode, status, headers = {}, body, delayMs = 0 } = fault;
  const real = answer ?? { status: 200, headers: {}, body: "{}" };
  const json = { "content-type": "application/json; charset=utf-8" };
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
    case "half-body":
      response.writeHead(real.status, { ...real.headers, "content-length": String(Buffer.byteLength(real.body)) });
      response.write(real.body.slice(0, real.body.length / 2), () => setTimeout(() => response.socket?.destroy(), 20));
      return;
    case "slow-body": {
      response.writeHead(real.status, real.headers);
      let at = 0;
      const timer = setInterval(() => {
        if (response.destroyed || at >= real.body.length) {
          clearInterval(timer);
          response.end();
        } else response.write(real.body.charAt(at++));
      }, delayMs || 50);
      return;
    }
    case "delay":
      response.writeHead(real.status, real.headers).end(real.body);
  }
}
