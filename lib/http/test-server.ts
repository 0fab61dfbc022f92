import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { failureOf } from "./test-failure";
import { createTransport, type OutboundCallRecord, type TransportOptions } from "./transport";

/** What is served now. */
export const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** For tests: a server of its own for the time of one test; its address. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
}

/** A transport that may reach what the test serves, its records, and the error of a call that must fail. */
export function open(options: Partial<TransportOptions> = {}) {
  const records: OutboundCallRecord[] = [];
  const transport = createTransport({
    policy: { allowPrivate: ["127.0.0.1"] },
    runId: "run",
    deadlineMs: 2_000,
    record: (call) => void records.push(call),
    ...options,
  });
  const failure = (...args: Parameters<typeof transport.fetch>) => failureOf(transport.fetch(...args));
  return { ...transport, records, failure };
}

export const post = { method: "POST", body: '{"title":"x"}', headers: { "content-type": "application/json" } };
export const readBody = async (request: IncomingMessage) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};
export const afterBody = (act: (response: ServerResponse, request: IncomingMessage) => void): RequestListener => {
  return (request, response) => void readBody(request).then(() => act(response, request));
};
