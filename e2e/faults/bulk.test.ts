import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it, vi } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { makeNight } from "@/lib/issues/bulk/test-night";
import { callEndsWithinMs } from "@/lib/issues/creation/timing";
import { goOn } from "./kill/take-over";
import { endVictims, nextVictim } from "./kill/victim";
import { figure, isFull, randomOf, scaled, seed } from "./scale";
import { passTime } from "./time";

vi.hoisted(() => {
  // The pause between two writes would be waited for in true time, one second for each of many issues.
  process.env.FAULTLINE_WRITE_PAUSE_MS = "0";
});

const count = scaled(16, 500);
const kills = scaled(2, 10);
const limitMs = scaled(150_000, 25 * 60_000);
afterAll(endVictims);

it(
  `[G6] [G3] ${count} issues of one job, its process killed ${kills} times at random: each issue once`,
  async () => {
    const random = randomOf("bulk");
    const night = await makeNight(sandbox, [
      { error: "gateway", count: count / 2 },
      { error: "ledger", count: count / 2 },
    ]);
    const bulkId = await night.start();
    // Each item's id is its creation's.
    const ids = (await prisma.bulkItem.findMany({ where: { bulkId }, select: { id: true } })).map(({ id }) => id);
    expect(ids).toHaveLength(count);

    // Anywhere on the way, from the first asking to the last issue.
    const moments = Array.from({ length: kills }, () => Math.floor(random() * count)).sort((a, b) => a - b);
    const startedAt = Date.now();
    let killed = 0;
    for (const enough of moments) {
      const victim = nextVictim();
      await victim.begin({ work: true });
      // Those that were made before it was there do not tell that it works.
      const before = await createdOf(ids);
      await goOn(sandbox, ids, { enough: Math.min(Math.max(enough, before + 1), count - 1), limitMs });
      await sleep(random() * 100);
      victim.kill("SIGKILL");
      expect(await victim.end()).toEqual({ code: null, signal: "SIGKILL" });
      killed += 1;
      // Nobody is left whose call could be under way: its turn to write need not be waited for in true time.
      await passTime(sandbox, callEndsWithinMs);
    }
    const last = nextVictim();
    await last.begin({ work: true });
    await goOn(sandbox, ids, { limitMs: 60 * 60_000 });

    const { bulk } = await night.show(bulkId);
    const outcomes = await prisma.bulkItem.findMany({ where: { bulkId }, orderBy: { position: "asc" } });
    const made = (await sandbox.issues("acme/checkout")).filter(({ title }) =>
      /the (gateway|ledger) did not/.test(title),
    );
    const titles = new Set(made.map(({ title }) => title));
    const links = await prisma.issueLink.findMany({ where: { resultId: { in: night.resultIds } } });
    figure(`issues of one job under ${killed} kills (seed ${seed})`, made.length, count);
    figure("issues of one job that were doubled", made.length - titles.size, 0);
    figure("issues of one job that were lost", count - titles.size, 0);
    figure("one job under kills took", `${Math.round((Date.now() - startedAt) / 1_000)} s`, "-");

    expect(killed).toBe(kills);
    expect(made).toHaveLength(count);
    expect(titles.size).toBe(count);
    expect(bulk).toMatchObject({ total: count, isOver: true });
    expect(bulk.counts).toMatchObject({ created: count, failed: 0, waiting: 0, creating: 0 });
    // Each item says what became of it, each failure has its one link, and its one row.
    expect(outcomes.every(({ state, creationId, id }) => state === "asked" && creationId === id)).toBe(true);
    expect(new Set(links.map(({ issueId }) => issueId)).size).toBe(count);
    expect(links.map(({ resultId }) => resultId).sort()).toEqual([...night.resultIds].sort());
    expect(await prisma.issueCreation.count({ where: { projectId: night.projectId } })).toBe(count);
    expect(await prisma.externalIssue.count({ where: { integrationId: night.integrationId } })).toBe(count);
    const runs = await prisma.executorRun.findMany({
      where: { workspaceId: night.admin.workspaceId },
      select: { state: true },
    });
    expect(runs.filter(({ state }) => state !== "completed")).toEqual([]);
    expect(runs).toHaveLength(count + 1);
  },
  limitMs + (isFull ? 120_000 : 30_000),
);

const createdOf = (ids: string[]) => prisma.issueCreation.count({ where: { id: { in: ids }, state: "created" } });
