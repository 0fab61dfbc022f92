import { type ChildProcess, spawn } from "node:child_process";
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
import { expectOne } from "../one-issue";
import { figure } from "../scale";
import { points } from "./points";
import { goOn } from "./take-over";
import { until } from "./victim";

const root = path.resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "faultline-server-"));
const record = path.join(folder, "reached");
const port = await freeLocalPort(0);
const url = `http://localhost:${port}`;
let server: ChildProcess | undefined;
let died = 0;

afterEach(() => void server?.kill("SIGKILL"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  figure("points at which the built server was killed", died, points.length);
});

/** The built product as `npm start` runs it, on this test's database. */
async function startServer(order?: object): Promise<{ died: Promise<NodeJS.Signals | null> }> {
  const preload = `--import ${path.join(import.meta.dirname, "preload.mjs")}`;
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/next/dist/bin/next"), "start", "-p", `${port}`],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{ NODE_ENV: "production", FAULTLINE_URL: url, NEXTAUTH_URL: url, PORT: `${port}` },
        ...{ NEXT_MANUAL_SIG_HANDLE: "true", NODE_OPTIONS: preload },
        ...(order && { FAULTLINE_KILL: JSON.stringify(order) }),
      },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  server = child;
  const died = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  const isReady = () =>
    fetch(`${url}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(
    () => isReady(),
    60_000,
    () => "the server is not ready",
  );
  return { died };
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
  const first = await startServer({ name: point.name, watch: point.watch, act, record });
  const answered = ask().then(
    ({ status }) => status,
    () => null,
  );
  if (point.waitsForIssue) {
    await until(async () => (await scene.createdCount()) === 1, 20_000);
    server?.kill("SIGKILL");
  }
  expect(await first.died).toBe("SIGKILL");
  expect(existsSync(record) && readFileSync(record, "utf8")).toBe(point.name);
  died++;
  // Whoever works may be faster than the answer.
  expect(point.who === "asked" ? [null] : [null, 202]).toContain(await answered);
  if (point.left.issues !== null) expect(await scene.createdCount()).toBe(point.left.issues);
  sandbox.faults.clear();

  await startServer();
  // Who got no answer repeats the request under its key; an unfinished one is taken over after half a minute.
  if (point.who === "asked") expect((await ask()).status).toBe(202);
  const { id } = await prisma.issueCreation.findFirstOrThrow({ where: { projectId: scene.projectId } });
  const { tookMs } = await goOn(sandbox, [id]);
  expect(tookMs).toBeLessThan(72_000);
  await expectOne(scene, id);
});
