import { expect, it } from "vitest";
import type { Sandbox } from "@/e2e/sandbox/sandbox";
import { createIssue } from "@/inngest/functions/create-issue";
import { pruneCalls } from "@/inngest/functions/prune-calls";
import { prisma } from "@/lib/db/client";
import { lowestIdAt, newId } from "@/lib/db/ids";
import { makeScene, readCreation, type Scene, start } from "@/lib/issues/test-scene";
import type { Kit } from "../kit";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What the product itself runs, seen from its own tables and from the tracker. */
export function product(kit: Kit, sandbox: Sandbox): void {
  // The cases share a repository, so each counts the issues of its own title.
  const countOf = async (title: string) =>
    (await sandbox.issues("acme/checkout")).filter((issue) => issue.title === title).length;
  const untilState = (id: string, state: string) =>
    kit.untilTrue(async () => (await readCreation(id)).state === state, `the creation ${state}`);

  const withRelay =
    (work: () => Promise<void>): (() => Promise<void>) =>
    async () => {
      const stopRelay = await kit.engine.relay();
      try {
        await work();
      } finally {
        await stopRelay();
      }
    };

  async function createOne(scene: Scene, title: string): Promise<string> {
    const id = await start(scene, { title });
    await untilState(id, "created");
    return id;
  }

  it.concurrent(
    "[K8] [G3] create-issue makes the issue that somebody asked for, once, and links it",
    withRelay(async () => {
      const scene = await makeScene(sandbox.github);
      await createOne(scene, "Created by the engine");
      const { projectId } = scene;
      await kit.untilTrue(async () => (await prisma.issueLink.count({ where: { projectId } })) === 1, "the link");
      await kit.atRest("sentinel");
      expect(await countOf("Created by the engine")).toBe(1);
    }),
  );

  it.concurrent(
    "[K8] [G3] abandon-creation says how a creation ended whose job was cancelled",
    withRelay(async () => {
      const title = "Cancelled while it waits";
      const [method, path, sent] = ["POST", "/issues$", title];
      sandbox.faults.add({ method, path, sent, mode: "status", status: 429, headers: { "retry-after": "3600" } });
      const id = await start(await makeScene(sandbox.github), { title });
      await untilState(id, "held");
      // The step has said so to the product; the engine has to hear of it before there is a sleep to be cancelled.
      await kit.atRest("sentinel");
      await kit.engine.cancel(createIssue.id(), { creationId: id });
      await untilState(id, "failed");
      expect((await readCreation(id)).errorMessage).toContain("Its job was cancelled.");
      expect(await countOf(title)).toBe(0);
    }),
  );

  it.concurrent(
    "[K8] [G3] sweep-creations finds a creation that nobody works on, each minute",
    withRelay(async () => {
      const scene = await makeScene(sandbox.github);
      const known = await readCreation(await createOne(scene, "Swept before"));
      const id = await leaveAlone(known, scene);
      await kit.engine.beginMinute();
      await untilState(id, "created");
      await kit.atRest("sentinel");
      expect(await countOf("Swept")).toBe(1);
    }),
  );

  // It comes once a day; nobody can hurry a server's clock, but everybody may call a function.
  kit.fn("prunes", {}, async ({ step }) => {
    const result = await step.invoke("prune", { function: pruneCalls });
    await step.run("note", () => kit.note("pruned", result));
  });
  it.concurrent("[K8] [K2] prune-calls deletes what is older than its setting, and nothing else", async () => {
    const workspaceId = newId();
    const call = (id: string) => ({
      ...{ id, workspaceId, method: "GET", host: "api.github.com", pathTemplate: "/user" },
      ...{ outcome: "accepted", durationMs: 1 },
    });
    const [old, fresh] = [lowestIdAt(new Date(Date.now() - 1000 * dayMs)), newId()];
    await prisma.outboundCall.createMany({ data: [call(old), call(fresh)] });
    await kit.send("prunes", {});
    const [note] = await kit.until("pruned");
    expect(note?.data).toEqual({ deleted: 1 });
    expect(await prisma.outboundCall.findMany({ where: { workspaceId }, select: { id: true } })).toEqual([
      { id: fresh },
    ]);
  });
}

/** A creation as a restored backup leaves it: asked for some minutes ago, and its event is nowhere. */
async function leaveAlone(known: Awaited<ReturnType<typeof readCreation>>, scene: Scene): Promise<string> {
  const [id, { resultId }] = [newId(), scene.results[1]];
  const { workspaceId, projectId, integrationId, externalProjectId, externalProjectKey, requestedById } = known;
  await prisma.issueCreation.create({
    data: {
      ...{ id, workspaceId, projectId, integrationId, externalProjectId, externalProjectKey, requestedById },
      ...{ clientKey: id, turnId: id, marker: id, title: "Swept", description: known.description ?? {} },
      updatedAt: new Date(Date.now() - 5 * minuteMs),
      sources: { create: { workspaceId, integrationId, resultId } },
    },
  });
  return id;
}
