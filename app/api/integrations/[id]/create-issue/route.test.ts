import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as getStatus } from "@/app/api/projects/[projectId]/creations/[creationId]/route";
import { callRoute } from "@/e2e/access/call";
import { makeExecutor } from "@/inngest/embedded/start";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { makeResult, makeScene, type Scene, work } from "@/lib/issues/test-scene";
import { POST } from "./route";

// The allow-list is read once, so it has to stand before anything is imported.
const sandbox = await vi.hoisted(async () => {
  const { startSandbox } = await import("@/e2e/sandbox/sandbox");
  const started = await startSandbox({ validate: false });
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = started.allow.join(",");
  process.env.FAULTLINE_LIMIT_CREATE = "130";
  return started;
});
afterAll(() => sandbox.close());

let scene: Scene;
let headers: Headers;
let resultId: string;
beforeAll(async () => {
  scene = await makeScene(sandbox.github);
});
beforeEach(async () => {
  const token = `flt_${randomUUID()}`;
  const { workspaceId, userId } = scene.member;
  await prisma.apiToken.create({
    data: {
      id: newId(),
      workspaceId,
      userId,
      name: "ci",
      prefix: "flt_",
      tokenHash: sha256(token),
      scopes: ["read", "issues"],
    },
  });
  headers = new Headers({ authorization: `Bearer ${token}` });
  ({ resultId } = await makeResult(scene.admin, scene.run, "pays"));
});

type Sent = { body?: object; query?: Record<string, string>; key?: string };
async function post({ body, query, key }: Sent = {}) {
  const sent = new Headers(headers);
  if (key) sent.set("idempotency-key", key);
  const params = Promise.resolve({ id: scene.integrationId });
  const response = await callRoute((request) => POST(request, { params }), sent, {
    method: "POST",
    path: "/api/integrations/{id}/create-issue",
    params: { id: scene.integrationId },
    query,
    body: {
      projectId: scene.projectId,
      title: "It fails",
      description: "Often.\n\n@here",
      resultIds: [resultId],
      ...body,
    },
  });
  return { status: response.status, body: await response.json() };
}

async function status(creationId: string) {
  const params = { projectId: scene.projectId, creationId };
  const path = "/api/projects/{projectId}/creations/{creationId}";
  const handler = (request: Request) => getStatus(request, { params: Promise.resolve(params) });
  return (await callRoute(handler, headers, { method: "GET", path, params })).json();
}

