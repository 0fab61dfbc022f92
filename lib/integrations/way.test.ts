import { X509Certificate } from "node:crypto";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { authority, expired, selfSigned, server as signed } from "@/lib/http/test-certificates";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { inPairs, readAuthorities, readFingerprint } from "./certificates";
import { connectIntegration } from "./connect-integration";
import { editIntegration } from "./edit-integration";
import { connectInput, editInput } from "./inputs";
import { listIntegrations, showIntegration } from "./list-integrations";
import { openTracker } from "./open-tracker";
import { testConnection } from "./test-connection";
import { readWay, straightWay } from "./way";

// Before anything reads which addresses may be called.
vi.hoisted(() => {
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = "127.0.0.1";
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server | HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port; // it listens on TCP
}

/** A tracker of a network of its own, behind TLS; the keys that reached it. */
async function serveTracker({ cert, key }: typeof signed) {
  const seen: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    seen.push(request.headers["x-api-key"] as string); // sent once
    response.writeHead(200, { "content-type": "application/json" }).end('{"title":"Refund rounds down"}');
  });
  const port = await listen(server);
  return { seen, port, baseUrl: `https://127.0.0.1:${port}/issues/{issueId}` };
}

const key = "api-key-of-the-tracker-0123456789";
const input = (baseUrl: string, more: object = {}) =>
  connectInput.parse({
    ...{ provider: "simple-url", name: "Inside", baseUrl, authType: "api_key" },
    ...{ credential: { header: "X-API-Key", key } },
    ...more,
  });
const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256;
const refusalAt = (field: string, words: string) => ({
  kind: "invalid_input",
  fields: { [field]: expect.stringContaining(words) },
});

async function serveProxy() {
  const asked: { url: string | undefined; authorization: string | undefined }[] = [];
  const sockets: Socket[] = [];
  const server = createHttpServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request, client: Socket) => {
    asked.push({ url: request.url, authorization: request.headers["proxy-authorization"] });
    const upstream = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.push(socket);
      socket.on("error", () => socket.destroy());
    }
  });
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { asked, port: await listen(server) };
}

describe("an own authority", () => {
  it("[D6] is asked for by a server that nobody else knows, and shown again with its end and fingerprint", async () => {
    const { seen, baseUrl } = await serveTracker(signed);
    const admin = await makeAdmin();
    const report = await testConnection(admin, { ...input(baseUrl) });
    expect(report.failure?.message).toContain("unknown authority");
    expect(seen).toEqual([]);

    const { id } = await connectIntegration(admin, input(baseUrl, { caCertificate: authority }));
    expect(seen).toEqual([key]);
    const shown = await showIntegration(admin, id);
    expect(shown.certificates).toEqual([
      expect.objectContaining({
        subject: "Faultline test authority",
        validTo: "2120-01-01T00:00:00.000Z",
        fingerprint: fingerprintOf(authority),
        isExpired: false,
      }),
    ]);
    const { tracker } = await openTracker({ workspaceId: admin.workspaceId, integrationId: id });
    expect(await tracker.getIssue({ project: { remoteId: "site", key: "x" }, ref: "7" })).toMatchObject({
      title: "Refund rounds down",
    });
  });

  it.each([
    ["nothing in PEM", "hello", "no certificate"],
    ["a private key", `${signed.cert}${signed.key}`, "private key"],
    ["a server's own certificate", signed.cert, "Pin its fingerprint"],
    ["an expired one", expired.cert, "expired on 2021-01-01"],
    ["a broken one", authority.replace(/\n[A-Za-z0-9+/]{64}/, ""), "cannot be read"],
  ])("[D6] refuses %s, at its field", (_, text, words) => {
    expect(() => readAuthorities(text)).toThrow(expect.objectContaining(refusalAt("caCertificate", words)));
  });

  it("[D6] keeps the certificates alone of what was pasted; one that has signed itself is one", () => {
    const { pem, shown } = readAuthorities(`Bag attributes: x\n${authority}\nnoise\n${selfSigned.cert}`);
    expect(shown.map(({ subject }) => subject)).toEqual(["Faultline test authority", "tracker.internal"]);
    expect(pem.replace(/-----[A-Z ]+-----|[A-Za-z0-9+/=\s]/g, "")).toBe("");
    expect(readAuthorities(pem).pem).toBe(pem);
  });

  it("[D6] is refused where the address is not encrypted", () => {
    const attempt = () => readWay({ caCertificate: authority }, straightWay, "http://tracker.internal/{issueId}");
    expect(attempt).toThrow(expect.objectContaining(refusalAt("baseUrl", "https://")));
  });
});

