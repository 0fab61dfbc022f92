import { afterAll, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool } from "@/lib/db/client";
import { ask, makeFreshScene } from "@/lib/issues/test-scene";
import { expectOne, fillForm, inSeconds } from "../one-issue";
import { figure, isFull } from "../scale";
import { leastPoints, points } from "./points";
import { takeOver } from "./take-over";
import { endVictims, nextVictim } from "./victim";

const chosen = ["request-saved", "intake-unsaved", "sending-saved", "call-worked", "issue-unsaved", "look-unwritten"];
const tested = points.filter(({ name }) => isFull || chosen.includes(name));
const limitMs = 10_000;
const ended = new Set<string>();
let longestMs = 0;

afterAll(() => {
  endVictims();
  figure("points of a creation at which its process got SIGTERM", ended.size, `≥ ${leastPoints}`);
  figure("longest from SIGTERM to the end of the process", inSeconds(longestMs), `≤ ${limitMs / 1_000} s`);
});

it.each(tested)("[G3] exactly one issue when it gets SIGTERM at $name, and it ends in time", async (point) => {
  const scene = await makeFreshScene(sandbox);
  const input = await fillForm(scene);
  if (point.fault) sandbox.faults.add(point.fault);
  const victim = nextVictim();
  const isAsked = point.who === "asked";
  if (!isAsked) await ask(scene, input);
  await victim.begin({ work: true, ...(isAsked && { ask: { member: scene.member, input } }) }, point, "terminate");
  await victim.reaches();
  const startedAt = Date.now();
  expect(await victim.end()).toEqual({ code: 0, signal: null });
  const tookMs = Date.now() - startedAt;
  longestMs = Math.max(longestMs, tookMs);
  expect(tookMs).toBeLessThan(limitMs);
  expect(victim.reached).toBe(point.name);
  ended.add(point.name);
  // Done or given back: nobody has to wait for a lease to end.
  const { rows } = await pool.query("SELECT worker FROM executor.job WHERE worker IS NOT NULL");
  expect(rows).toEqual([]);

  sandbox.faults.clear();
  // Who may have got no answer asks again, by the same form.
  if (isAsked) await ask(scene, input);
  await takeOver(sandbox, [input.draftId]);
  await expectOne(scene, input.draftId, point);
});

it.runIf(isFull)("[G3] it got SIGTERM at every point, and those are enough", () => {
  expect([...ended]).toEqual(points.map(({ name }) => name));
  expect(ended.size).toBeGreaterThanOrEqual(leastPoints);
});