describe("POST /api/integrations/{id}/create-issue", () => {
  it("[G3] [K6] answers 202 with a status address that comes to show the issue", async () => {
    const started = await post();
    expect(started).toMatchObject({ status: 202, body: { creation: { id: expect.any(String), state: "queued" } } });
    const { id } = started.body.creation;
    expect(started.body.statusUrl).toBe(`${env().FAULTLINE_URL}/api/projects/${scene.projectId}/creations/${id}`);
    expect(await status(id)).toMatchObject({ creation: { id, state: "queued" } });
    await work();
    expect(await status(id)).toMatchObject({
      creation: { id, state: "created" },
      issue: {
        id: expect.any(String),
        key: expect.stringMatching(/^acme\/checkout#\d+$/),
        url: expect.any(String),
        title: "It fails",
        state: "open",
      },
    });
  });

  it("[K6] with ?wait it answers 201 when the issue is there in time, 202 when it is not", async () => {
    expect(await post({ query: { wait: "1" } })).toMatchObject({
      status: 202,
      body: { creation: { state: "queued" } },
    });
    // Asked before anybody works: whoever comes when the issue is there is told that it exists.
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "delay", delayMs: 500 });
    const answer = post({ query: { wait: "30" } });
    const executor = makeExecutor({ retryBaseMs: 5 });
    await executor.start();
    try {
      expect(await answer).toMatchObject({
        status: 201,
        body: { creation: { state: "created" }, issue: { title: "It fails" } },
      });
    } finally {
      await executor.stop(100);
    }
  });

  it("[G3] 100 calls at once with one key: one issue, the same answer; the key with another body: 422", async () => {
    const before = (await sandbox.issues("acme/checkout")).length;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 100 }, () => post({ key })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    await work();
    expect((await sandbox.issues("acme/checkout")).length - before).toBe(1);
    expect(await post({ key })).toEqual(answers[0]);
    expect(await post({ key, body: { title: "Another" } })).toMatchObject({
      status: 422,
      body: { kind: "invalid_input" },
    });
  });

  it("[G3] a result that has an issue is answered with it, and nothing is started", async () => {
    const { body } = await post();
    await work();
    const again = await post();
    expect(again).toMatchObject({
      status: 200,
      body: { exists: true, creation: { id: body.creation.id }, issue: { title: "It fails" } },
    });
    expect(await post({ body: { another: true } })).toMatchObject({ status: 202 });
  });

  it("[G5] refuses a title that the tracker would refuse, on its field, before anything is started", async () => {
    expect(await post({ body: { title: "x".repeat(257) } })).toMatchObject({
      status: 422,
      body: { fields: { title: expect.stringContaining("256") } },
    });
    expect(await prisma.issueCreationSource.count({ where: { resultId } })).toBe(0);
  });

  it("[G5] [K6] takes Markdown, which arrives as the tracker reads it", async () => {
    const markdown =
      "## Steps\n\n1. Pay\n2. Wait\n\n| code | text |\n| --- | --- |\n| 500 | **no** |\n\n- [x] seen by @octocat";
    const { body } = await post({ body: { description: { markdown } } });
    await work();
    const { issue } = await status(body.creation.id);
    const made = (await sandbox.issues("acme/checkout")).find(({ number }) => `acme/checkout#${number}` === issue.key);
    expect(made?.body).toContain("## Steps\n\n1. Pay\n2. Wait");
    expect(made?.body).toMatch(/\| code \| text \|\n\|[ -]+\|[ -]+\|\n\| 500 \| \*\*no\*\* \|/);
    expect(made?.body).toMatch(/- \[x\] seen by @\S*octocat/);
  });

  it("[G5] [K6] secrets in it are masked, which the answer says at once, by kind and count", async () => {
    const token = `ghp_${"a1".repeat(18)}`;
    const description = { markdown: `It fails:\n\n    authorization: token ${token}` };
    const { body } = await post({ body: { description } });
    expect(body.warnings).toMatchObject([{ kind: "secrets_masked", counts: { "GitHub token": 1 } }]);
    expect(JSON.stringify(body)).not.toContain(token);
    await work();
    const [made] = await sandbox.issues("acme/checkout");
    expect(JSON.stringify(made)).not.toContain(token);
    expect(await post({ body: { description, another: true, revealed: ["github-token-000000"] } })).toMatchObject({
      status: 422,
      body: { fields: { revealed: expect.any(String) } },
    });
  });

  it.each([
    ["a number", 7],
    ["an object of no shape that is known", { html: "<p>" }],
    ["Markdown that is no text", { markdown: 7 }],
    ["a document with a part of an unknown kind", { type: "doc", content: [{ type: "script" }] }],
    ["Markdown of more than a million characters", { markdown: "x".repeat(1_048_577) }],
  ])("[G5] a text that is %s: 422 on its field, in words", async (_, description) => {
    const { status: code, body } = await post({ body: { description } });
    expect({ code, body }).toMatchObject({
      code: 422,
      body: { fields: { description: expect.stringMatching(/\w{4}/) } },
    });
  });

  it.each([
    ["a guest", {}, 401],
    ["a description that is no document", { description: { type: "script" } }, 422],
    ["no results", { resultIds: [] }, 422],
    ["a malformed project", { projectId: "nonsense" }, 404],
    ["a repository that is not assigned", { externalProject: "acme/payments" }, 404],
  ])("[A4] refuses %s", async (who, body, expected) => {
    if (who === "a guest") headers = new Headers({ origin: "http://localhost:3000" });
    expect((await post({ body })).status).toBe(expected);
  });

  it("[K6] has a limit for each token, and says when it is over", async () => {
    const answers = await Promise.all(
      Array.from({ length: 131 }, () => post({ body: { externalProject: "no/such" } })),
    );
    const limited = answers.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.body).toMatchObject({ kind: "rate_limited", retryAt: expect.any(String) });
  });
});
