import { NonRetriableError, RetryAfterError } from "inngest";
import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { storeEvents } from "./event-api";
import { emptyExecutor } from "./test-executors";
import { runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, data: Record<string, unknown> = {}, id?: string) =>
  transaction((tx) => send(tx, { name, data, ...(id && { id }) }));

/** A function of one event, "t/<id>". */
const make = (
  id: string,
  body: Parameters<typeof inngest.createFunction>[1],
  options: { retries?: 0 | 1 | 2 | 3 } = {},
) => inngest.createFunction({ id, triggers: [{ event: `t/${id}` }], ...options }, body);

describe("runs", () => {
  it("[K8] runs each step once, in order, with what the steps before it gave", async () => {
    const calls: string[] = [];
    const fn = make("two", async ({ event, step, runId }) => {
      const a = await step.run("first", () => {
        calls.push("first");
        return { n: event.data.n * 2, runId };
      });
      return step.run("second", () => {
        calls.push("second");
        return a.n + 1;
      });
    });
    await emit("t/two", { n: 4 });
    const [run] = await runUntilIdle([fn]);
    expect(calls).toEqual(["first", "second"]);
    expect(run).toMatchObject({ functionId: "faultline-two", state: "completed", attempts: 1, output: 9, error: null });
    expect(run?.steps).toMatchObject([
      { name: "first", op: "run", state: "completed", output: { n: 8, runId: run?.id } },
      { name: "second", op: "run", state: "completed", output: 9 },
    ]);
  });

  it("[K3] keeps of each run its function, state, attempts, times and error", async () => {
    const fn = make("bad", async ({ step }) => step.run("boom", () => Promise.reject(new TypeError("no use"))), {
      retries: 1,
    });
    await emit("t/bad", { creationId: "c1" });
    await runUntilIdle([fn]);
    const { rows } = await pool.query(
      `SELECT run.*, event.data FROM executor.run JOIN executor.event ON event.id = run.event_ids[1]`,
    );
    expect(rows).toMatchObject([
      {
        function_id: "faultline-bad",
        event_name: "t/bad",
        state: "failed",
        attempts: 2,
        started_at: expect.any(Date),
        ended_at: expect.any(Date),
        error: { name: "TypeError", message: "no use" },
        data: { creationId: "c1" },
      },
    ]);
    const { rows: jobs } = await pool.query("SELECT FROM executor.job");
    expect(jobs).toHaveLength(0);
  });

  it("[K8] starts nothing for an event whose transaction was rolled back", async () => {
    const fn = make("never", () => Promise.resolve(1));
    const rolledBack = transaction(async (tx) => {
      await send(tx, { name: "t/never", data: {} });
      throw new Error("changed my mind");
    });
    await expect(rolledBack).rejects.toThrow("changed my mind");
    expect(await runUntilIdle([fn])).toEqual([]);
  });

  it("[K8] starts one run for each function and event id", async () => {
    const one = make("dup", () => Promise.resolve(1));
    const other = inngest.createFunction({ id: "dup-too", triggers: [{ event: "t/*" }] }, () => Promise.resolve(2));
    await emit("t/dup", {}, "same");
    await emit("t/dup", {}, "same");
    expect(await runUntilIdle([one, other])).toHaveLength(2);
    await emit("t/dup", {}, "same");
    expect(await runUntilIdle([one, other])).toHaveLength(2);
    await emit("t/dup", {}, "another");
    expect(await runUntilIdle([one, other])).toHaveLength(4);
    await pool.query("UPDATE executor.once SET expires_at = now()");
    await emit("t/dup", {}, "same");
    expect(await runUntilIdle([one, other])).toHaveLength(6);
  });

  it("[K8] forgets an event's id after its time, so that what is kept of them does not grow for ever", async () => {
    await pool.query(
      `INSERT INTO executor.once (function_id, kind, key, expires_at) VALUES ('faultline-old', 'event', 'past', now())`,
    );
    await emit("t/fresh", {}, "present");
    await runUntilIdle([make("fresh", () => Promise.resolve(1))]);
    const { rows } = await pool.query("SELECT DISTINCT key FROM executor.once");
    expect(rows).toEqual([{ key: "present" }]);
  });

  it("[K8] sleeps at least as long as asked, without holding a slot", async () => {
    const times: number[] = [];
    const fn = make("nap", async ({ step }) => {
      await step.run("before", () => times.push(Date.now()));
      await step.sleep("pause", "1s");
      await step.sleepUntil("no time", new Date(Date.now() - 1000));
      await step.run("after", () => times.push(Date.now()));
    });
    await emit("t/nap");
    const [run] = await runUntilIdle([fn], { slots: 1 });
    expect(run?.state).toBe("completed");
    expect(run?.steps.map(({ name, op, state }) => `${name} ${op} ${state}`)).toEqual([
      "before run completed",
      "pause sleep completed",
      "no time sleep completed",
      "after run completed",
    ]);
    const [before = 0, after = 0] = times;
    expect(after - before).toBeGreaterThanOrEqual(1000);
    expect(after - before).toBeLessThan(3000);
  });

  it("[K8] runs steps that were started together, and goes on when all are done", async () => {
    const fn = make("par", async ({ step }) => {
      const [a, , c] = await Promise.all([step.run("a", () => "A"), step.sleep("b", "1s"), step.run("c", () => "C")]);
      return step.run("d", () => `${a}${c}`);
    });
    await emit("t/par");
    const [run] = await runUntilIdle([fn]);
    expect(run).toMatchObject({ state: "completed", output: "AC" });
    expect(run?.steps.map(({ name }) => name).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it("[K8] keeps what jsonb would refuse", async () => {
    const fn = make("nul", async ({ step }) => step.run("s", () => "a\0b\ud800"));
    await emit("t/nul");
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed", output: "a\ufffdb\ufffd" }]);
  });

  it("[K8] fails a run that uses a step tool which is not supported, naming it", async () => {
    const fn = make("wait", async ({ step }) => step.waitForSignal("w", { signal: "s", timeout: "1s" }));
    await emit("t/wait");
    expect(await runUntilIdle([fn])).toMatchObject([
      { state: "failed", error: { name: "NotSupported", message: expect.stringContaining("step.waitForSignal") } },
    ]);
  });
});

describe("failures", () => {
  it("[K8] repeats a failed step, not the ones before it, and counts attempts for each", async () => {
    const calls: string[] = [];
    const fn = make("flaky", async ({ step, attempt }) => {
      await step.run("fine", () => calls.push("fine"));
      return step.run("flaky", () => {
        calls.push(`flaky ${attempt}`);
        if (attempt < 2) throw new Error(`attempt ${attempt}`);
        return "done";
      });
    });
    await emit("t/flaky");
    expect(await runUntilIdle([fn])).toMatchObject([
      {
        state: "completed",
        attempts: 3,
        output: "done",
        error: null,
        steps: [
          { name: "fine", attempts: 1 },
          { name: "flaky", attempts: 3, error: null },
        ],
      },
    ]);
    expect(calls).toEqual(["fine", "flaky 0", "flaky 1", "flaky 2"]);
  });

  it("[K8] hands the last failure of a step to the function, which may catch it", async () => {
    const fn = make(
      "caught",
      async ({ step }) => {
        try {
          await step.run("bad", () => Promise.reject(new Error("always")));
        } catch (error) {
          return step.run("rescue", () => `rescued from ${error instanceof Error ? error.message : ""}`);
        }
      },
      { retries: 1 },
    );
    await emit("t/caught");
    expect(await runUntilIdle([fn])).toMatchObject([
      {
        state: "completed",
        output: "rescued from always",
        steps: [
          { name: "bad", state: "failed", attempts: 2, error: { message: "always" } },
          { name: "rescue", state: "completed" },
        ],
      },
    ]);
  });

  it("[K8] repeats the function itself when it throws outside a step, until the attempts are used up", async () => {
    let calls = 0;
    const fn = make(
      "body",
      () => {
        calls++;
        throw new Error(`call ${calls}`);
      },
      { retries: 2 },
    );
    await emit("t/body");
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "failed", attempts: 3, error: { message: "call 3" } }]);
    expect(calls).toBe(3);
  });

  it("[K8] waits as long as Retry-After asks", async () => {
    const times: number[] = [];
    const fn = make("later", async ({ step, attempt }) =>
      step.run("ask", () => {
        times.push(Date.now());
        if (attempt === 0) throw new RetryAfterError("busy", 1000);
        return 1;
      }),
    );
    await emit("t/later");
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed" }]);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(990);
  });

  it("[K8] takes from our errors whether and when to repeat, and stores no cause", async () => {
    const calls: string[] = [];
    const fail = (id: string, error: () => Error) =>
      make(id, async ({ step }) =>
        step.run("s", () => {
          calls.push(id);
          throw error();
        }),
      );
    const cause = new Error("a secret answer");
    const refused = fail("refused", () => new AppError("tracker_refused", "No.", { cause }));
    const final = fail("final", () => new NonRetriableError("Never.", { cause }));
    await emit("t/refused");
    await emit("t/final");
    const runs = await runUntilIdle([refused, final]);
    expect(runs.map(({ state, attempts }) => ({ state, attempts }))).toEqual([
      { state: "failed", attempts: 1 },
      { state: "failed", attempts: 1 },
    ]);
    expect(runs.map(({ error }) => error?.name).sort()).toEqual(["NonRetriableError", "tracker_refused"]);
    expect(calls.sort()).toEqual(["final", "refused"]);
    expect(JSON.stringify(runs)).not.toContain("a secret answer");
  });

  it("[K8] asks again later when our error says when", async () => {
    const times: number[] = [];
    const fn = make("limited", async ({ step, attempt }) =>
      step.run("s", () => {
        times.push(Date.now());
        if (attempt > 0) return 1;
        throw new AppError("tracker_rate_limited", "Wait.", { retryAt: new Date(Date.now() + 900) });
      }),
    );
    await emit("t/limited");
    expect(await runUntilIdle([fn])).toMatchObject([{ state: "completed" }]);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(890);
  });
});

