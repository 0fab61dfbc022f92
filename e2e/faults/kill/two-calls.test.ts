import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import type { FaultInput } from "@/e2e/sandbox/faults";
import { jira } from "@/e2e/vitest/jira";
import { makeExecutor } from "@/inngest/embedded/start";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { decideCreation } from "@/lib/issues/decide-creation";
import { showCreation } from "@/lib/issues/show-creation";
import { ask } from "@/lib/issues/test-scene";
import { makeTrackerScene } from "@/lib/issues/test-trackers";
import { jiraCloud } from "@/lib/trackers/jira/cloud";
import { expectOne, fillForm, inSeconds } from "../one-issue";
import { figure, isFull } from "../scale";
import { passTime } from "../time";
import { points as everywhere, type Point, type Watch } from "./points";
import { takeOver } from "./take-over";
import { endVictims, nextVictim, until } from "./victim";

// Jira answers a creating call with a key alone, its index lags, no look of its proves that nothing is there, and a link
// follows the issue: its deaths are more than GitHub's.
const create = { method: "POST", path: "/rest/api/3/issue$" };
const look = { method: "GET", path: "/rest/api/3/search" };
const readBack = { method: "GET", path: "/rest/api/3/issue/\\d+" };
const link = { method: "POST", path: "/remotelink$" };

const callOf = (method: string) => (method === "POST" ? create : look);
const watchOf = (watch: Watch): Watch => (watch.at === "wire" ? { ...watch, ...callOf(watch.method) } : watch);
const faultOf = (fault: FaultInput): FaultInput => ({ ...fault, ...create });

const made = { issues: 1, state: "sending" } as const;
const created = { issues: 1, state: "created" } as const;
const own: readonly Point[] = [
  {
    ...{ name: "read-back-unwritten", means: "the key is here, the issue not read", who: "working" },
    ...{ watch: { at: "wire", when: "written", ...readBack }, left: made },
  },
  {
    ...{ name: "read-back-read", means: "the issue is read, nothing of it stored", who: "working" },
    ...{ watch: { at: "wire", when: "complete", ...readBack }, left: made },
  },
  {
    ...{ name: "link-unwritten", means: "the link back is about to leave", who: "working" },
    ...{ watch: { at: "wire", when: "written", ...link }, left: created },
  },
  {
    ...{ name: "link-read", means: "the link back is there, which nobody knows", who: "working" },
    ...{ watch: { at: "wire", when: "complete", ...link }, left: created },
  },
];
const points = [
  // Jira's own limit of a text is tried elsewhere.
  ...everywhere.filter(({ name }) => !name.startsWith("shorter-")),
  ...own,
].map((point) => ({
  ...point,
  watch: own.includes(point) ? point.watch : watchOf(point.watch),
  ...(point.fault && { fault: faultOf(point.fault) }),
}));
const short = ["call-worked", "issue-unsaved", "finish-unsaved"];
const chosen = [...short, "doubt-saved", ...own.map(({ name }) => name)];

const stuckAfterMs = 60_000 + jiraCloud.marker.indexDelayMs;
const died = new Set<string>();
let longestMs = 0;

afterAll(() => {
  endVictims();
  figure("points at which a creation's process was killed, in Jira", died.size, isFull ? "≥ 14" : chosen.length);
  figure("longest until Jira's issue was there after a kill, or somebody was asked", inSeconds(longestMs), "≤ 180 s");
});

it.each(points.filter(({ name }) => isFull || chosen.includes(name)))(
  "[G3] exactly one issue in Jira when it is killed at $name",
  async (point) => {
    const scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
    const before = (await jira.issues("PAY")).length;
    const createdCount = async () => (await jira.issues("PAY")).length - before;
    const input = { ...(await fillForm(scene)), type: "Task" };
    const { draftId } = input;
    if (point.fault) jira.faults.add(point.fault);

    const victim = nextVictim();
    if (point.who === "asked") await victim.begin({ ask: { member: scene.member, input } }, point);
    else {
      await ask(scene, input);
      await victim.begin({ work: true }, point, point.waitsForIssue ? "hold" : "kill");
    }
    if (point.waitsForIssue) {
      await victim.reaches();
      await until(async () => (await createdCount()) === 1, 5_000);
      victim.kill("SIGKILL");
    }
    expect(await victim.end()).toEqual({ code: null, signal: "SIGKILL" });
    expect(victim.reached).toBe(point.name);
    died.add(point.name);
    const creation = await prisma.issueCreation.findUnique({ where: { id: draftId } });
    expect(creation?.state ?? null).toBe(point.left.state);
    if (point.left.issues !== null) expect(await createdCount()).toBe(point.left.issues);
    // What was written may still be on its way to the tracker.
    else await sleep(1_000);
    jira.faults.clear();
    jira.lag.set({ searchSeconds: 60 });

    if (point.who === "asked") await ask(scene, input);
    const isLost = point.left.state === "sending" && (await createdCount()) === 0;
    const askedAfterMs = isLost ? await untilAsked(scene.member, draftId) : 0;
    if (isLost) await decideCreation(scene.member, draftId, { found: false });
    const { tookMs } = await takeOver(jira, [draftId]);
    longestMs = Math.max(longestMs, isLost ? askedAfterMs : tookMs);
    expect(isLost ? askedAfterMs : tookMs).toBeLessThanOrEqual(stuckAfterMs);
    await expectOne({ ...scene, createdCount }, draftId, { runs: isLost ? 2 : 1 });
    const [issue, ...more] = (await jira.issues("PAY")).slice(before);
    expect(more).toEqual([]);
    expect(issue?.links).toHaveLength(1);
  },
);

/** Where a call left no trace, time passes until a person is asked; how much of it. */
async function untilAsked(member: Member, id: string): Promise<number> {
  const executor = makeExecutor();
  await executor.start();
  let passedMs = 0;
  try {
    while (!(await showCreation(member, id)).creation.isUndecided) {
      if (passedMs > 2 * stuckAfterMs) throw new Error("Nobody was asked.");
      await sleep(20);
      if (!executor.isIdle) continue;
      await passTime(jira, stepMs);
      passedMs += stepMs;
    }
  } finally {
    await executor.stop(2_000);
  }
  return passedMs;
}
const stepMs = 2_000;

it("[G3] it died at every point", () => {
  expect([...died]).toEqual(points.filter(({ name }) => isFull || chosen.includes(name)).map(({ name }) => name));
});
