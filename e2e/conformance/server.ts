import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { handlersOf } from "@/app/api/inngest/handlers";
import { appId } from "@/inngest/client";
import { register } from "@/inngest/register";
import { startRelay } from "@/inngest/relay";
import { env } from "@/lib/env";
import { type Engine, tolerances } from "./engine";

/**
 * An Inngest server, as the environment names it. It is told of the functions as the product tells it at its start, and
 * calls them through the product's own route. INNGEST_SERVE_ORIGIN says under which address it reaches this machine; by
 * default it is on it.
 */
export function server(changes: Partial<Engine> = {}): Engine {
  let http: Server | undefined;
  return {
    tolerances: tolerances.server,
    async start(functions) {
      const handlers = handlersOf(functions);
      http = createServer(async (incoming, outgoing) => {
        const request = await toRequest(incoming);
        const { method } = request;
        const isServed = method === "GET" || method === "POST" || method === "PUT";
        const response = isServed ? await handlers[method](request) : new Response(null, { status: 405 });
        outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
      });
      http.listen(0);
      await once(http, "listening");
      const address = http.address();
      const port = typeof address === "object" ? address?.port : undefined;
      await register({ functions, origin: env().INNGEST_SERVE_ORIGIN ?? `http://localhost:${port}` });
    },
    async stop() {
      http?.closeAllConnections();
      http?.close();
    },
    beginMinute: async () => {},
    cancel: cancelRuns,
    relay: startRelay,
    ...changes,
  };
}

async function toRequest(incoming: IncomingMessage): Promise<NextRequest> {
  const { method = "GET", url = "/", headers } = incoming;
  const body = method === "GET" ? {} : { body: new Uint8Array(await buffer(incoming)) };
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new NextRequest(`http://${headers.host}${url}`, { method, headers: given, ...body });
}

/** As the server's own API does it in bulk: https://www.inngest.com/docs/guides/cancel-running-functions */
async function cancelRuns(functionId: string, eventData: Record<string, string>): Promise<void> {
  const { INNGEST_BASE_URL, INNGEST_SIGNING_KEY } = env();
  const now = Date.now();
  const response = await fetch(new URL("/v1/cancellations", INNGEST_BASE_URL), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(INNGEST_SIGNING_KEY && { authorization: `Bearer ${INNGEST_SIGNING_KEY}` }),
    },
    body: JSON.stringify({
      app_id: appId,
      function_id: functionId,
      started_after: new Date(now - 3_600_000).toISOString(),
      started_before: new Date(now + 60_000).toISOString(),
      if: Object.entries(eventData)
        .map(([name, value]) => `event.data.${name} == '${value}'`)
        .join(" && "),
    }),
  });
  if (!response.ok) throw new Error(`The cancellation answered ${response.status}: ${await response.text()}`);
}
