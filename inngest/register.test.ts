import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeEach, expect, it } from "vitest";
import { becomeClientOf } from "@/e2e/conformance/client-of";

type Received = { path: string; authorization: string | undefined; body: unknown };

const received: Received[] = [];
let answers: { status: number; body: object }[] = [];
const http = createServer(async (request, response) => {
  const { url = "", headers } = request;
  received.push({ path: url, authorization: headers.authorization, body: await json(request) });
  const { status, body } = answers.shift() ?? { status: 200, body: { ok: true, modified: true } };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
http.listen(0, "127.0.0.1");
await once(http, "listening");
const address = http.address();

const keyHex = "5a".repeat(32);
becomeClientOf({
  url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
  ...{ eventKey: "register", signingKey: `signkey-prod-${keyHex}` },
});
const { register, startRegistering } = await import("./register");
const { functions } = await import("./functions/index");
// Only now: it reads the environment.
const { until } = await import("@/inngest/embedded/testing");

afterAll(() => http.close());
beforeEach(() => {
  received.length = 0;
  answers = [];
});

const served = { functions, origin: "https://faultline.example" };

it("[K8] tells the server with the signing key which functions there are, and where", async () => {
  expect(await register(served)).toBe(true);
  const digest = createHash("sha256").update(Buffer.from(keyHex, "hex")).digest("hex");
  expect(received).toMatchObject([
    {
      path: "/fn/register",
      authorization: `Bearer signkey-prod-${digest}`,
      body: {
        url: "https://faultline.example/api/inngest",
        appName: "faultline",
        functions: functions.map((fn) => ({
          id: fn.id("faultline"),
          steps: {
            step: {
              runtime: {
                url: `https://faultline.example/api/inngest?fnId=${fn.id("faultline")}&stepId=step`,
              },
            },
          },
        })),
      },
    },
  ]);
});

it("[K8] says when the server knows them already, and when it does not take them", async () => {
  answers = [
    { status: 200, body: { ok: true, skipped: true, modified: false } },
    { status: 401, body: { status: 401, error: "Authentication failed" } },
  ];
  expect(await register(served)).toBe(false);
  await expect(register(served)).rejects.toMatchObject({ kind: "unavailable" });
});

it("[K8] tries again until the server takes them, and then no more", async () => {
  answers = Array.from({ length: 3 }, () => ({ status: 503, body: { status: 503, error: "not yet" } }));
  const stop = startRegistering(served, 10);
  await until(() => received.length === 4);
  await new Promise((done) => setTimeout(done, 300));
  expect(received).toHaveLength(4);
  stop();
});

it("[K8] ends with the process", async () => {
  answers = Array.from({ length: 100 }, () => ({ status: 503, body: { status: 503, error: "not yet" } }));
  const stop = startRegistering(served, 10);
  await until(() => received.length === 2);
  stop();
  const { length } = received;
  await new Promise((done) => setTimeout(done, 200));
  expect(received.length).toBeLessThanOrEqual(length + 1);
});
