import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { callRoute } from "@/e2e/access/call";
import { sandbox } from "@/e2e/vitest/sandbox";
import { createApiToken } from "@/lib/auth/tokens";
import { prisma } from "@/lib/db/client";
import { ask, type FreshScene, makeFreshScene, passTime, workUntil } from "@/lib/issues/test-scene";
import { takeOver } from "./kill/take-over";
import { expectOne, fillForm } from "./one-issue";
import { figure } from "./scale";

vi.hoisted(() => {
  process.env.FAULTLINE_LIMIT_CREATE = "10000";
});

// After the sandbox: which addresses may be called is read once.
const { POST } = await import("@/app/api/integrations/[id]/create-issue/route");

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const calls = 100;
let answers = 0;
afterAll(() => figure(`different answers to ${calls} calls at once with one Idempotency-Key`, answers, 1));

async function tokenOf({ member }: FreshScene): Promise<string> {
  const { token } = await createApiToken(member, { name: "ci", scopes: ["read", "issues"], expiresInDays: null });
  return token;
}

async function post(token: string, key: string, body: object) {
  const headers = new Headers({ authorization: `Bearer ${token}`, "idempotency-key": key });
  const params = { id: scene.integrationId };
  const path = "/api/integrations/{id}/create-issue";
  const handler = (request: Parameters<typeof POST>[0]) => POST(request, { params: Promise.resolve(params) });
  const response = await callRoute(handler, headers, { method: "POST", path, params, body });
  return { status: response.status, text: await response.text() };
}

it(`[G3] ${calls} calls at once with one Idempotency-Key: one issue, the same answer; with another body: 422`, async () => {
  const [{ resultId }] = scene.results;
  const [token, key] = [await tokenOf(scene), randomUUID()];
  const body = {
    projectId: scene.projectId,
    title: "Payment times out",
    description: "Often.",
    resultIds: [resultId],
  };
  const all = await Promise.all(Array.from({ length: calls }, () => post(token, key, body)));
  answers = new Set(all.map(({ status, text }) => `${status} ${text}`)).size;
  expect(answers).toBe(1);
  expect(all[0]).toMatchObject({ status: 202 });
  const { creation } = JSON.parse(all[0]?.text ?? "{}");

  expect((await post(token, key, { ...body, title: "Something else" })).status).toBe(422);
  await takeOver(sandbox, [creation.id]);
  expect(await post(token, key, body)).toMatchObject({ status: 202 });
  await expectOne(scene, creation.id);
  expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(1);
});

it("[G3] a double click, two tabs and two people at once: one issue, and each is told of the same one", async () => {
  const [form, theirs] = [await fillForm(scene), await fillForm(scene)];
  const { draftId: _, ...bare } = theirs;
  const asked = await Promise.all([
    ask(scene, form),
    ask(scene, form),
    ask(scene, theirs),
    ask(scene, bare, scene.owner),
    ask(scene, bare, scene.owner),
  ]);
  const ids = new Set(asked.map(({ creation }) => creation?.id));
  expect(asked.filter(({ outcome }) => outcome === "started")).toHaveLength(1);
  expect(ids.size).toBe(1);
  const [id = ""] = [...ids].map(String);
  await takeOver(sandbox, [id]);
  expect(await ask(scene, bare, scene.owner)).toMatchObject({ outcome: "exists" });
  await expectOne(scene, id);
});

it("[G3] a search index that lags 60 s, and lists that lag nearly as long as a call may settle: one issue", async () => {
  const form = await fillForm(scene);
  sandbox.lag.set({ searchSeconds: 60, listSeconds: 11 });
  sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
  await ask(scene, form);
  await workUntil(form.draftId, "unknown");
  await passTime(1_000);
  await takeOver(sandbox, [form.draftId]);
  await expectOne(scene, form.draftId);
  expect(scene.posts()).toHaveLength(1);
});
