import { X509Certificate } from "node:crypto";
import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer, type Server } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { authority, expired, other, selfSigned, server as signed } from "./test-certificates";
import { open } from "./test-server";
import type { Trust } from "./tls";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A tracker behind TLS; the credentials that reached it. */
async function serveTls({ cert, key }: typeof signed) {
  const seen: (string | undefined)[] = [];
  const server: Server = createTlsServer({ cert, key }, (request, response) => {
    seen.push(request.headers.authorization);
    response.end("hello");
  });
  const port = await listen(server);
  return { port, seen };
}

async function listen(server: Server | HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port; // it listens on TCP
}

/** A proxy that answers CONNECT; every name leads to this machine, as in a network with names of its own. */
async function serveProxy(answer = 200) {
  const asked: { authority: string | undefined; authorization: string | undefined }[] = [];
  const sockets: Socket[] = [];
  const server = createHttpServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    asked.push({ authority: request.url, authorization: request.headers["proxy-authorization"] });
    if (answer !== 200) return client.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.push(socket);
      socket.on("error", () => socket.destroy());
    }
  });
  const port = await listen(server);
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { port, asked };
}

const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256.replaceAll(":", "").toLowerCase();
const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
const authorization = "Bearer s3cret-token";
const withToken = { headers: { authorization } };

/** A call to tracker.internal, which is this machine. */
const call = (port: number, trust: Partial<Trust> | null, more: Parameters<typeof open>[0] = {}) =>
  open({ resolve, ...(trust && { tls: { host: `tracker.internal:${port}`, ...trust } }), ...more });
const at = (port: number) => `https://tracker.internal:${port}/x`;

describe("an own authority", () => {
  it("[D6] is trusted for the integration's host", async () => {
    const { port, seen } = await serveTls(signed);
    const { fetch } = call(port, { ca: authority });
    expect(await (await fetch(at(port), withToken)).text()).toBe("hello");
    expect(seen).toEqual([authorization]);
  });

  it.each([
    ["no authority is given", signed, null, "unknown authority"],
    ["the certificate is for another name", other, { ca: authority }, "for another name"],
    ["it was not signed by the authority", selfSigned, { ca: authority }, "self-signed"],
    ["the authority is for another host", signed, { ca: authority, host: "elsewhere.internal" }, "unknown authority"],
  ])("[D6] refuses when %s, and no credential is sent", async (_, pair, trust, words) => {
    const { port, seen } = await serveTls(pair);
    const error = await call(port, trust).failure(at(port), { ...withToken, method: "POST", body: "{}" });
    expect(error).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });
    expect(error.message).toContain(words);
    expect(seen).toEqual([]);
  });

  it("[D6] is checked whatever the environment says", async () => {
    const { port, seen } = await serveTls(selfSigned);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      expect((await call(port, null).failure(at(port), withToken)).message).toContain("self-signed");
      expect((await call(port, { ca: authority }).failure(at(port), withToken)).message).toContain("self-signed");
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
    expect(seen).toEqual([]);
  });
});

describe("a pinned certificate", () => {
  it("[D6] is accepted by its fingerprint alone, also one that has signed itself", async () => {
    for (const pair of [selfSigned, signed]) {
      const { port, seen } = await serveTls(pair);
      const { fetch } = call(port, { fingerprint: fingerprintOf(pair.cert) });
      // Twice, over two connections: a resumed one shows no certificate.
      for (const _ of [1, 2])
        expect((await fetch(at(port), { headers: { authorization, connection: "close" } })).status).toBe(200);
      expect(seen).toEqual([authorization, authorization]);
    }
  });

  it.each([
    ["another certificate", signed, { fingerprint: fingerprintOf(selfSigned.cert) }, "fingerprint is pinned"],
    ["the pinned one, expired", expired, { fingerprint: fingerprintOf(expired.cert) }, "expired"],
    ["another one of the right authority", signed, { ca: authority, fingerprint: fingerprintOf(other.cert) }, "pinned"],
    [
      "the pinned one of a wrong authority",
      selfSigned,
      { ca: authority, fingerprint: fingerprintOf(selfSigned.cert) },
      "self-signed",
    ],
  ])("[D6] refuses %s, and no credential is sent", async (_, pair, trust, words) => {
    const { port, seen } = await serveTls(pair);
    const error = await call(port, trust).failure(at(port), withToken);
    expect(error).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });
    expect(error.message).toContain(words);
    expect(seen).toEqual([]);
  });

  it("[D6] sends nothing in the clear to the host that it is for", async () => {
    let hits = 0;
    const port = await listen(
      createHttpServer((_, response) => {
        hits++;
        response.end();
      }),
    );
    const error = await call(port, { fingerprint: fingerprintOf(signed.cert) }).failure(
      at(port).replace("https", "http"),
    );
    expect([error.outcome, hits]).toEqual(["refused", 0]);
  });
});