describe("a pinned certificate", () => {
  it("[D6] is taken in any spelling, and refused when it is no SHA-256", () => {
    const pairs = fingerprintOf(signed.cert);
    const hex = pairs.replaceAll(":", "").toLowerCase();
    for (const text of [pairs, hex, `SHA256 Fingerprint=${pairs}`, ` ${pairs.toLowerCase()} `])
      expect(readFingerprint(text)).toBe(hex);
    expect(inPairs(hex)).toBe(pairs);
    for (const text of ["AB:CD", `${hex}00`, "z".repeat(64)])
      expect(() => readFingerprint(text)).toThrow(expect.objectContaining(refusalAt("tlsFingerprint", "64")));
  });

  it("[D6] takes the place of an authority, and only for that certificate", async () => {
    const { seen, baseUrl } = await serveTracker(selfSigned);
    const admin = await makeAdmin();
    const wrong = input(baseUrl, { tlsFingerprint: fingerprintOf(signed.cert) });
    await expect(connectIntegration(admin, wrong)).rejects.toMatchObject({
      kind: "tracker_unreachable",
      fields: { baseUrl: expect.stringContaining("pinned") },
    });
    expect(seen).toEqual([]);
    await connectIntegration(admin, input(baseUrl, { tlsFingerprint: fingerprintOf(selfSigned.cert) }));
    expect(seen).toEqual([key]);
  });
});

describe("a proxy", () => {
  it("[D6] [F5] is used by every call; its password is sealed, and no answer, audit row or log has it", async () => {
    const { seen, baseUrl } = await serveTracker(signed);
    const proxy = await serveProxy();
    const admin = await makeAdmin();
    const password = "proxy-password-0123456789";
    const way = { caCertificate: authority, proxy: `http://agent:${password}@127.0.0.1:${proxy.port}` };
    const { id } = await connectIntegration(admin, input(baseUrl, way));
    const { tracker } = await openTracker({ workspaceId: admin.workspaceId, integrationId: id });
    await tracker.getIssue({ project: { remoteId: "site", key: "x" }, ref: "7" });
    expect(seen).toEqual([key, key]);
    expect(proxy.asked.length).toBeGreaterThan(0);
    for (const { authorization } of proxy.asked)
      expect(authorization).toBe(`Basic ${Buffer.from(`agent:${password}`).toString("base64")}`);

    const shown = await showIntegration(admin, id);
    expect(shown.proxyHost).toBe(`127.0.0.1:${proxy.port}`);
    const everything = JSON.stringify([
      shown,
      await listIntegrations(admin),
      await prisma.integration.findMany(),
      await prisma.auditEntry.findMany(),
      await prisma.outboundCall.findMany(),
    ]);
    for (const form of [password, Buffer.from(`agent:${password}`).toString("base64")])
      expect(everything).not.toContain(form);
    expect(JSON.stringify([shown, await listIntegrations(admin)])).not.toContain("enc:v1:");
  });

  it("[D6] does not open in another integration's row", async () => {
    const { baseUrl } = await serveTracker(signed);
    const proxy = await serveProxy();
    const admin = await makeAdmin();
    const way = { caCertificate: authority, proxy: `http://127.0.0.1:${proxy.port}` };
    const one = await connectIntegration(admin, input(baseUrl, way));
    const other = await connectIntegration(admin, input(baseUrl, { name: "Other", caCertificate: authority }));
    const { sealedProxy } = await prisma.integration.findUniqueOrThrow({ where: { id: one.id } });
    await prisma.integration.update({ where: { id: other.id }, data: { sealedProxy } });
    const opening = openTracker({ workspaceId: admin.workspaceId, integrationId: other.id });
    await expect(opening).rejects.toMatchObject({ kind: "secret_unreadable" });
  });

  it.each([
    ["https://proxy.example", "http://"],
    ["socks5://proxy.example", "http://"],
    ["http://proxy.example/path", "not a proxy's address"],
    ["http://", "not a proxy's address"],
  ])("[D6] refuses %s, at its field", (proxy, words) => {
    const attempt = () => readWay({ proxy }, straightWay, "https://tracker.internal/");
    expect(attempt).toThrow(expect.objectContaining(refusalAt("proxy", words)));
  });

  it("[D6] that the operator has not allowed is refused", async () => {
    const { baseUrl, seen } = await serveTracker(signed);
    const report = await testConnection(await makeAdmin(), input(baseUrl, { proxy: "http://10.9.9.9:3128" }));
    expect(report.failure).toMatchObject({ kind: "egress_refused", message: expect.stringContaining("10.9.9.9") });
    expect(seen).toEqual([]);
  });
});

describe("editing", () => {
  async function makeInside() {
    const tracker = await serveTracker(signed);
    const admin = await makeAdmin();
    const { id } = await connectIntegration(admin, input(tracker.baseUrl, { caCertificate: authority }));
    return { ...tracker, admin, id };
  }
  const again = refusalAt("credential.key", "enter this again");

  it("[D4] [F5] demands the secret again for another way: it could lead to whoever changed it", async () => {
    const { admin, id, seen } = await makeInside();
    const proxy = await serveProxy();
    const changes = [
      { proxy: `http://127.0.0.1:${proxy.port}` },
      { tlsFingerprint: fingerprintOf(selfSigned.cert) },
      { caCertificate: selfSigned.cert },
      { caCertificate: null },
    ];
    for (const change of changes) {
      await expect(editIntegration(admin, id, editInput.parse(change))).rejects.toMatchObject(again);
      await expect(testConnection(admin, { integrationId: id, ...editInput.parse(change) })).rejects.toMatchObject(
        again,
      );
    }
    expect(seen).toEqual([key]);
    expect(proxy.asked).toEqual([]);
    // With the secret it is tried there, and stored.
    const change = { proxy: `http://127.0.0.1:${proxy.port}`, credential: { key } };
    await editIntegration(admin, id, editInput.parse(change));
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(await showIntegration(admin, id)).toMatchObject({ proxyHost: `127.0.0.1:${proxy.port}` });
  });

  it("[D4] keeps the way and the secret where nothing of them is given, and an empty proxy says nothing", async () => {
    const { admin, id, seen } = await makeInside();
    await editIntegration(admin, id, editInput.parse({ name: "Renamed", credential: { key: "" }, proxy: "" }));
    expect(await showIntegration(admin, id)).toMatchObject({ name: "Renamed", certificates: [{}], proxyHost: null });
    expect(seen).toEqual([key]);
  });

  it("[D4] shows what is no secret again, keeps the secret when only that changes, and tries both together", async () => {
    const { admin, id, seen } = await makeInside();
    expect((await showIntegration(admin, id)).credential).toEqual({ header: "X-API-Key" });
    await editIntegration(admin, id, editInput.parse({ credential: { header: "x-api-key", scheme: "Key" } }));
    expect(seen).toEqual([key, `Key ${key}`]);
    expect((await showIntegration(admin, id)).credential).toEqual({ header: "x-api-key", scheme: "Key" });
    // What is shown in the form can be taken out of it.
    await editIntegration(admin, id, editInput.parse({ credential: { scheme: "" } }));
    expect((await showIntegration(admin, id)).credential).toEqual({ header: "x-api-key" });
    expect(seen.at(-1)).toBe(key);
  });

  it("[D4] takes another way to sign in with a credential of its own, and ends what people had authorized", async () => {
    const { admin, id, seen } = await makeInside();
    const { workspaceId, userId } = admin;
    await prisma.connection.create({ data: { workspaceId, integrationId: id, userId, sealedSecret: "x" } });
    expect((await showIntegration(admin, id)).ownConnections).toBe(1);
    await editIntegration(admin, id, editInput.parse({ authType: "none" }));
    expect(await showIntegration(admin, id)).toMatchObject({ authType: "none", credential: {}, ownConnections: 0 });
    const own = await prisma.connection.findFirstOrThrow({ where: { integrationId: id, userId } });
    expect(own.status).toBe("needs_reauthorization");

    // Nothing of the earlier one is left to keep.
    const back = { authType: "api_key", credential: { header: "X-API-Key" } };
    await expect(editIntegration(admin, id, editInput.parse(back))).rejects.toMatchObject({
      fields: { "credential.key": expect.stringContaining("missing") },
    });
    expect(seen).toEqual([key]);
  });
});
