import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "inngest/node";
import { inngest } from "@/inngest/client";
import { startRelay } from "@/inngest/relay";
import { type Engine, tolerances } from "./engine";

/**
 * An Inngest server, as the environment names it. The functions are served over HTTP, and a sync tells the server where.
 * INNGEST_SERVE_ORIGIN says under which address it reaches this machine; by default it is on it.
 */
export function server(changes: Partial<Engine> = {}): Engine {
  let http: Server | undefined;
  return {
    tolerances: tolerances.server,
    async start(functions) {
      http = createServer({ client: inngest, functions: [...functions] });
      http.listen(0);
      await once(http, "listening");
      const address = http.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const response = await fetch(`http://localhost:${port}/api/inngest`, { method: "PUT" });
      if (!response.ok) throw new Error(`The sync answered ${response.status}: ${await response.text()}`);
    },
    async stop() {
      http?.closeAllConnections();
      http?.close();
    },
    beginMinute: async () => {},
    relay: startRelay,
    ...changes,
  };
}
