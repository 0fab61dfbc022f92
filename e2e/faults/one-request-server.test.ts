import { randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { createApiToken } from "@/lib/auth/tokens";
import { prisma } from "@/lib/db/client";
import { makeFreshScene } from "@/lib/issues/test-scene";
import { type BuiltServer, startBuiltServer } from "./built-server";
import { goOn } from "./kill/take-over";
import { expectOne } from "./one-issue";
import { figure } from "./scale";

const calls = 100;
const servers: BuiltServer[] = [];
let answers = 0;

afterAll(() => {
  for (const { child } of servers) child.kill("SIGKILL");
  figure(`different answers to ${calls} calls over HTTP to two servers at once with one Idempotency-Key`, answers, 1);
});

it(`[G3] ${calls} calls over HTTP to two servers with one Idempotency-Key: one issue, one answer; with another body: 422`, async () => {
  // One installation has one address, whichever of its processes answers.
  const env = { FAULTLINE_LIMIT_CREATE: "10000", FAULTLINE_URL: "http://localhost" };
  servers.push(...(await Promise.all([startBuiltServer({ env }), startBuiltServer({ env })])));
  const scene = await makeFreshScene(sandbox);
  const { token } = await createApiToken(scene.member, { name: "ci", scopes: ["read", "issues"], expiresInDays: null });
  const key = randomUUID();
  const form = {
    projectId: scene.projectId,
    title: "Payment times out",
    description: "Often.",
    resultIds: [scene.results[0].resultId],
  };
  const post = async ({ url }: BuiltServer, body: object) => {
    const response = await fetch(`${url}/api/integrations/${scene.integrationId}/create-issue`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const half = Array.from({ length: calls / servers.length });

  const all = await Promise.all(half.flatMap(() => servers.map((server) => post(server, form))));
  expect(all).toHaveLength(calls);
  answers = new Set(all.map(({ status, text }) => `${status} ${text}`)).size;
  expect(answers).toBe(1);
  expect(all[0]).toMatchObject({ status: 202 });
  const { creation } = JSON.parse(all[0]?.text ?? "{}");

  for (const server of servers) expect((await post(server, { ...form, title: "Something else" })).status).toBe(422);
  await goOn(sandbox, [creation.id]);
  for (const server of servers) expect(await post(server, form)).toEqual(all[0]);
  await expectOne(scene, creation.id);
  expect(scene.posts()).toHaveLength(1);
  expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(1);
});
