import diagnostics from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

type Started = { response: ServerResponse; server: Server };

/**
 * Follows the requests that this process answers: pages, actions, routes and steps of jobs alike, because it is Node that
 * tells of them. The returned function lets no new connection in and resolves when every answer has been sent.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function followRequests(): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  const servers = new Set<Server>();
  let isClosing = false;
  let allEnded = () => {};

  diagnostics.subscribe("http.server.request.start", (message) => {
    const { response, server } = message as Started; // what Node documents for this channel
    servers.add(server);
    underWay.add(response);
    if (isClosing) response.shouldKeepAlive = false;
    response.once("close", () => {
      underWay.delete(response);
      if (underWay.size === 0) allEnded();
    });
  });

  return async () => {
    isClosing = true;
    for (const server of servers) server.close();
    for (const response of underWay) if (!response.headersSent) response.shouldKeepAlive = false;
    if (underWay.size === 0) return;
    await new Promise<void>((done) => {
      allEnded = done;
    });
  };
}
