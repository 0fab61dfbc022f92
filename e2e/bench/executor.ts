import { inngest } from "@/inngest/client";
import type { Job } from "@/inngest/embedded/claim";
import type { Line } from "@/inngest/embedded/endpoint";
import { Executor } from "@/inngest/embedded/executor";
import { callFunction } from "@/inngest/embedded/request";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { print, race } from "./lib/figure";
import { CALLS, clear, drain, emit, lineTo, park, STEPS, stepping, stubLine } from "./lib/jobs";

/** The figures of the embedded executor. */
const bench = "executor";
const RUNS = 200;
const STUB_RUNS = 1000;
const WAITING = 100_000;

const fn = stepping("run");

/** The calls of so many runs, made and answered, with nothing stored: what no executor can be faster than. */
async function bareCalls(line: Line, runs: number): Promise<void> {
  await Promise.all(
    Array.from({ length: runs }, async (_, n) => {
      const job: Job = {
        id: newId(),
        fence: 1,
        runId: newId(),
        functionId: "faultline-run",
        kind: "call",
        stepId: "step",
        attempt: 0,
        lost: 0,
        strays: 0,
        isLive: true,
        parallel: false,
        races: false,
        requestVersion: -1,
        events: [{ id: newId(), name: "bench/run", data: { n }, ts: Date.now() }],
        memos: [],
      };
      for (let calls = 1; ; calls += 1) {
        const answer = await callFunction(line, { ...job, requestVersion: calls === 1 ? -1 : 2 }, 1);
        const said = JSON.parse(answer.text);
        if (answer.status === 206) job.memos.push({ id: said[0].id, op: "run", output: said[0].data, error: null });
        else if (calls === CALLS && answer.status === 200 && answer.isAuthentic) return;
        else throw new Error(`call ${calls} answered ${answer.status}: ${answer.text.slice(0, 200)}`);
      }
    }),
  );
}

async function endToEnd(): Promise<void> {
  const line = lineTo([fn]);
  const best = await race({
    bare: () => bareCalls(line, RUNS),
    ours: async () => {
      await clear();
      return drain(line, "run", RUNS);
    },
  });
  const rate = (ms: number) => (RUNS * CALLS * 1000) / ms;
  const limit = ">= 0.5 x bare signed calls in process";
  print({ bench, figure: "end to end", value: rate(best.ours), unit: "calls/s", ratio: best.bare / best.ours, limit });
  print({ bench, figure: "bare signed calls", value: rate(best.bare), unit: "calls/s" });
}

async function againstStub(): Promise<void> {
  let bestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    await clear();
    bestMs = Math.min(bestMs, await drain(stubLine([fn]), "run", STUB_RUNS));
  }
  const value = (STUB_RUNS * STEPS * 1000) / bestMs;
  print({ bench, figure: "against a stub endpoint", value, unit: "steps/s", limit: ">= 2000" });
}

/** From before the event is stored until the first step of its run is under way. */
async function firstStep(): Promise<void> {
  const begun: number[] = [];
  const waits: number[] = [];
  const timed = inngest.createFunction({ id: "timed", triggers: [{ event: "bench/timed" }] }, ({ event, step }) =>
    step.run("first", () => {
      waits.push(performance.now() - (begun[event.data.at] ?? 0));
      return 1;
    }),
  );
  await clear();
  const executor = new Executor({ line: lineTo([timed]) });
  await executor.start();
  const sent: Promise<void>[] = [];
  for (let at = 0; at < 500; at += 1) {
    begun.push(performance.now());
    sent.push(emit("timed", 1, { at }));
    await new Promise((done) => setTimeout(done, 20));
  }
  await Promise.all(sent);
  while (waits.length < sent.length) await new Promise((done) => setTimeout(done, 20));
  await executor.stop();
  waits.sort((a, b) => a - b);
  const limit = "<= 50";
  print({ bench, figure: "event to first step, p95 at 50/s", value: waits[474] ?? Number.NaN, unit: "ms", limit });
  print({ bench, figure: "event to first step, p50 at 50/s", value: waits[249] ?? Number.NaN, unit: "ms" });
}

/** One workspace has a slow tracker and a hundred thousand jobs that wait for its places; another one goes on. */
async function besideWaiting(): Promise<void> {
  const id = "shared";
  const shared = inngest.createFunction(
    { id, triggers: [{ event: `bench/${id}` }], retries: 0, concurrency: { limit: 5, key: "event.data.workspace" } },
    async ({ event, step }) => {
      let sum = 0;
      for (let n = 0; n < STEPS; n += 1) {
        sum += await step.run(`step ${n}`, async () => {
          if (event.data.workspace === "slow") await new Promise((done) => setTimeout(done, 1000));
          return event.data.n + n;
        });
      }
      return { sum };
    },
  );
  const line = lineTo([shared]);
  const best = { alone: Number.POSITIVE_INFINITY, beside: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 5; round += 1) {
    for (const [name, waiting] of [
      ["alone", 5],
      ["beside", WAITING],
    ] as const) {
      await clear();
      await park(id, "slow", waiting);
      best[name] = Math.min(best[name], await drain(line, id, RUNS, { workspace: "quick" }));
    }
  }
  print({
    bench,
    figure: `beside ${WAITING} waiting jobs of another workspace`,
    value: (RUNS * CALLS * 1000) / best.beside,
    unit: "calls/s",
    ratio: best.alone / best.beside,
    limit: ">= 0.8 x without them",
  });
}

try {
  await endToEnd();
  await againstStub();
  await firstStep();
  await besideWaiting();
} finally {
  await pool.end();
}
