import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import type { Executor } from "@/inngest/embedded/executor";

/**
 * The addresses of an Inngest server that a client calls: events and registration. Behind them stands an executor of
 * ours that calls the functions over HTTP, so this shows that they are served, found and called; not what a real server
 * makes of them.
 */
export async function startStandIn(signingKey: string) {
  let executor: Executor | undefined;
  const registered: string[] = [];

  const answer = async (request: IncomingMessage): Promise<Response> => {
    const body = await json(request);
    if (request.url?.startsWith("/e/")) {
      const { storeEvents } = await import("@/inngest/embedded/event-api");
      const seed = request.headers["x-inngest-event-id-seed"];
      return storeEvents(
        new Request(`http://stand-in${request.url}`, {
          method: "POST",
          headers: typeof seed === "string" ? { "x-inngest-event-id-seed": seed } : {},
          body: JSON.stringify(body),
        }),
      );
    }
    const { Executor } = await import("@/inngest/embedded/executor");
    const { url } = body as { url: string }; // what the SDK's registration begins with
    registered.push(url);
    const endpoint = (call: Request) => {
      const { search } = new URL(call.url);
      return fetch(`${url}${search}`, {
        method: call.method,
        headers: call.headers,
        body: call.body,
        duplex: "half",
      } as RequestInit); // undici's own option
    };
    executor ??= new Executor({ line: { endpoint, signingKey }, pollMs: 500, retryBaseMs: 20 });
    // The client waits for this answer before it answers the executor's own sync.
    void executor.start();
    return Response.json({ ok: true, modified: true });
  };

  const http = createServer(async (request, response) => {
    const answered = await answer(request);
    response.writeHead(answered.status, { "content-type": "application/json" }).end(await answered.text());
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    registered,
    async stop() {
      await executor?.stop(0);
      http.closeAllConnections();
      http.close();
    },
  };
}
