import { afterEach, beforeEach, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { listen } from "@/lib/db/listen";
import { channel } from "@/lib/events/announce";
import { News } from "./news";
import { runUntilIdle } from "./testing";

let told: { topic: string; workspaceId: string; projectId: string | null; id: string }[];
let stop: () => void;

beforeEach(async () => {
  told = [];
  stop = await listen(channel, { onMessage: (payload) => told.push(JSON.parse(payload)), onGap: () => {} });
});
afterEach(() => stop());

const fn = inngest.createFunction({ id: "told", triggers: [{ event: "t/told" }] }, async ({ step }) => {
  for (const name of ["a", "b", "c", "d"]) await step.run(name, () => name);
});

it("[K3] tells the pages of each workspace that its jobs have changed, some times and not once a step", async () => {
  const [here, there] = [newId(), newId()];
  const events = [...Array.from({ length: 40 }, () => here), there].map((workspaceId) => ({
    ...{ name: "t/told", data: { workspaceId } },
  }));
  await transaction((tx) => send(tx, ...events, { name: "t/told", data: {} }));
  const startedMs = performance.now();
  const runs = await runUntilIdle([fn]);
  expect(runs).toHaveLength(42);
  // What the executor tells when it stops is on its way.
  await expect.poll(() => told.some(({ workspaceId }) => workspaceId === there)).toBe(true);
  const own = told.filter(({ workspaceId }) => workspaceId === here);
  expect(own.length).toBeGreaterThan(0);
  // The first one, one a second, and the one at the end; there are 168 steps.
  expect(own.length).toBeLessThanOrEqual(2 + (performance.now() - startedMs) / 1000);
  expect(own[0]).toMatchObject({ topic: "job", projectId: null });
  expect(new Set(told.map(({ workspaceId }) => workspaceId))).toEqual(new Set([here, there]));
});

it("[K3] tells of a job that is made and may not begin", async () => {
  const workspaceId = newId();
  await prisma.executorFunction.update({ where: { id: "faultline-told" }, data: { pausedAt: new Date() } });
  await transaction((tx) => send(tx, { name: "t/told", data: { workspaceId } }));
  await expect(runUntilIdle([fn], { timeoutMs: 1000 })).rejects.toThrow("Not idle");
  await expect.poll(() => told.map((one) => one.workspaceId)).toContain(workspaceId);
});

it("[K3] says nothing of a run that it does not know, and fails for nobody", async () => {
  const news = new News();
  news.add(newId());
  news.add("no id at all");
  await news.flush();
  expect(told).toEqual([]);
});
