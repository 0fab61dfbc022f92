import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { carryOut, makeCredential, type Order, serveTracker, type TestCredential } from "./test-scene";

type Worker = { child: ChildProcess; run(order: Order): Promise<number[]> };
let workers: Worker[] = [];
const closers: (() => void)[] = [];

async function startWorker(): Promise<Worker> {
  const child = fork(path.join(import.meta.dirname, "budget.child.ts"), {
    execArgv: ["--import", "tsx"],
    env: process.env,
  });
  await new Promise((resolve, reject) => child.once("message", resolve).once("exit", reject));
  let last = 0;
  child.setMaxListeners(100);
  const run = (order: Order) =>
    new Promise<number[]>((resolve, reject) => {
      const id = ++last;
      const onMessage = (message: { id: number; attempts?: number[]; error?: string }) => {
        if (message.id !== id) return;
        child.off("message", onMessage);
        if (message.attempts) resolve(message.attempts);
        else reject(new Error(message.error));
      };
      child.on("message", onMessage);
      child.send({ id, order });
    });
  return { child, run };
}

beforeAll(async () => {
  workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
}, 60_000);
afterAll(() => {
  for (const { child } of workers) child.kill("SIGKILL");
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const serve = async (...args: Parameters<typeof serveTracker>) => {
  const tracker = await serveTracker(...args);
  closers.push(tracker.close);
  return tracker;
};
const everywhere = async (order: Order) => (await Promise.all(workers.map(({ run }) => run(order)))).flat();
/** The refusal has been written down, so that each process is to know of it. */
const isKnown = async ({ connectionId }: TestCredential) =>
  (await prisma.rateBudget.count({ where: { connectionId, blockedUntil: { not: null } } })) +
    (await prisma.rateWindow.count({ where: { connectionId, remaining: 0 } })) >
  0;
const inSeconds = (ms: number) => Math.ceil((Date.now() + ms) / 1000);

type Refusal = {
  name: string;
  waitMs: number;
  answer: () => { status: number; headers?: Record<string, string>; body?: string };
};
const hourMs = 3_600_000;
const refusals: Refusal[] = [
  { name: "Retry-After in seconds", waitMs: 1_000, answer: () => ({ status: 429, headers: { "retry-after": "1" } }) },
  {
    name: "Retry-After as a date",
    waitMs: 1_000,
    answer: () => ({ status: 429, headers: { "retry-after": new Date(inSeconds(1_000) * 1000).toUTCString() } }),
  },
  {
    name: "Retry-After as a date of a clock that is an hour ahead",
    waitMs: 1_000,
    answer: () => ({
      status: 429,
      headers: {
        date: new Date(Date.now() + hourMs).toUTCString(),
        "retry-after": new Date(inSeconds(1_000) * 1000 + hourMs).toUTCString(),
      },
    }),
  },
  { name: "no Retry-After", waitMs: 1_500, answer: () => ({ status: 429 }) },
  { name: "a negative Retry-After", waitMs: 1_500, answer: () => ({ status: 429, headers: { "retry-after": "-20" } }) },
  {
    name: "a Retry-After that is none",
    waitMs: 1_500,
    answer: () => ({ status: 429, headers: { "retry-after": "soon" } }),
  },
  { name: "a secondary limit without a header", waitMs: 1_500, answer: () => ({ status: 403, body: "secondary" }) },
  {
    name: "a secondary limit that leaves the announced budget as it is",
    waitMs: 1_000,
    answer: () => ({
      status: 403,
      body: "secondary",
      headers: { "retry-after": "1", "x-limit": "50", "x-remaining": "40", "x-reset": String(inSeconds(hourMs)) },
    }),
  },
  {
    name: "a primary limit that is used up",
    waitMs: 1_000,
    answer: () => ({
      status: 429,
      headers: { "x-limit": "50", "x-remaining": "0", "x-reset": String(inSeconds(1_000)) },
    }),
  },
  { name: "a 503 that asks to wait", waitMs: 1_000, answer: () => ({ status: 503, headers: { "retry-after": "1" } }) },
];

it("[K4] [G3] no process calls before the time that one of them was told, in whatever form", {
  timeout: 60_000,
}, async () => {
  await Promise.all(
    refusals.map(async ({ name, waitMs, answer }) => {
      let allowedAt = 0;
      const tracker = await serve((arrivals) => {
        if (arrivals.length > 0) return { status: 201 };
        allowedAt = Date.now() + waitMs;
        return answer();
      });
      const order = { credential: await makeCredential(), url: tracker.url, waitMs: 1_500, count: 2 };
      const told = workers[0]?.run({ ...order, count: 1 });
      while (!(await isKnown(order.credential))) await sleep(10);
      await Promise.all([told, everywhere(order), everywhere({ ...order, method: "GET" })]);
      const early = tracker.arrivals.slice(1).filter(({ at }) => at < allowedAt);
      expect([name, early, tracker.arrivals.length]).toEqual([name, [], 1 + 1 + 6 + 6]);
    }),
  );
});

it("[K4] writes of all processes go one at a time, with the pause between", { timeout: 60_000 }, async () => {
  const tracker = await serve((arrivals) => ({ status: 201, afterMs: 10 + ((arrivals.length * 17) % 50) }));
  await everywhere({ credential: await makeCredential(), url: tracker.url, pauseMs: 150, count: 6 });

  const { arrivals } = tracker;
  expect(new Set(arrivals.map(({ key }) => key)).size).toBe(18);
  const gapsMs = arrivals.slice(1).map(({ at }, index) => at - (arrivals[index]?.answeredAt ?? Number.NaN));
  expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(150);
});

it("[K4] a person's write overtakes the bulk work that stands in line", { timeout: 60_000 }, async () => {
  const tracker = await serve(() => ({ status: 201, afterMs: 20 }));
  const order = { credential: await makeCredential(), url: tracker.url, pauseMs: 200 };
  const bulk = everywhere({ ...order, priority: "bulk", count: 5 });
  while (tracker.arrivals.length < 4) await sleep(5);

  const before = new Set(tracker.arrivals.map(({ key }) => key));
  const asked = Date.now();
  await workers[1]?.run(order);
  const passed = tracker.arrivals.filter(({ key, at }) => !before.has(key) && at >= asked).length - 1;
  // One may have had its turn already when the person asked.
  expect(passed).toBeLessThanOrEqual(1);
  await bulk;
  expect(tracker.arrivals).toHaveLength(16);
});

it("[K4] [G3] a killed process holds up the others until its call's deadline, and no longer", {
  timeout: 60_000,
}, async () => {
  const tracker = await serve((arrivals) => (arrivals.length === 0 ? "hang" : { status: 201 }));
  const order = { credential: await makeCredential(), url: tracker.url, deadlineMs: 2_500 };
  const victim = await startWorker();
  victim.run(order).catch(() => undefined);
  while (tracker.arrivals.length === 0) await sleep(5);
  const waiting = everywhere(order);
  await sleep(50);
  victim.child.kill("SIGKILL");
  await waiting;

  const [first, second] = tracker.arrivals;
  const waitedMs = (second?.at ?? 0) - (first?.at ?? 0);
  expect(waitedMs).toBeGreaterThan(2_400);
  expect(waitedMs).toBeLessThan(4_000);
  expect(tracker.arrivals).toHaveLength(4);
});

it("[K4] [G3] 200 writes under a limit of 80 in 2 s all arrive, none twice, none too early", {
  timeout: 120_000,
}, async () => {
  const [limit, windowMs] = [80, 2_000];
  let window = { endsAt: 0, used: 0 };
  const tracker = await serve(() => {
    const now = Date.now();
    if (now >= window.endsAt) window = { endsAt: (Math.floor(now / 1000) + 1) * 1000 + windowMs, used: 0 };
    window.used++;
    const remaining = Math.max(0, limit - window.used);
    const headers = {
      "x-limit": String(limit),
      "x-remaining": String(remaining),
      "x-reset": String(window.endsAt / 1000),
    };
    return { status: window.used > limit ? 429 : 201, headers };
  });
  const order = { credential: await makeCredential(), url: tracker.url };
  const attempts = (await Promise.all([everywhere({ ...order, count: 66 }), carryOut({ ...order, count: 2 })])).flat();

  expect(attempts).toHaveLength(200);
  // Each repetition is one of few that a job has.
  expect(Math.max(...attempts)).toBeLessThan(8);
  expect(new Set(tracker.arrivals.map(({ key }) => key)).size).toBe(200);
  expect(tracker.arrivals.filter(({ status }) => status === 429)).toEqual([]);
  expect(tracker.arrivals).toHaveLength(200);
});
