import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { claim, extend, type Job } from "./claim";
import { type Endpoint, inProcess, type Line } from "./endpoint";
import { Executor } from "./executor";
import { takeEvents } from "./intake";
import { perform } from "./perform";
import { sign } from "./signature";
import { makeExecutor } from "./start";
import { sync } from "./sync";
import { withExecutors } from "./test-executors";
import { runsOf, runUntilIdle, until } from "./testing";

type Body = Parameters<typeof inngest.createFunction>[1];

const { started } = withExecutors();

const emit = (name: string, data: Record<string, unknown> = {}) => transaction((tx) => send(tx, { name, data }));
const make = (id: string, body: Body) => inngest.createFunction({ id, triggers: [{ event: `t/${id}` }] }, body);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The key of this installation, and an endpoint for the functions. */
const lineTo = (endpoint: Endpoint): Line => ({ endpoint, signingKey: env().INNGEST_SIGNING_KEY ?? "" });

async function start(body: Body, id: string, options: { leaseMs?: number; slots?: number } = {}): Promise<Executor> {
  const executor = makeExecutor({ functions: [make(id, body)], pollMs: 100, retryBaseMs: 5, ...options });
  started.push(executor);
  await executor.start();
  return executor;
}

const isEnded = async (id: string, count = 1) => {
  const runs = await runsOf([`faultline-${id}`]);
  return runs.filter(({ state }) => state === "completed" || state === "failed").length >= count;
};

describe("leases", () => {
  /** The same job, held by two workers: the lease of the first has ended. */
  async function raced(body: Body): Promise<{ line: Line; late: Job; now: Job }> {
    const line = lineTo(inProcess([make("raced", body)]));
    const functions = await sync(line);
    await emit("t/raced");
    await takeEvents(functions);
    const work = { functionIds: ["faultline-raced"], wanted: 5 };
    const [late] = (await claim(work, { worker: "late", leaseMs: 1 })).jobs;
    await pause(5);
    const [now] = (await claim(work, { worker: "now", leaseMs: 20_000 })).jobs;
    if (!late || !now) throw new Error("the job could not be taken twice");
    return { line, late, now };
  }

  let caller = "";
  const body: Body = async ({ step }) => step.run("once", () => `called by ${caller}`);
  const setting = (line: Line) => ({ line, maxAttempts: 5, retryBaseMs: 5, callTimeoutMs: 10_000 });

  it("[K8] makes the call again, as the same attempt, when the lease has ended", async () => {
    const { late, now } = await raced(body);
    expect(now).toMatchObject({ id: late.id, runId: late.runId, attempt: late.attempt, lost: 1 });
    expect(now.fence).toBeGreaterThan(late.fence);
  });

  it("[K8] extends the lease of the one that holds it, and tells the other one that it does not", async () => {
    const { late, now } = await raced(body);
    expect(await extend([late], { worker: "late", leaseMs: 60_000 })).toEqual(new Set());
    expect(await extend([now], { worker: "now", leaseMs: 60_000 })).toEqual(new Set([now.id]));
  });

  it.each([
    ["in time", false],
    ["late", true],
  ])("[K8] keeps the result of the lease that is valid alone, when the other one comes %s", async (_, lateFirst) => {
    const { line, late, now } = await raced(body);
    for (const job of lateFirst ? [late, now] : [now, late]) {
      caller = job === now ? "the holder" : "the one before";
      await perform(job, setting(line), () => null);
    }
    const { rows: steps } = await pool.query("SELECT seq, output FROM executor.step");
    const { rows: jobs } = await pool.query("SELECT fence FROM executor.job");
    expect(steps).toEqual([{ seq: 1, output: "called by the holder" }]);
    expect(jobs).toHaveLength(1);
    const [run] = await runUntilIdle([make("raced", body)]);
    expect(run).toMatchObject({ state: "completed", output: "called by the holder" });
  });

  it("[K8] stores one of two results that arrive at the same moment", async () => {
    const { line, late, now } = await raced(body);
    await Promise.all([late, now, late, now].map((job) => perform(job, setting(line), () => null)));
    const { rows: steps } = await pool.query("SELECT seq FROM executor.step");
    expect(steps).toEqual([{ seq: 1 }]);
    const { rows: jobs } = await pool.query("SELECT step_id, attempt FROM executor.job");
    expect(jobs).toEqual([{ step_id: "step", attempt: 0 }]);
  });

  it("[K8] extends the lease of a call that takes longer", async () => {
    let calls = 0;
    const slow: Body = async ({ step }) =>
      step.run("slow", async () => {
        calls++;
        await pause(1500);
      });
    await start(slow, "slow", { leaseMs: 600 });
    await start(slow, "slow", { leaseMs: 600 });
    await emit("t/slow");
    await until(() => isEnded("slow"));
    expect(calls).toBe(1);
  });

  it("[K8] does not take from itself a call whose lease ended while the process stood still", async () => {
    let calls = 0;
    const slow: Body = async ({ step }) =>
      step.run("slow", async () => {
        calls++;
        await pause(300);
      });
    const executor = await start(slow, "still");
    await emit("t/still");
    await until(() => calls === 1);
    await pool.query("UPDATE executor.job SET due_at = now()");
    executor.wake();
    await until(() => isEnded("still"));
    expect(calls).toBe(1);
  });

  it("[K8] gives up a call during which the process vanished again and again", async () => {
    await emit("t/poison");
    const poison = make("poison", () => Promise.resolve(1));
    await takeEvents(await sync(lineTo(inProcess([poison]))));
    await pool.query("UPDATE executor.job SET lost = 25, worker = 'gone'");
    expect(await runUntilIdle([poison])).toMatchObject([{ state: "failed", error: { name: "ProcessLost" } }]);
  });
});

