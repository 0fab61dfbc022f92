import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { PoolClient } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { pauseFunction, resumeFunction } from "./control";
import type { Executor, ExecutorOptions } from "./executor";
import { makeExecutor, startExecutor, stopExecutor } from "./start";
import { withExecutors } from "./test-executors";
import { runsOf, until } from "./testing";

type Body = Parameters<typeof inngest.createFunction>[1];

const { started } = withExecutors();

const emit = (name: string) => transaction((tx) => send(tx, { name, data: {} }));
const make = (id: string, body: Body, retries: 0 | 1 = 0) =>
  inngest.createFunction({ id, triggers: [{ event: `t/${id}` }], retries }, body);

async function start(id: string, body: Body, options: Partial<Omit<ExecutorOptions, "line">> = {}): Promise<Executor> {
  const executor = makeExecutor({ functions: [make(id, body)], pollMs: 500, retryBaseMs: 5, ...options });
  started.push(executor);
  await executor.start();
  return executor;
}

const isEnded = async (id: string, count = 1) =>
  (await runsOf([`faultline-${id}`])).filter(({ state }) => state === "completed" || state === "failed").length >=
  count;

/** A process that has begun a step which never ends. */
async function victim() {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "killed.child.ts"), "20000"],
    {
      env: process.env,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  await emit("t/victim");
  await once(child.stdout, "data");
  return child;
}

describe("a process that is gone", () => {
  it("[K8] is missed by those that run, long before its leases end", async () => {
    const calls: string[] = [];
    const child = await victim();
    await start("victim", async ({ step, attempt }) => {
      await step.run("one", () => calls.push("one"));
      await step.run("two", () => calls.push(`two ${attempt}`));
    });
    // As long as it lives, its job stays with it.
    await new Promise((done) => setTimeout(done, 2500));
    expect(calls).toEqual([]);
    child.kill("SIGKILL");
    await until(() => isEnded("victim"), 3000);
    expect(calls).toEqual(["two 0"]);
  }, 30_000);

  it("[K8] is missed by the one that is started next", async () => {
    const child = await victim();
    child.kill("SIGKILL");
    await once(child, "exit");
    await start("victim", async ({ step }) => step.run("two", () => "done"));
    await until(() => isEnded("victim"), 2500);
  }, 30_000);

  it("[K8] is not one that has merely lost its sessions", async () => {
    let calls = 0;
    const slow: Body = async ({ step }) =>
      step.run("slow", async () => {
        calls += 1;
        await new Promise((done) => setTimeout(done, 4000));
      });
    await Promise.all([start("slow", slow), start("slow", slow)]);
    await emit("t/slow");
    await until(() => calls === 1);
    await pool
      .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
      .catch(() => {});
    await until(() => isEnded("slow").catch(() => false));
    expect(calls).toBe(1);
  }, 15_000);
});

it("[K8] a job under its own name that a process knows nothing of is its own", async () => {
  let calls = 0;
  const executor = await start("lost", () => {
    calls += 1;
    return "done";
  });
  await transaction((tx) => pauseFunction(tx, "faultline-lost"));
  await emit("t/lost");
  await until(async () => (await pool.query("SELECT FROM executor.job")).rowCount === 1);
  // As when the answer to a claim is lost with its connection.
  await pool.query("UPDATE executor.job SET worker = $1, due_at = now() + interval '1 hour'", [executor.worker]);
  await transaction((tx) => resumeFunction(tx, "faultline-lost"));
  await until(() => isEnded("lost"), 2000);
  expect(calls).toBe(1);
});

