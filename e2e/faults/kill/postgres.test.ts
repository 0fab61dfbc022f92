import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { postgres } from "@/e2e/faults/own-postgres";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool, prisma } from "@/lib/db/client";
import { ask, type FreshScene, makeFreshScene } from "@/lib/issues/test-scene";
import { expectOne, fillForm, inSeconds, stuckAfter, stuckAfterMs } from "../one-issue";
import { figure, isFull, scaled } from "../scale";
import { leastPoints, points } from "./points";
import { goOn } from "./take-over";
import { endVictims, nextVictim, until } from "./victim";

// In the short run the moments at which it is least clear what has happened.
const chosen = ["request-saved", "sending-unsaved", "call-worked", "issue-unsaved"];
const tested = points.filter(({ name }) => isFull || chosen.includes(name));
const downMs = scaled(500, 5_000);
const killed = new Set<string>();
let longestMs = 0;

afterAll(() => {
  endVictims();
  figure("points of a creation at which PostgreSQL was killed", killed.size, `≥ ${leastPoints}`);
  figure("longest until the issue was there after PostgreSQL was back", inSeconds(longestMs), stuckAfter);
});

it.each(tested)("[G3] exactly one issue when PostgreSQL is killed at $name", async (point) => {
  const scene = await makeFreshScene(sandbox);
  const input = await fillForm(scene);
  if (point.fault) sandbox.faults.add(point.fault);
  let victim = nextVictim();
  if (point.who === "asked") await victim.begin({ ask: { member: scene.member, input } }, point, "hold");
  else {
    await ask(scene, input);
    await victim.begin({ work: true }, point, "hold");
  }
  await victim.reaches();
  expect(victim.reached).toBe(point.name);
  if (point.waitsForIssue) await until(async () => (await scene.createdCount()) === 1, 5_000);
  const creation = await prisma.issueCreation.findUnique({ where: { id: input.draftId } });
  expect(creation?.state ?? null).toBe(point.left.state);

  postgres.kill();
  await until(isGone, 5_000, () => "PostgreSQL still answers");
  killed.add(point.name);
  victim.goOn();
  await sleep(downMs);
  await postgres.restart();
  await reconnect();
  sandbox.faults.clear();

  if (point.who === "asked") {
    victim.kill("SIGKILL");
    await askAgain(scene, input);
    victim = nextVictim();
    await victim.begin({ work: true });
  }
  const { tookMs } = await goOn(sandbox, [input.draftId]);
  longestMs = Math.max(longestMs, tookMs);
  expect(tookMs).toBeLessThanOrEqual(stuckAfterMs);
  await expectOne(scene, input.draftId, point);
});

it.runIf(isFull)("[G3] it was killed at every point, and those are enough", () => {
  expect([...killed]).toEqual(points.map(({ name }) => name));
  expect(killed.size).toBeGreaterThanOrEqual(leastPoints);
});

const isGone = () => pool.query("SELECT").then(() => false, Boolean);

/** Our own connections died with it; each is found dead once. */
const reconnect = () =>
  until(
    () => pool.query("SELECT").then(Boolean, () => false),
    10_000,
    () => "no connection",
  );

async function askAgain(scene: FreshScene, input: Parameters<typeof ask>[1]): Promise<void> {
  await until(
    () => ask(scene, input).then(Boolean, () => false),
    10_000,
    () => "nobody answers",
  );
}
