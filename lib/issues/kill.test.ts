import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { ask, makeScene, readCreation } from "./test-scene";

const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
});

/** A process that runs the executor on this test's database. */
async function startWorker(): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, "executor.child.ts"), {
    execArgv: ["--import", "tsx"],
    env: process.env,
  });
  children.push(child);
  await new Promise((resolve, reject) => child.once("message", resolve).once("exit", reject));
  return child;
}

const kill = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_, signal) => resolve(signal));
    child.kill("SIGKILL");
  });

async function until(isTrue: () => Promise<boolean>, timeoutMs = 45_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`not so within ${timeoutMs} ms`);
    await sleep(20);
  }
}

describe("a process that is killed", () => {
  it("[G3] between the POST to the tracker and its reply: one issue, one link", { timeout: 120_000 }, async () => {
    const scene = await makeScene(sandbox.github);
    const before = (await sandbox.issues("acme/checkout")).length;
    const count = async () => (await sandbox.issues("acme/checkout")).length - before;
    // The tracker creates the issue and never says so.
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "hang" });

    const first = await startWorker();
    const { creation } = await ask(scene);
    const id = creation?.id ?? "";
    await until(async () => (await count()) === 1);
    expect(await readCreation(id)).toMatchObject({ state: "sending", issueId: null });
    expect(await kill(first)).toBe("SIGKILL");
    expect(await readCreation(id)).toMatchObject({ state: "sending", issueId: null });

    await startWorker();
    await until(async () => (await readCreation(id)).state === "created");
    expect(await count()).toBe(1);
    expect(sandbox.calls().filter(({ method }) => method === "POST")).toHaveLength(1);
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
    expect(links).toMatchObject([{ resultId: scene.results[0].resultId, issueId: (await readCreation(id)).issueId }]);
    expect(await prisma.externalIssue.count({ where: { integrationId: scene.integrationId } })).toBe(1);
  });
});