describe("a call that never comes back", () => {
  it("[K8] has failed after its time, and its place is free", async () => {
    const seen: string[] = [];
    const body: Body = async ({ event, step, attempt }) =>
      step.run("hang", () => {
        seen.push(`${event.name} ${attempt}`);
        return new Promise(() => {});
      });
    const executor = makeExecutor({
      functions: [make("hung", body, 1), make("next", () => "done")],
      pollMs: 60_000,
      retryBaseMs: 5,
      slots: 1,
      callTimeoutMs: 300,
    });
    started.push(executor);
    await executor.start();
    await emit("t/hung");
    await until(() => seen.length === 1);
    await emit("t/next");
    await until(() => isEnded("next"));
    await until(() => isEnded("hung"));
    expect(seen).toEqual(["t/hung 0", "t/hung 1"]);
    expect(await runsOf(["faultline-hung"])).toMatchObject([
      { state: "failed", attempts: 2, error: { name: "TimedOut", message: expect.stringContaining("0.3 s") } },
    ]);
  });
});

describe("a database in trouble", () => {
  it("[K8] is waited for when it gives no more connections, and nothing is called twice", async () => {
    let calls = 0;
    await start("busy", async ({ step }) => {
      await step.run("one", async () => {
        calls += 1;
        await new Promise((done) => setTimeout(done, 300));
      });
      return "done";
    });
    await emit("t/busy");
    await until(() => calls === 1);
    const all: PoolClient[] = [];
    while (all.length < 19) all.push(await pool.connect());
    await new Promise((done) => setTimeout(done, 1500));
    for (const client of all) client.release();
    await until(() => isEnded("busy"), 10_000);
    expect(calls).toBe(1);
  }, 20_000);

  it("[K8] may fail any statement of the executor, and the work goes on within seconds", async () => {
    const calls: string[] = [];
    await start("reset", async ({ step }) => {
      for (const name of ["a", "b", "c", "d", "e", "f"]) {
        await step.run(name, async () => {
          calls.push(name);
          await new Promise((done) => setTimeout(done, 120));
        });
      }
    });
    await emit("t/reset");
    // Every session of the executor, but not this one.
    const cut = setInterval(() => {
      void pool
        .query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .catch(() => {});
    }, 250);
    await until(() => calls.length >= 4, 15_000).finally(() => clearInterval(cut));
    await until(() => isEnded("reset").catch(() => false), 10_000);
    expect(await runsOf(["faultline-reset"])).toMatchObject([{ state: "completed", attempts: 1 }]);
    expect([...new Set(calls)]).toEqual(["a", "b", "c", "d", "e", "f"]);
  }, 25_000);
});

describe("stopping", () => {
  it("[K8] while it starts leaves nothing running", async () => {
    const starting = startExecutor({ functions: [make("early", () => "done")], pollMs: 50 });
    await stopExecutor(0);
    await starting;
    await emit("t/early");
    await new Promise((done) => setTimeout(done, 300));
    expect((await pool.query('SELECT FROM "Outbox"')).rowCount).toBe(1);
    expect(await runsOf(["faultline-early"])).toEqual([]);
  });

  it("[K8] while it begins to listen leaves nothing running", async () => {
    const executor = makeExecutor({ functions: [make("late", () => "done")], pollMs: 50 });
    const holder = await pool.connect();
    // Until this lock is free it does not listen.
    await holder.query("SELECT pg_advisory_lock(4712, hashtext($1))", [executor.worker]);
    const starting = executor.start();
    await until(async () => {
      const { rowCount } = await pool.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      return rowCount === 1;
    });
    const stopping = executor.stop(0);
    holder.release(true);
    await Promise.all([starting, stopping]);
    await emit("t/late");
    await new Promise((done) => setTimeout(done, 300));
    expect((await pool.query('SELECT FROM "Outbox"')).rowCount).toBe(1);
  });

  it("[K8] keeps its jobs from the others until its calls have ended", async () => {
    const calls: string[] = [];
    const body =
      (name: string): Body =>
      async ({ step }) =>
        step.run("slow", async () => {
          calls.push(name);
          await new Promise((done) => setTimeout(done, 3000));
        });
    const first = await start("last-words", body("first"));
    await emit("t/last-words");
    await until(() => calls.length === 1);
    await start("last-words", body("second"));
    await first.stop(8000);
    await until(() => isEnded("last-words"));
    expect(calls).toEqual(["first"]);
  }, 15_000);
});
