import { afterAll, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { ask, type FreshScene, makeFreshScene } from "@/lib/issues/test-scene";
import { expectOne, fillForm, inSeconds, stuckAfter, stuckAfterMs } from "../one-issue";
import { figure, isFull } from "../scale";
import { leastPoints, type Point, points } from "./points";
import { takeOver } from "./take-over";
import { endVictims, nextVictim, until } from "./victim";

const died = new Set<string>();
let longestMs = 0;

afterAll(() => {
  endVictims();
  figure("points at which a creation's process was killed", died.size, `≥ ${leastPoints}`);
  figure("longest until the issue was there after a kill", inSeconds(longestMs), stuckAfter);
});

it.each(points)("[G3] exactly one issue when it is killed at $name", async (point) => {
  const scene = await makeFreshScene(sandbox);
  await prove(point, scene);
});

it("[G3] it died at every point, and those are enough", () => {
  expect([...died]).toEqual(points.map(({ name }) => name));
  expect(died.size).toBeGreaterThanOrEqual(leastPoints);
});

// GitHub's lists show a new issue at once. Should they not, the time that a call has to settle bears it.
const lagged = points.filter(({ left }) => left.issues === 1 && left.state !== "created");
it.each(isFull ? lagged : lagged.filter(({ name }) => ["call-worked", "doubt-saved", "look-read"].includes(name)))(
  "[G3] exactly one issue when it is killed at $name and lists lag",
  async (point) => {
    const scene = await makeFreshScene(sandbox);
    sandbox.lag.set({ listSeconds: 10, searchSeconds: 60 });
    await prove(point, scene);
  },
);

async function prove(point: Point, scene: FreshScene): Promise<void> {
  const input = await fillForm(scene);
  const { draftId } = input;
  if (point.fault) sandbox.faults.add(point.fault);

  const victim = nextVictim();
  if (point.who === "asked") await victim.begin({ ask: { member: scene.member, input } }, point);
  else {
    await ask(scene, input);
    await victim.begin({ work: true }, point, point.waitsForIssue ? "hold" : "kill");
  }
  if (point.waitsForIssue) {
    await victim.reaches();
    await until(async () => (await scene.createdCount()) === 1, 5_000);
    victim.kill("SIGKILL");
  }
  expect(await victim.end()).toEqual({ code: null, signal: "SIGKILL" });
  expect(victim.reached).toBe(point.name);
  died.add(point.name);

  const creation = await prisma.issueCreation.findUnique({ where: { id: draftId } });
  expect(creation?.state ?? null).toBe(point.left.state);
  if (point.left.issues !== null) expect(await scene.createdCount()).toBe(point.left.issues);
  sandbox.faults.clear();

  // Who got no answer asks again, by the same form; the others wait.
  if (point.who === "asked") await ask(scene, input);
  const { tookMs } = await takeOver(sandbox, [draftId]);
  longestMs = Math.max(longestMs, tookMs);
  expect(tookMs).toBeLessThanOrEqual(stuckAfterMs);
  await expectOne(scene, draftId, point);
}
