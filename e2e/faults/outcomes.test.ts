import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultInput } from "@/e2e/sandbox/faults";
import { sandbox } from "@/e2e/vitest/sandbox";
import { makeExecutor } from "@/inngest/embedded/start";
import { prisma } from "@/lib/db/client";
import { retryCreation } from "@/lib/issues/retry-creation";
import { showCreation } from "@/lib/issues/show-creation";
import { makeScene, type Scene, start } from "@/lib/issues/test-scene";
import { takeOver } from "./kill/take-over";
import { figure } from "./scale";

/*
 * What a tracker may answer to the creating call although it has made the issue, and where it has not. All creations go
 * through these at the same time, each with a connection of its own: one of them lasts as long as a call may.
 */
type Case = {
  name: string;
  fault?: FaultInput;
  repository?: string;
  /** What the person sees until the issue is found. */
  shows: string;
  posts: number;
};

const doubt = "the outcome is unknown, and is looked for";
const cases: Case[] = [
  { name: "reset after it was created", fault: { mode: "drop-reply" }, shows: doubt, posts: 1 },
  { name: "reset before it was created", fault: { mode: "reset" }, shows: doubt, posts: 2 },
  { name: "half a response", fault: { mode: "truncate" }, shows: doubt, posts: 1 },
  { name: "500 after it was created", fault: { mode: "status", status: 500, after: true }, shows: doubt, posts: 1 },
  { name: "502 without it", fault: { mode: "status", status: 502 }, shows: doubt, posts: 2 },
  { name: "408", fault: { mode: "status", status: 408, after: true }, shows: doubt, posts: 1 },
  { name: "no answer until the deadline", fault: { mode: "hang" }, shows: doubt, posts: 1 },
  { name: "201 with broken JSON", fault: { mode: "bad-json" }, shows: doubt, posts: 1 },
  {
    name: "201 with another content type",
    fault: { mode: "headers", headers: { "content-type": "text/html" } },
    shows: doubt,
    posts: 1,
  },
  {
    name: "a body that comes byte by byte past the deadline",
    fault: { mode: "slow-body", delayMs: 1_000 },
    shows: doubt,
    posts: 1,
  },
  { name: "301, the repository was renamed", repository: "acme/payments", shows: "created", posts: 2 },
  {
    name: "a sign-in page after it was created",
    fault: { mode: "html", after: true },
    shows: "somebody has to see to the connection",
    posts: 1,
  },
];

type Filed = Case & { scene: Scene; title: string; id: string };
const filed: Filed[] = [];

beforeAll(async () => {
  for (const one of cases) {
    const scene = await makeScene({ ...sandbox.github, ...(one.repository && { repository: one.repository }) });
    const title = `Fault: ${one.name}`;
    if (one.fault) sandbox.faults.add({ method: "POST", path: "/issues$", sent: `"${title}"`, ...one.fault });
    filed.push({ ...one, scene, title, id: "" });
  }
  await sandbox.rename("acme/payments", "acme/billing");
  for (const one of filed) one.id = await start(one.scene, { title: one.title });

  // Until each call has ended in some way, the slowest at its deadline; nothing is found in the meantime.
  sandbox.faults.add({ method: "GET", path: "/issues\\?", mode: "status", status: 503, times: "always" });
  const executor = makeExecutor();
  await executor.start();
  while ((await prisma.issueCreation.count({ where: { state: { in: ["queued", "sending"] } } })) > 0) await sleep(50);
  await executor.stop(2_000);
  sandbox.faults.clear();
}, 120_000);

afterAll(() => figure("ways in which a tracker's answer failed, one issue each", filed.length, "8"));

it.each(cases)("[G3] [G11] $name: $shows", async ({ name }) => {
  const { scene, id, shows } = caseOf(name);
  const { creation, issue } = await showCreation(scene.member, id);
  if (shows === "created") expect(issue).toMatchObject({ key: expect.any(String) });
  else {
    expect(issue).toBeUndefined();
    expect(creation.error?.message).toMatch(/^\S.{20,}\.$/s);
    expect(creation.state).toBe(shows === doubt ? "unknown" : "held");
    expect(creation.error?.retryAt !== undefined).toBe(shows === doubt);
  }
});

it("[G3] one issue each, found by a look where it had been made, and one link", async () => {
  const { scene, id } = caseOf("a sign-in page after it was created");
  await prisma.connection.updateMany({ data: { status: "active" } });
  await retryCreation(scene.member, id);
  await takeOver(
    sandbox,
    filed.map((one) => one.id),
  );

  const all = [...(await sandbox.issues("acme/checkout")), ...(await sandbox.issues("acme/billing"))];
  const counts = filed.map(({ name, title, scene: { projectId } }) => ({
    name,
    issues: all.filter((issue) => issue.title === title).length,
    posts: sandbox
      .calls()
      .filter(({ method, body }) => method === "POST" && JSON.stringify(body).includes(`"${title}"`)).length,
    projectId,
  }));
  expect(counts.map(({ name, issues, posts }) => ({ name, issues, posts }))).toEqual(
    filed.map(({ name, posts }) => ({ name, issues: 1, posts })),
  );
  for (const { projectId } of counts) expect(await prisma.issueLink.count({ where: { projectId } })).toBe(1);
});

function caseOf(name: string): Filed {
  const found = filed.find((one) => one.name === name);
  if (!found) throw new Error(`There is no case "${name}".`);
  return found;
}