describe("a proxy", () => {
  it("[D6] is asked for the vetted address with its own password, and sees nothing of what goes through", async () => {
    const { port, seen } = await serveTls(signed);
    const proxy = await serveProxy();
    const { fetch, records } = call(port, { ca: authority }, { proxy: `http://us%40er:p%20w@127.0.0.1:${proxy.port}` });
    expect((await fetch(at(port), withToken)).status).toBe(200);
    const own = `Basic ${Buffer.from("us@er:p w").toString("base64")}`;
    expect(proxy.asked).toEqual([{ authority: `127.0.0.1:${port}`, authorization: own }]);
    expect(seen).toEqual([authorization]);
    expect(JSON.stringify(records)).not.toContain("p w");
  });

  it("[D6] changes nothing in how a certificate is checked", async () => {
    const { port, seen } = await serveTls(selfSigned);
    const proxy = await serveProxy();
    const through = { proxy: `http://127.0.0.1:${proxy.port}` };
    expect((await call(port, null, through).failure(at(port), withToken)).message).toContain("self-signed");
    const pin = { fingerprint: fingerprintOf(signed.cert) };
    expect((await call(port, pin, through).failure(at(port), withToken)).message).toContain("pinned");
    expect(seen).toEqual([]);
    const right = { fingerprint: fingerprintOf(selfSigned.cert) };
    expect((await call(port, right, through).fetch(at(port), withToken)).status).toBe(200);
  });

  it("[D6] leads nowhere that the policy denies: by address, by name, or by being there itself", async () => {
    const proxy = await serveProxy();
    const allow = { policy: { allowPrivate: [`127.0.0.1:${proxy.port}`] }, proxy: `http://127.0.0.1:${proxy.port}` };
    const inside = async () => [{ address: "10.1.2.3", family: 4 }];
    for (const url of ["http://169.254.169.254/latest", "https://10.0.0.1/x", "https://tracker.internal/x"]) {
      const error = await open({ ...allow, resolve: inside }).failure(url, withToken);
      expect(error).toMatchObject({ kind: "egress_refused", outcome: "refused" });
    }
    const outside = async () => [{ address: "93.184.216.34", family: 4 }];
    const hidden = { policy: { allowPrivate: [] }, proxy: "http://10.9.9.9:3128", resolve: outside };
    const error = await open(hidden).failure("https://tracker.example/x", withToken);
    expect(error).toMatchObject({ kind: "egress_refused", message: expect.stringContaining("10.9.9.9") });
    expect(proxy.asked).toEqual([]);
  });

  it("[D6] resolves a name for itself only where the operator has named the host", async () => {
    const { port } = await serveTls(signed);
    const proxy = await serveProxy();
    const unknown = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const through = { proxy: `http://127.0.0.1:${proxy.port}`, resolve: unknown };
    expect((await call(port, { ca: authority }, through).failure(at(port))).message).toContain("its name is not known");
    const policy = { allowPrivate: ["127.0.0.1", "tracker.internal"] };
    expect((await call(port, { ca: authority }, { ...through, policy }).fetch(at(port))).status).toBe(200);
    expect(proxy.asked).toMatchObject([{ authority: `tracker.internal:${port}` }]);
  });

  it.each([
    [407, "user name and password"],
    [403, "refuses to connect"],
    [502, "refuses to connect"],
  ])("[D6] that answers %i is said to be what failed, and nothing was sent", async (answer, words) => {
    const { port, seen } = await serveTls(signed);
    const proxy = await serveProxy(answer);
    const error = await call(port, { ca: authority }, { proxy: `http://127.0.0.1:${proxy.port}` }).failure(at(port), {
      ...withToken,
      method: "POST",
      body: "{}",
    });
    expect(error).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });
    expect(error.message).toContain(words);
    expect(seen).toEqual([]);
  });

  it("[D6] that is not there, or is no proxy, is said to be what failed", async () => {
    const { port } = await serveTls(signed);
    const gone = await call(port, { ca: authority }, { proxy: "http://127.0.0.1:1" }).failure(at(port));
    expect(gone.message).toContain("proxy cannot be reached");
    const noProxy = await call(port, { ca: authority }, { proxy: `http://127.0.0.1:${port}` }).failure(at(port));
    expect(noProxy).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });
  });
});