describe("several processes", () => {
  it("[K8] shares the work of one database: everything once, everybody some", async () => {
    const done: string[] = [];
    const worker =
      (name: string): Body =>
      async ({ event, step }) =>
        step.run("work", async () => {
          await pause(10);
          done.push(`${name} ${event.data.n}`);
        });
    await start(worker("a"), "shared", { slots: 3 });
    await start(worker("b"), "shared", { slots: 3 });
    await transaction((tx) => send(tx, ...Array.from({ length: 60 }, (_, n) => ({ name: "t/shared", data: { n } }))));
    await until(() => isEnded("shared", 60), 25_000);
    expect(new Set(done.map((line) => line.slice(2))).size).toBe(60);
    expect(done).toHaveLength(60);
    expect(new Set(done.map((line) => line[0]))).toEqual(new Set(["a", "b"]));
  }, 30_000);

  it("[K8] finishes the run of a process that was killed in the middle of a step", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "killed.child.ts")], {
      env: process.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await emit("t/victim");
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");

    const calls: string[] = [];
    const heir = make("victim", async ({ step, attempt }) => {
      const one = await step.run("one", () => calls.push("one"));
      await step.run("two", () => calls.push(`two ${attempt}`));
      return one;
    });
    const [run] = await runUntilIdle([heir]);
    expect(calls).toEqual(["two 0"]);
    expect(run).toMatchObject({ state: "completed", output: child.pid });
  }, 30_000);

  it("[K8] leaves no event to an older release that does not know its function", async () => {
    const older = await start(() => Promise.resolve(1), "old");
    const newer = make("new", () => Promise.resolve("done"));
    await sync(lineTo(inProcess([newer])));
    await emit("t/new");
    await until(async () => (await pool.query('SELECT FROM "Outbox"')).rowCount === 0);
    await older.stop(0);
    expect(await runUntilIdle([newer])).toMatchObject([{ state: "completed", output: "done" }]);
  });

  it("[K8] goes on when the database closes every connection", async () => {
    const body: Body = async ({ step }) => {
      await step.run("one", () => pause(100));
      return step.run("two", () => "done");
    };
    await start(body, "cut");
    await emit("t/cut");
    await pause(50);
    await pool
      .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
      .catch(() => {});
    // The test's own connections were closed as well.
    await until(() => isEnded("cut").catch(() => false));
    await pause(600);
    await emit("t/cut");
    await until(() => isEnded("cut", 2));
  });
});

describe("slots", () => {
  it("[K8] begins the next job as soon as a slot is free", async () => {
    const executor = makeExecutor({ functions: [make("queue", () => Promise.resolve(1))], slots: 1, pollMs: 60_000 });
    started.push(executor);
    await executor.start();
    await transaction((tx) => send(tx, ...[1, 2, 3].map((n) => ({ name: "t/queue", data: { n } }))));
    await until(() => isEnded("queue", 3), 5000);
  });

  it("[K8] ends a run after its last attempt, also when the answer asks for another", async () => {
    const real = inProcess([make("endless", () => Promise.resolve(1))]);
    const line = lineTo(async (request) => {
      if (request.method === "PUT") return real(request);
      const text = JSON.stringify({ name: "Error", message: "again" });
      const headers = {
        "x-inngest-sdk": "a stub",
        "x-inngest-no-retry": "false",
        "x-inngest-signature": sign(text, line.signingKey),
      };
      return new Response(text, { status: 500, headers });
    });
    const executor = new Executor({ line, pollMs: 100, retryBaseMs: 2 });
    started.push(executor);
    await executor.start();
    await emit("t/endless");
    await until(() => isEnded("endless"));
    expect(await runsOf(["faultline-endless"])).toMatchObject([
      { state: "failed", attempts: 5, error: { message: "again" } },
    ]);
  });
});

