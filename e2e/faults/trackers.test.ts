import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { asksPeople, everyLag, type Filing, filings, type Mode, modes, stuckAfterMs } from "@/e2e/faults/trackers";
import { makeExecutor } from "@/inngest/embedded/start";
import { prisma } from "@/lib/db/client";
import { decideCreation } from "@/lib/issues/decide-creation";
import { retryCreation } from "@/lib/issues/retry-creation";
import { showCreation } from "@/lib/issues/show-creation";
import { readCreation, start } from "@/lib/issues/test-scene";
import { makeSceneIn } from "@/lib/issues/test-trackers";
import { goOn } from "./kill/take-over";
import { inSeconds } from "./one-issue";
import { figure } from "./scale";
import { inProductTime } from "./time";

vi.hoisted(() => {
  // The pause between two writes would be waited for in true time.
  process.env.FAULTLINE_WRITE_PAUSE_MS = "0";
  process.env.FAULTLINE_LIMIT_CREATE = "10000";
});

/*
 * What each tracker may answer to the creating call although it has made the issue, and where it has not. All creations
 * go through these at the same time, each with a connection of its own: one of them lasts as long as a call may. Then
 * time passes without waiting, while every index lags.
 */
type Filed = Mode & {
  filing: Filing;
  title: string;
  scene: Awaited<ReturnType<typeof makeSceneIn>>;
  id: string;
  /** What the person saw when the call had ended. */
  shown?: Awaited<ReturnType<typeof showCreation>>;
};
const filed: Filed[] = [];
let looksWorkAt = 0;

beforeAll(async () => {
  await Promise.all(filings.map(file));
  const executor = makeExecutor();
  await executor.start();
  while ((await prisma.issueCreation.count({ where: { state: { in: ["queued", "sending"] } } })) > 0) await sleep(50);
  await executor.stop(2_000);
  for (const one of filed) one.shown = await showCreation(one.scene.member, one.id);
  for (const { on, lag } of filings) {
    on.faults.clear();
    on.lag.set(lag);
  }
  looksWorkAt = inProductTime(Date.now());

  await prisma.connection.updateMany({ data: { status: "active" } });
  for (const { scene, id, shown } of filed) {
    const { state, error } = shown?.creation ?? {};
    if ((state === "failed" || state === "held") && !error?.retryAt) await retryCreation(scene.member, id);
  }
  await takeOverAll(filed.filter((one) => !isUndecidable(one)));
  for (const one of filed.filter(isUndecidable)) {
    expect((await showCreation(one.scene.member, one.id)).creation).toMatchObject({ isUndecided: true });
    await decideCreation(one.scene.member, one.id, { found: false });
  }
  await takeOverAll(filed);
}, 400_000);

afterAll(() => figure("ways in which five trackers' answers failed, one issue each", filed.length, "60"));

async function file(filing: Filing): Promise<void> {
  const { provider, on, key, type, create } = filing;
  for (const mode of modes) {
    const scene = await makeSceneIn(on, provider, key);
    const title = `Fault: ${mode.name}`;
    on.faults.add({ ...create, sent: title, ...mode.fault });
    const id = await start(scene, { title, ...(type && { type }) });
    filed.push({ ...mode, filing, title, scene, id });
  }
  // Nothing is found in the meantime.
  on.faults.add({ ...filing.look, mode: "status", status: 503, times: "always" });
}

/** Nothing was made, and no look can tell. */
const isUndecidable = ({ filing, isMade, shows }: Filed) => asksPeople(filing) && !isMade && shows === "unknown";

async function takeOverAll(some: readonly Filed[]): Promise<void> {
  const executor = makeExecutor();
  await executor.start();
  const ids = some.map(({ id }) => id);
  // Many look at nearly the same time.
  await goOn(everyLag, ids, { isIdle: () => executor.isIdle, leapMs: 300 }).finally(() => executor.stop(2_000));
}

describe.each(filings)("$provider", (filing) => {
  const of = ({ name }: Mode): Filed => {
    const found = filed.find((one) => one.filing === filing && one.name === name);
    if (!found) throw new Error(`Nothing was filed for "${name}".`);
    return found;
  };
  let longestMs = 0;
  afterAll(() =>
    figure(
      `longest until there was one issue in ${filing.provider}`,
      inSeconds(longestMs),
      "≤ its limit after its looks work again",
    ),
  );

  it.each(modes)("[G3] [G11] $name: it is told, and there is one issue", async (mode) => {
    const { id, title, scene, shown, isMade, shows, mayBeRead } = of(mode);
    if (!(mayBeRead && shown?.issue)) {
      expect(shown?.issue).toBeUndefined();
      const error = { message: expect.stringMatching(/^\S.{20,}\.$/s) };
      expect(shown?.creation).toMatchObject({ state: shows, error });
    }

    const there = (await filing.on.issues(filing.key)).filter((issue) => issue.title === title);
    expect(there).toHaveLength(1);
    const isOurs = ({ method, body }: { method: string; body: unknown }) =>
      method === "POST" && JSON.stringify(body)?.includes(title);
    const calls = filing.on.calls().filter(isOurs);
    expect(calls).toHaveLength(isMade ? 1 : 2);

    const creation = await readCreation(id);
    expect(creation).toMatchObject({ state: "created", errorKind: null, retryAt: null });
    expect(creation.finishedAt).not.toBeNull();
    expect((await showCreation(scene.member, id)).creation.warnings).toEqual([]);
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
    expect(links).toMatchObject([{ resultId: scene.results[0].resultId, issueId: creation.issueId }]);
    expect(await prisma.issueCreationSource.count({ where: { creationId: id, finished: false } })).toBe(0);

    const stored = await prisma.auditEntry.findFirstOrThrow({
      where: { projectId: scene.projectId, action: "issue.created" },
    });
    const storedAt = inProductTime(stored.createdAt.getTime());
    const calledAt = inProductTime(Date.parse(calls[0]?.at ?? ""));
    longestMs = Math.max(longestMs, storedAt - calledAt);
    // Looks that a tracker fails are repeated less and less often; that is no matter of its index.
    expect(storedAt - Math.max(calledAt, looksWorkAt)).toBeLessThanOrEqual(stuckAfterMs(filing, mode));
  });
});
