import { describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { transaction } from "@/lib/db/client";
import { withExecutors } from "./test-executors";
import { runsOf, until } from "./testing";

type Concurrency = Parameters<typeof inngest.createFunction>[0]["concurrency"];

const { start } = withExecutors();

const emit = (name: string, ...data: Record<string, unknown>[]) =>
  transaction((tx) => send(tx, ...data.map((each) => ({ name, data: each }))));

const ended = async (ids: string[]) =>
  (await runsOf(ids.map((id) => `faultline-${id}`))).filter(({ state }) => state === "completed");

/** Calls that wait until they are let go, and who of them is under way. */
function gate() {
  const open = new Map<string, () => void>();
  return {
    enter: (name: string) =>
      new Promise<string>((done) => {
        open.set(name, () => {
          open.delete(name);
          done(name);
        });
      }),
    inside: () => [...open.keys()].sort(),
    let: (name: string) => open.get(name)?.(),
    letAll: () => {
      for (const leave of open.values()) leave();
    },
  };
}

type Gate = ReturnType<typeof gate>;

/** A function whose one step waits at the gate under the name that its event gives. */
const waiting = (id: string, at: Gate, concurrency: Concurrency) =>
  inngest.createFunction({ id, triggers: [{ event: `t/${id}` }], concurrency, retries: 0 }, ({ event, step }) =>
    step.run("wait", () => at.enter(event.data.n)),
  );

const many = (count: number, more: object = {}) => Array.from({ length: count }, (_, n) => ({ n: `${n}`, ...more }));

describe("a limit", () => {
  it("[K8] holds over all processes, and its next run begins as soon as one ends", async () => {
    const at = gate();
    const fn = waiting("two", at, 2);
    await Promise.all([start([fn]), start([fn])]);
    await emit("t/two", ...many(5));
    for (const names of [["0", "1"], ["2", "3"], ["4"]]) {
      await until(() => at.inside().length === names.length);
      await new Promise((done) => setTimeout(done, 100));
      expect(at.inside()).toEqual(names);
      at.letAll();
    }
    await until(async () => (await ended(["two"])).length === 5);
  });

  it("[K8] counts each value of its key for itself, a missing one too", async () => {
    const at = gate();
    await start([waiting("keyed", at, [{ limit: 1, key: "event.data.tracker" }])]);
    await emit("t/keyed", { n: "a1", tracker: "a" }, { n: "a2", tracker: "a" }, { n: "b1", tracker: "b" });
    await emit("t/keyed", { n: "none1" }, { n: "none2" }, { n: "long", tracker: "x".repeat(9000) });
    await until(() => at.inside().length === 4);
    expect(at.inside()).toEqual(["a1", "b1", "long", "none1"]);
    at.let("a1");
    await until(() => at.inside().includes("a2"));
    at.letAll();
    await until(() => at.inside().includes("none2"));
    at.letAll();
    await until(async () => (await ended(["keyed"])).length === 6);
  });

  it("[K8] may be one of two, and neither is passed", async () => {
    const at = gate();
    const limits: Concurrency = [{ limit: 3 }, { limit: 1, key: "event.data.tracker" }];
    await start([waiting("both", at, limits)]);
    const events = ["a1", "a2", "b1", "b2", "c1", "d1"].map((n) => ({ n, tracker: n[0] }));
    await emit("t/both", ...events);
    await until(() => at.inside().length === 3);
    expect(at.inside()).toEqual(["a1", "b1", "c1"]);
    at.let("b1");
    await until(() => at.inside().includes("b2"));
    at.let("c1");
    await until(() => at.inside().includes("d1"));
    expect(at.inside()).toEqual(["a1", "b2", "d1"]);
    at.letAll();
    await until(() => at.inside().includes("a2"));
    at.letAll();
    await until(async () => (await ended(["both"])).length === 6);
  });

  it("[K8] is shared by functions that name the same key for the whole environment", async () => {
    const at = gate();
    const shared: Concurrency = [{ limit: 1, key: "event.data.tracker", scope: "env" }];
    await start([waiting("one", at, shared), waiting("other", at, shared), waiting("alone", at, 1)]);
    await emit("t/one", { n: "one", tracker: "a" });
    await until(() => at.inside().length === 1);
    await emit("t/other", { n: "other", tracker: "a" });
    await emit("t/other", { n: "another", tracker: "b" });
    await emit("t/alone", { n: "alone", tracker: "a" });
    await until(() => at.inside().length === 3);
    expect(at.inside()).toEqual(["alone", "another", "one"]);
    at.let("one");
    await until(() => at.inside().includes("other"));
    at.letAll();
    await until(async () => (await ended(["one", "other", "alone"])).length === 4);
  });

  it("[K8] counts no run that sleeps or waits for its next attempt", async () => {
    const seen: string[] = [];
    const fn = inngest.createFunction({ id: "nap", triggers: [{ event: "t/nap" }], concurrency: 1 }, async (given) => {
      const { event, step, attempt } = given;
      if (event.data.n === "1") return seen.push("1");
      await step.run("before", () => seen.push(`0 attempt ${attempt}`));
      await step.sleep("pause", "1s");
      await step.run("after", () => seen.push("0 after"));
    });
    await start([fn]);
    await emit("t/nap", ...many(2));
    await until(async () => (await ended(["nap"])).length === 2);
    expect(seen).toEqual(["0 attempt 0", "1", "0 after"]);
  });

  it("[K8] of nothing limits nothing", async () => {
    const at = gate();
    await start([waiting("free", at, [{ limit: 0, key: "event.data.n" }])]);
    await emit("t/free", ...many(8));
    await until(() => at.inside().length === 8);
    at.letAll();
    await until(async () => (await ended(["free"])).length === 8);
  });

  it("[K8] holds for the steps that a run plans together", async () => {
    let now = 0;
    let most = 0;
    const work = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 20));
      now -= 1;
    };
    const fn = inngest.createFunction(
      { id: "fan", triggers: [{ event: "t/fan" }], concurrency: 2 },
      async ({ step }) => {
        await Promise.all(["a", "b", "c", "d", "e"].map((name) => step.run(name, work)));
        return "done";
      },
    );
    await Promise.all([start([fn]), start([fn])]);
    await emit("t/fan", {}, {});
    await until(async () => (await ended(["fan"])).length === 2);
    expect(most).toBe(2);
  });

  it("[K8] applies to what waits already when a release changes it", async () => {
    const at = gate();
    const before = await start([waiting("grown", at, 1)]);
    await emit("t/grown", ...many(4));
    await until(() => at.inside().length === 1);
    await before.stop(0);
    await start([waiting("grown", at, 3)]);
    await until(() => at.inside().length === 3);
    at.letAll();
    await until(() => at.inside().includes("3"));
    at.letAll();
    await until(async () => (await ended(["grown"])).length === 4);
  });
});