describe("stopping", () => {
  it("[K8] waits for calls under way and begins nothing more", async () => {
    const calls: string[] = [];
    const body: Body = async ({ step }) => {
      await step.run("one", async () => {
        calls.push("one");
        await pause(300);
      });
      await step.run("two", () => calls.push("two"));
    };
    const executor = await start(body, "calm");
    await emit("t/calm");
    await until(() => calls.length === 1);
    await executor.stop(5000);
    const { rows } = await pool.query("SELECT worker, due_at <= now() AS due FROM executor.job");
    expect(rows).toEqual([{ worker: null, due: true }]);
    expect(await runsOf(["faultline-calm"])).toMatchObject([
      { state: "running", steps: [{ name: "one", state: "completed" }] },
    ]);
    expect(calls).toEqual(["one"]);
  });

  it("[K8] gives back what does not end in time, and drops its late result", async () => {
    let finish = (_: string) => {};
    const stuck: Body = async ({ step }) =>
      step.run(
        "s",
        () =>
          new Promise<string>((done) => {
            finish = done;
          }),
      );
    const executor = await start(stuck, "stuck");
    await emit("t/stuck");
    await until(async () => (await pool.query("SELECT FROM executor.job WHERE worker IS NOT NULL")).rowCount === 1);
    await pause(50);
    await executor.stop(50);
    const { rows } = await pool.query("SELECT worker, due_at <= now() AS due FROM executor.job");
    expect(rows).toEqual([{ worker: null, due: true }]);
    finish("late");
    await pause(100);
    const [run] = await runUntilIdle([make("stuck", async ({ step }) => step.run("s", () => "in time"))]);
    expect(run).toMatchObject({ state: "completed", attempts: 1, output: "in time" });
  });
});

describe("stopping while the database hangs", () => {
  it("[K8] ends after the grace all the same, and leaves the leases to end by themselves", async () => {
    const executor = await start(() => new Promise(() => {}), "stuck", { leaseMs: 60_000 });
    await emit("t/stuck");
    await until(async () => (await pool.query("SELECT FROM executor.job WHERE worker IS NOT NULL")).rowCount === 1);
    const hanging = vi.spyOn(pool, "query").mockImplementation(() => new Promise(() => {}));
    executor.wake();
    const startMs = Date.now();
    await executor.stop(300);
    expect(Date.now() - startMs).toBeLessThan(2000);
    hanging.mockRestore();
    const { rows } = await pool.query("SELECT worker FROM executor.job");
    expect(rows).toEqual([{ worker: executor.worker }]);
  });
});

describe("signatures on the line", () => {
  const body: Body = () => Promise.resolve("done");
  const otherKey = `signkey-prod-${"cd".repeat(32)}`;

  it("[K8] refuses to start when the functions hold another key", async () => {
    const executor = new Executor({ line: { endpoint: inProcess([make("other", body)]), signingKey: otherKey } });
    await expect(executor.start()).rejects.toMatchObject({
      kind: "misconfigured",
      message: expect.stringContaining("INNGEST_SIGNING_KEY"),
    });
  });

  it("[K8] the functions answer nobody who does not sign", async () => {
    const endpoint = inProcess([make("other", body)]);
    for (const method of ["POST", "GET"]) {
      const request = new Request("http://127.0.0.1/api/inngest?fnId=faultline-other&stepId=step", {
        method,
        headers: { host: "127.0.0.1", "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` },
        ...(method === "POST" && { body: "{}" }),
      });
      expect((await endpoint(request)).status).toBe(401);
    }
  });

  it("[K8] believes no answer that the functions have not signed, and burns no attempt on it", async () => {
    const real = inProcess([make("forged", body)]);
    let isForging = false;
    const endpoint: Endpoint = async (request) => {
      const response = await real(request);
      if (!isForging) return response;
      return new Response('"forged"', { status: 200, headers: response.headers });
    };
    const executor = new Executor({ line: lineTo(endpoint), pollMs: 100 });
    started.push(executor);
    await executor.start();
    isForging = true;
    await emit("t/forged");
    await until(async () => (await pool.query("SELECT FROM executor.job WHERE strays > 0")).rowCount === 1);
    expect(await runsOf(["faultline-forged"])).toMatchObject([{ state: "running", output: null }]);
    isForging = false;
    await until(() => isEnded("forged"));
    expect(await runsOf(["faultline-forged"])).toMatchObject([{ state: "completed", attempts: 1, output: "done" }]);
  });

  it("[K8] says what is missing when there is no signing key", async () => {
    vi.resetModules();
    vi.stubEnv("INNGEST_SIGNING_KEY", "");
    const fresh = await import("./start");
    expect(() => fresh.makeExecutor({ functions: [] })).toThrow(/INNGEST_SIGNING_KEY is missing/);
    vi.unstubAllEnvs();
  });
});
