import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { createApiToken } from "@/lib/auth/tokens";
import { prisma } from "@/lib/db/client";
import { makeFreshScene } from "@/lib/issues/test-scene";
import { freeLocalPort } from "@/scripts/lib/ports.mjs";
import { type BuiltServer, startBuiltServer } from "../built-server";
import { expectOne, stuckAfterMs } from "../one-issue";
import { figure } from "../scale";
import { leastPoints, points } from "./points";
import { goOn } from "./take-over";
import { until } from "./victim";

const folder = mkdtempSync(path.join(tmpdir(), "faultline-server-"));
const record = path.join(folder, "reached");
const port = await freeLocalPort(0);
const url = `http://localhost:${port}`;
let server: BuiltServer | undefined;
const died = new Set<string>();

afterEach(() => void server?.child.kill("SIGKILL"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  figure("points at which the built server was killed", died.size, `≥ ${leastPoints}`);
});

/** On one port, as a server that is started again. */
async function start(order?: object): Promise<BuiltServer> {
  const preload = `--import ${path.join(import.meta.dirname, "preload.mjs")}`;
  const env = { NODE_OPTIONS: preload, ...(order && { FAULTLINE_KILL: JSON.stringify(order) }) };
  server = await startBuiltServer({ port, env });
  return server;
}

it.each(points)("[G3] exactly one issue when the built server is killed at $name", async (point) => {
  const scene = await makeFreshScene(sandbox);
  const { token } = await createApiToken(scene.member, { name: "ci", scopes: ["read", "issues"], expiresInDays: null });
  if (point.fault) sandbox.faults.add(point.fault);
  const key = randomUUID();
  const ask = () =>
    fetch(`${url}/api/integrations/${scene.integrationId}/create-issue`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({
        projectId: scene.projectId,
        title: "Payment times out",
        description: "Often.",
        resultIds: [scene.results[0].resultId],
        fields: { severity: "high" },
      }),
    });

  rmSync(record, { force: true });
  const act = point.waitsForIssue ? "hold" : "kill";
  const first = await start({ name: point.name, watch: point.watch, act, record });
  const answered = ask().then(
    ({ status }) => status,
    () => null,
  );
  if (point.waitsForIssue) {
    await until(async () => (await scene.createdCount()) === 1, 20_000);
    server?.child.kill("SIGKILL");
  }
  expect(await first.died).toBe("SIGKILL");
  expect(existsSync(record) && readFileSync(record, "utf8")).toBe(point.name);
  died.add(point.name);
  // Whoever works may be faster than the answer.
  expect(point.who === "asked" ? [null] : [null, 202]).toContain(await answered);
  if (point.left.issues !== null) expect(await scene.createdCount()).toBe(point.left.issues);
  sandbox.faults.clear();

  await start();
  // Who got no answer repeats the request under its key; an unfinished one is taken over after half a minute.
  if (point.who === "asked") expect((await ask()).status).toBe(202);
  const { id } = await prisma.issueCreation.findFirstOrThrow({ where: { projectId: scene.projectId } });
  const { tookMs } = await goOn(sandbox, [id]);
  expect(tookMs).toBeLessThanOrEqual(stuckAfterMs);
  await expectOne(scene, id, point);
});

it("[G3] it died at every point, and those are enough", () => {
  expect([...died]).toEqual(points.map(({ name }) => name));
  expect(died.size).toBeGreaterThanOrEqual(leastPoints);
});