describe("sending events", () => {
  it("[K8] starts one run for an event of step.sendEvent, also when the step is repeated after it was sent", async () => {
    let sends = 0;
    const child = make("child", ({ event }) => Promise.resolve(event.data.x));
    const parent = make("parent", async ({ step }) => {
      sends++;
      await step.sendEvent("fan", [
        { name: "t/child", data: { x: 1 } },
        { name: "t/child", data: { x: 2 } },
      ]);
      // The step's result is lost with the process; here its row is forgotten, and the function is called again.
      if (sends === 2) {
        await pool.query("DELETE FROM executor.step");
        throw new Error("again");
      }
    });
    await emit("t/parent");
    const runs = await runUntilIdle([parent, child]);
    expect(sends).toBeGreaterThan(2);
    expect(runs.filter(({ functionId }) => functionId === "faultline-child").map(({ output }) => output)).toEqual([
      1, 2,
    ]);
    expect(runs[0]?.steps).toMatchObject([{ name: "fan", op: "send_event", state: "completed" }]);
  });

  it("[K8] takes a request that is repeated after a lost answer for one", async () => {
    const fn = make("seeded", ({ event }) => Promise.resolve(event.data.n));
    const post = (seed: string) =>
      storeEvents(
        new Request("http://inngest/e/key", {
          method: "POST",
          headers: { "x-inngest-event-id-seed": seed },
          body: JSON.stringify([1, 2].map((n) => ({ name: "t/seeded", data: { n } }))),
        }),
      );
    await post("1795147776474,AAAA");
    await post("1795147776474,AAAA");
    await post("1795147776474,BBBB");
    expect((await runUntilIdle([fn])).map(({ output }) => output)).toEqual([1, 2, 1, 2]);
  });

  it("[K8] has no other address for the client to call", async () => {
    await expect(storeEvents(new Request("http://inngest/v1/runs"))).rejects.toMatchObject({ kind: "not_supported" });
    const nameless = new Request("http://inngest/e/key", { method: "POST", body: '{"data":{}}' });
    expect(await (await storeEvents(nameless)).json()).toMatchObject({ status: 400, ids: [] });
  });

  it("[K8] stores what the client sends in the outbox and calls nobody", async () => {
    const { ids } = await inngest.send({ name: "t/direct", data: { n: 1 } });
    const { rows } = await pool.query('SELECT id, name, data FROM "Outbox"');
    expect(rows).toEqual([{ id: ids[0], name: "t/direct", data: { n: 1 } }]);
  });
});
