import { afterAll, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool } from "@/lib/db/client";
import { ask, makeFreshScene } from "@/lib/issues/test-scene";
import { expectOne, fillForm } from "../one-issue";
import { figure, isFull } from "../scale";
import { points } from "./points";
import { takeOver } from "./take-over";
import { endVictims, nextVictim } from "./victim";

const chosen = ["intake-unsaved", "sending-saved", "call-worked", "issue-unsaved", "look-unwritten"];
const working = points.filter(({ who, name }) => who === "working" && (isFull || chosen.includes(name)));
const limitMs = 10_000;
let longestMs = 0;

afterAll(() => {
  endVictims();
  figure("points of a creation at which its process got SIGTERM", working.length, "-");
  figure("longest from SIGTERM to the end of the process", `${(longestMs / 1_000).toFixed(1)} s`, "10 s");
});

it.each(working)("[G3] exactly one issue when it gets SIGTERM at $name, and it ends in time", async (point) => {
  const scene = await makeFreshScene(sandbox);
  const input = await fillForm(scene);
  if (point.fault) sandbox.faults.add(point.fault);
  await ask(scene, input);
  const victim = nextVictim();
  await victim.begin({ work: true }, point, "terminate");
  await victim.reaches();
  const startedAt = Date.now();
  expect(await victim.end()).toEqual({ code: 0, signal: null });
  const tookMs = Date.now() - startedAt;
  longestMs = Math.max(longestMs, tookMs);
  expect(tookMs).toBeLessThan(limitMs);
  expect(victim.reached).toBe(point.name);
  // Done or given back: nobody has to wait for a lease to end.
  const { rows } = await pool.query("SELECT worker FROM executor.job WHERE worker IS NOT NULL");
  expect(rows).toEqual([]);

  sandbox.faults.clear();
  await takeOver(sandbox, [input.draftId]);
  await expectOne(scene, input.draftId);
});