describe("fairness", () => {
  it("[K8] lets others of a queue have their turn before a long run has ended", async () => {
    const seen: string[] = [];
    const fn = inngest.createFunction(
      { id: "long", triggers: [{ event: "t/long" }], concurrency: 1 },
      async ({ event, step }) => {
        const steps = event.data.n === "0" ? 6 : 1;
        for (let n = 0; n < steps; n += 1) {
          await step.run(`step ${n}`, async () => {
            seen.push(event.data.n);
            await new Promise((done) => setTimeout(done, 300));
          });
        }
      },
    );
    await start([fn]);
    await emit("t/long", ...many(2));
    await until(async () => (await ended(["long"])).length === 2, 15_000);
    expect(seen.filter((n) => n === "0")).toHaveLength(6);
    expect(seen.indexOf("1")).toBeGreaterThan(0);
    expect(seen.indexOf("1")).toBeLessThan(6);
  });

  it("[K8] goes on with other queues at once, whatever waits in one", async () => {
    const at = gate();
    const fn = waiting("crowd", at, [{ limit: 1, key: "event.data.tracker" }]);
    await start([fn], { slots: 4 });
    await emit("t/crowd", ...many(300, { tracker: "slow" }));
    await until(() => at.inside().length === 1);
    await emit("t/crowd", { n: "quick", tracker: "quick" });
    await until(() => at.inside().includes("quick"), 2000);
  });
});

it("[K8] another process takes at once what one has no place for", async () => {
  const at = gate();
  const fn = waiting("places", at, undefined);
  await Promise.all([start([fn], { slots: 2 }), start([fn], { slots: 2 })]);
  await emit("t/places", ...many(6));
  await until(() => at.inside().length === 4, 2000);
  at.letAll();
  await until(() => at.inside().length === 2);
  at.letAll();
  await until(async () => (await ended(["places"])).length === 6);
});

it("[K8] steps that are planned together are shared by processes that have places for them", async () => {
  const at = gate();
  const fn = inngest.createFunction({ id: "planned", triggers: [{ event: "t/planned" }] }, async ({ step }) => {
    await Promise.all(["a", "b", "c"].map((name) => step.run(name, () => at.enter(name))));
  });
  await Promise.all([start([fn], { slots: 1 }), start([fn], { slots: 1 }), start([fn], { slots: 1 })]);
  await emit("t/planned", {});
  await until(() => at.inside().length === 3, 2000);
  at.letAll();
  await until(async () => (await ended(["planned"])).length === 1);
});
