import { request } from "node:http";
import type { Socket } from "node:net";
import type { Egress, Resolved } from "./egress";

const deadlineMs = 10_000;

/**
 * A connection to a host through an HTTP proxy, by CONNECT: what goes through it is TLS from end to end, so that the
 * proxy sees neither request nor credential of an https address.
 *
 * Who resolves the name decides what the policy is worth. A proxy inside a network reaches what we may not, and a name
 * that it resolves for itself may lead anywhere; so the name is resolved and vetted here, as without a proxy, and the
 * proxy is told the vetted address. Only a host that the operator's allow-list names is handed over by its name: some
 * networks resolve outside names at the proxy alone, and some proxies judge by names. The proxy's own address is vetted
 * like any other.
 */
export async function connectThrough(egress: Egress, proxy: string, hostname: string, port: string): Promise<Socket> {
  const target = egress.isNamed(hostname, port) ? bare(hostname) : firstOf(await egress.vet(hostname, port)).address;
  const url = new URL(proxy);
  const proxyPort = url.port || "80";
  const at = firstOf(await vetProxy(egress, url.hostname, proxyPort));

  const authority = `${target.includes(":") ? `[${target}]` : target}:${port}`;
  const authorization = `Basic ${Buffer.from(`${decode(url.username)}:${decode(url.password)}`).toString("base64")}`;
  return new Promise((resolve, reject) => {
    const asking = request({
      host: at.address,
      port: proxyPort,
      method: "CONNECT",
      path: authority,
      agent: false,
      timeout: deadlineMs,
      headers: { host: authority, ...(url.username && { "proxy-authorization": authorization }) },
    });
    const timer = setTimeout(() => asking.destroy(failure("PROXY_UNREACHABLE")), deadlineMs);
    asking.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      clearTimeout(timer);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return reject(failure(statusCode === 407 ? "PROXY_AUTH" : "PROXY_REFUSED"));
      }
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    // An answer that is none of a proxy's: the request was taken for one to itself.
    asking.once("response", (response) => {
      clearTimeout(timer);
      response.destroy();
      reject(failure(response.statusCode === 407 ? "PROXY_AUTH" : "PROXY_REFUSED"));
    });
    asking.once("error", (cause) => {
      clearTimeout(timer);
      reject(failure("PROXY_UNREACHABLE", cause));
    });
    asking.end();
  });
}

/** A name that is not known is the proxy's here, not the tracker's. */
async function vetProxy(egress: Egress, hostname: string, port: string) {
  try {
    return await egress.vet(hostname, port);
  } catch (cause) {
    throw cause instanceof Error && "code" in cause ? failure("PROXY_UNREACHABLE", cause) : cause;
  }
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");
const decode = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function firstOf(addresses: readonly Resolved[]): Resolved {
  const [first] = addresses;
  if (!first) throw failure("ENOTFOUND");
  return first;
}

const failure = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });
