import type { RequestListener, ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { followReads } from "./follow";
import { outcomeOf } from "./outcome";
import { afterBody, open, post, readBody, serve, servers } from "./test-server";

it("[K2] sends a request as it was given and hands back the whole answer", async () => {
  const url = await serve(async (request, response) => {
    const body = await readBody(request);
    response.writeHead(201, { "x-github-request-id": "ab:12", "x-ratelimit-remaining": "41" });
    response.end(
      JSON.stringify({ method: request.method, url: request.url, body, auth: request.headers.authorization }),
    );
  });
  const leftOf = (headers: Headers) => ({ limit: 60, remaining: Number(headers.get("x-ratelimit-remaining")) });
  const { fetch, records } = open({ attempt: 3, leftOf });

  const headers = { authorization: "Bearer s3cret-token" };
  const response = await fetch(`${url}/repos/acme/x/issues?secret=1`, { ...post, headers, template: "/repos/{o}/{r}" });

  expect(response.url).toBe(`${url}/repos/acme/x/issues?secret=1`);
  expect(await response.json()).toEqual({
    method: "POST",
    url: "/repos/acme/x/issues?secret=1",
    body: post.body,
    auth: "Bearer s3cret-token",
  });
  expect(records).toEqual([
    {
      method: "POST",
      host: new URL(url).host,
      pathTemplate: "/repos/{o}/{r}",
      status: 201,
      durationMs: expect.any(Number),
      outcome: "accepted",
      attempt: 3,
      runId: "run",
      rateLimitRemaining: 41,
      rateLimit: 60,
      requestId: "ab:12",
      errorCode: null,
    },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/secret|title|s3cret/);
});

it("[K2] reads a compressed answer", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("hello"));
  });
  expect(await (await open().fetch(url)).text()).toBe("hello");
});

it.each([
  [200, "accepted"],
  [201, "accepted"],
  [204, "accepted"],
  [301, "refused"],
  [304, "refused"],
  [401, "refused"],
  [404, "refused"],
  [408, "unknown"],
  [422, "refused"],
  [429, "refused"],
  [500, "unknown"],
  [502, "unknown"],
  [503, "unknown"],
])("[G3] an answer %i counts as %s and is never repeated", async (status, outcome) => {
  let hits = 0;
  const url = await serve(
    afterBody((response) => {
      hits++;
      response.writeHead(status, { location: "/elsewhere" }).end();
    }),
  );
  const { fetch, records } = open();
  expect((await fetch(url, post)).status).toBe(status);
  expect(records.map((call) => call.outcome)).toEqual([outcome]);
  expect(hits).toBe(1);
});

it.each<[string, RequestListener, string]>([
  ["reset after the request", afterBody((response) => response.socket?.resetAndDestroy()), "tracker_unreadable"],
  ["closed without an answer", afterBody((response) => response.socket?.end()), "tracker_unreadable"],
  ["silence", afterBody(() => undefined), "timed_out"],
  [
    "half an answer",
    afterBody((response) => {
      response.writeHead(201, { "content-length": "100" }).write('{"id":');
      setTimeout(() => response.socket?.destroy(), 20);
    }),
    "tracker_unreadable",
  ],
  [
    "one byte at a time",
    afterBody((response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    }),
    "timed_out",
  ],
  [
    "a bad compression",
    afterBody((r) => r.writeHead(200, { "content-encoding": "gzip" }).end("no")),
    "tracker_unreadable",
  ],
  [
    "a compression bomb",
    afterBody((r) => r.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000)))),
    "tracker_unreadable",
  ],
  ["an endless body", afterBody((response) => endless(response)), "tracker_unreadable"],
  [
    "a declared huge body",
    afterBody((r) => r.writeHead(200, { "content-length": "99999999" }).write("x")),
    "tracker_unreadable",
  ],
])("[G3] %s leaves a write unknown", async (_, listener, kind) => {
  const url = await serve(listener);
  const { failure, records } = open({ deadlineMs: 400, maxBytes: 100_000 });
  const error = await failure(url, post);
  expect(error).toMatchObject({ kind, outcome: "unknown" });
  expect(records).toMatchObject([{ outcome: "unknown", errorCode: kind }]);
});

function endless(response: ServerResponse) {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384)));
  };
  response.on("drain", more);
  more();
}

it("[G3] half of a refusal is still a refusal", async () => {
  const url = await serve(
    afterBody((response) => {
      response.writeHead(422, { "content-length": "100" }).write("{");
      setTimeout(() => response.socket?.destroy(), 20);
    }),
  );
  expect(await open().failure(url, post)).toMatchObject({ outcome: "refused", status: 422 });
});

it("[G3] what failed before a byte was written did not happen", async () => {
  const closed = await serve(() => undefined);
  servers.pop()?.close();
  expect(await open().failure(closed, post)).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });

  const nowhere = open({
    resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })),
  });
  const unknownName = await nowhere.failure("https://tracker.test", post);
  expect(unknownName).toMatchObject({ kind: "tracker_unreachable", outcome: "refused" });
  expect(unknownName.message).toBe("tracker.test cannot be reached: its name is not known.");

  // Plain HTTP where TLS is expected: the handshake fails and the request stays with us.
  let bytes = "";
  const plain = createTcpServer((socket) => {
    socket.on("data", (chunk) => {
      bytes += chunk.toString("latin1");
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const { port } = plain.address() as AddressInfo; // it listens on TCP
  expect(await open().failure(`https://127.0.0.1:${port}`, post)).toMatchObject({
    kind: "tracker_unreachable",
    outcome: "refused",
  });
  expect(bytes).not.toContain("title");
  plain.close();

  const slowName = open({ deadlineMs: 50, resolve: () => new Promise(() => undefined) });
  expect(await slowName.failure("https://tracker.test", post)).toMatchObject({ outcome: "refused" });
});

it("[G3] a request given up while it waited for a connection is never sent", async () => {
  let hits = 0;
  const url = await serve((_, response) => {
    hits++;
    response.end();
  });
  let answer: (addresses: { address: string; family: number }[]) => void = () => undefined;
  const late = open({ deadlineMs: 50, resolve: () => new Promise((resolve) => (answer = resolve)) });
  expect(await late.failure(url.replace("127.0.0.1", "tracker.test"), post)).toMatchObject({ outcome: "refused" });
  answer([{ address: "127.0.0.1", family: 4 }]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(hits).toBe(0);
});

it("[G3] nothing is written without a run of a job", async () => {
  let hits = 0;
  const url = await serve((_, response) => {
    hits++;
    response.end("ok");
  });
  const { fetch, failure } = open({ runId: undefined });
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    expect(await failure(url, { method })).toMatchObject({ kind: "write_outside_job", outcome: "refused" });
  }
  expect(hits).toBe(0);
  expect((await fetch(url)).status).toBe(200);
  // A query that no address could hold comes as POST; who sends it vouches for it.
  expect((await fetch(url, { ...post, isRead: true })).status).toBe(200);
});

it.each([
  "http://127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f.1:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
])("[D3] a private address is refused however it is written: %s", async (address) => {
  let hits = 0;
  const url = await serve((_, response) => {
    hits++;
    response.end();
  });
  const { failure } = open({ policy: { allowPrivate: [] } });
  const error = await failure(address.replace("PORT", new URL(url).port));
  expect(error).toMatchObject({ kind: "egress_refused", outcome: "refused" });
  expect(error.message).toContain("FAULTLINE_ALLOW_PRIVATE_NETWORKS");
  expect(hits).toBe(0);
});

it.each(["ftp://host.test/", "file:///etc/passwd", "data:text/plain,x", "https://me:pw@host.test/", "nonsense"])(
  "[D3] %s is not an address to call",
  async (address) => {
    expect(await open().failure(address)).toMatchObject({ kind: "egress_refused", outcome: "refused" });
  },
);

it("[D3] the socket goes to the address that was vetted, and one private address among several refuses the name", async () => {
  const url = await serve((request, response) => response.end(request.headers.host));
  const { port } = new URL(url);
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  const policy = { allowPrivate: [`tracker.test:${port}`] };
  const response = await open({ policy, resolve }).fetch(`http://tracker.test:${port}/`);
  expect(await response.text()).toBe(`tracker.test:${port}`);

  const mixed = async () => [
    { address: "140.82.121.6", family: 4 },
    { address: "10.0.0.1", family: 4 },
  ];
  const rebound = open({ policy: { allowPrivate: [] }, resolve: mixed });
  expect(await rebound.failure("http://tracker.test/")).toMatchObject({ kind: "egress_refused" });
});

it("[D3] metadata endpoints stay closed even inside an allowed network", async () => {
  const { failure } = open({ policy: { allowPrivate: ["0.0.0.0/0"] } });
  expect(await failure("http://169.254.169.254/latest/meta-data/")).toMatchObject({ kind: "egress_refused" });
});

it("[K2] a redirect is handed back, not followed", async () => {
  const url = await serve((_, response) => response.writeHead(302, { location: "http://10.0.0.1/" }).end());
  expect((await open().fetch(url)).status).toBe(302);
});

it("[D3] a read that is followed by hand is vetted at every hop and keeps credentials at home", async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers.authorization, request.headers["private-token"]?.toString(), request.headers.accept);
    response.end("there");
  });
  const url = await serve((request, response) => {
    if (request.url === "/same") response.writeHead(301, { location: "/next" }).end();
    else if (request.url === "/next") response.end(request.headers.authorization);
    else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (request.url === "/private") response.writeHead(302, { location: "http://10.0.0.1/" }).end();
    else response.writeHead(302, { location: `${other}/` }).end();
  });
  const { fetch } = open();
  const headers = { authorization: "Bearer x", "private-token": "y", accept: "application/json" };

  expect(await (await followReads(fetch, `${url}/same`, { headers })).text()).toBe("Bearer x");
  expect(await (await followReads(fetch, `${url}/other`, { headers })).text()).toBe("there");
  expect(seen).toEqual([undefined, undefined, "application/json"]);
  await expect(followReads(fetch, `${url}/loop`)).rejects.toMatchObject({ kind: "tracker_unreadable" });
  await expect(followReads(fetch, `${url}/private`)).rejects.toMatchObject({ kind: "egress_refused" });
  expect((await followReads(fetch, `${url}/same`, { ...post, headers })).status).toBe(301);
});

it.each<[string, RequestListener]>([
  [
    "whose rest never came",
    (_, response) => {
      response.writeHead(201, { "x-left": "41", "x-request-id": "ab:12", "content-length": "100" }).write("{");
      setTimeout(() => response.socket?.destroy(), 20);
    },
  ],
  [
    "whose body cannot be unpacked",
    (_, response) => {
      response.writeHead(200, { "x-left": "41", "x-request-id": "ab:12", "content-encoding": "gzip" }).end("no");
    },
  ],
  [
    "that is too large",
    (_, response) => {
      response.writeHead(200, { "x-left": "41", "x-request-id": "ab:12" }).end(Buffer.alloc(200_000));
    },
  ],
])("[K2] [K4] of an answer %s the record keeps what its head said", async (_, listener) => {
  const url = await serve(listener);
  const leftOf = (headers: Headers) => ({ limit: 60, remaining: Number(headers.get("x-left")) });
  const { failure, records } = open({ leftOf, maxBytes: 100_000 });
  await failure(url);
  expect(records).toMatchObject([{ outcome: "unknown", rateLimitRemaining: 41, rateLimit: 60, requestId: "ab:12" }]);
});

it("[K2] an error that nobody foresaw counts as unknown", () => {
  expect(outcomeOf(new TypeError("what?"))).toBe("unknown");
});
