import { OutboundError } from "./outcome";
import type { Fetch, FetchInit } from "./transport";

const maxHops = 5;
// All that another origin may learn of us. A list of what to drop would miss the next tracker's header.
const harmless = ["accept", "accept-language", "user-agent"];

/**
 * Follows the redirects of a read by hand. Each hop goes through the transport again and is vetted like the first one;
 * credentials stay with the origin that they were meant for. Writes are never followed: a 301 would turn a POST into a
 * GET, and its answer would look like success.
 */
export async function followReads(fetch: Fetch, input: string | URL, init: FetchInit = {}): Promise<Response> {
  const method = (init.method ?? "GET").toUpperCase();
  let url = new URL(input);
  let headers = new Headers(init.headers);
  let response = await fetch(url, init);
  if (method !== "GET" && method !== "HEAD") return response;

  for (let hops = 0; isRedirect(response.status); hops++) {
    const location = response.headers.get("location");
    if (!location || !URL.canParse(location, url)) return response;
    if (hops === maxHops) {
      throw new OutboundError("tracker_unreadable", `${url.host} redirects more than ${maxHops} times.`, {
        outcome: "refused",
        status: response.status,
      });
    }
    const next = new URL(location, url);
    if (next.origin !== url.origin) headers = new Headers([...headers].filter(([name]) => harmless.includes(name)));
    url = next;
    response = await fetch(url, { ...init, headers });
  }
  return response;
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);
