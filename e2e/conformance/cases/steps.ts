import { expect, it } from "vitest";
import { dataOf, type Kit, pause } from "../kit";

export function steps(kit: Kit): void {
  kit.fn("order", {}, async ({ event, step }) => {
    const one = await step.run("one", () => {
      kit.note("order", "one");
      return { n: event.data.n * 2 };
    });
    const two = await step.run("two", () => {
      kit.note("order", "two");
      return one.n + 1;
    });
    await step.run("three", () => kit.note("order", { one, two }));
  });
  it.concurrent("[K8] runs each step once, in order, and remembers what it gave", async () => {
    await kit.send("order", { n: 4 });
    await kit.until("order", 3);
    expect(dataOf(await kit.atRest("order"))).toEqual(["one", "two", { one: { n: 8 }, two: 9 }]);
  });

  kit.fn("parallel", {}, async ({ step }) => {
    const [a, , c] = await Promise.all([
      step.run("a", async () => {
        kit.note("parallel begun", "a");
        await kit.until("parallel begun", 2);
        return "A";
      }),
      step.sleep("b", "1s"),
      step.run("c", async () => {
        kit.note("parallel begun", "c");
        await kit.until("parallel begun", 2);
        return "C";
      }),
    ]);
    await step.run("d", () => kit.note("parallel", `${a}${c}`));
  });
  it.concurrent("[K8] runs steps that were started together at the same time, and goes on when all are done", async () => {
    await kit.send("parallel", {});
    await kit.until("parallel");
    expect(dataOf(await kit.atRest("parallel"))).toEqual(["AC"]);
    expect(dataOf(kit.notes("parallel begun")).sort()).toEqual(["a", "c"]);
  });

  kit.fn("race", {}, async ({ step, group }) => {
    const winner = await group.parallel({ mode: "race" }, () =>
      Promise.race([step.run("fast", () => "fast"), step.sleep("slow", "20s").then(() => "slow")]),
    );
    await step.run("after", () => kit.note("race", winner));
  });
  it.concurrent("[K8] goes on with the first of a race, long before the last", async () => {
    const startMs = Date.now();
    await kit.send("race", {});
    const [note] = await kit.until("race");
    expect(note?.data).toBe("fast");
    expect((note?.atMs ?? 0) - startMs).toBeLessThan(kit.engine.tolerances.lateMs);
  });

  kit.fn("sleep", {}, async ({ step }) => {
    await step.run("before", () => kit.note("sleep", "before"));
    await step.sleep("nap", "2s");
    await step.sleepUntil("no time", new Date(Date.now() - 60_000));
    await step.run("after", () => kit.note("sleep", "after"));
  });
  it.concurrent("[K8] sleeps as long as it was told", async () => {
    const { earlyMs, lateMs } = kit.engine.tolerances;
    await kit.send("sleep", {});
    const [before, after] = await kit.until("sleep", 2);
    const sleptMs = (after?.atMs ?? 0) - (before?.atMs ?? 0);
    expect(sleptMs).toBeGreaterThan(2000 - earlyMs);
    expect(sleptMs).toBeLessThan(2000 + 2 * lateMs);
  });

  kit.fn("fan-out", {}, async ({ step }) => {
    const { ids } = await step.sendEvent(
      "fan",
      [1, 2, 3].map((n) => ({ name: "conformance/fan-in", data: { n, nonce: kit.nonce } })),
    );
    await step.run("sent", () => kit.note("fan-out", ids.length));
  });
  kit.fn("fan-in", {}, ({ event, step }) => step.run("got", () => kit.note("fan-in", event.data.n)));
  it.concurrent("[K8] sends events from a step, each of which starts one run", async () => {
    await kit.send("fan-out", {});
    await kit.until("fan-in", 3);
    expect(dataOf(await kit.atRest("fan-in")).sort()).toEqual([1, 2, 3]);
    expect(dataOf(kit.notes("fan-out"))).toEqual([3]);
  });

  const doubles = kit.fn("doubles", {}, async ({ event, step }) => {
    const doubled = await step.run("double", async () => {
      await pause(20);
      return event.data.x * 2;
    });
    return { doubled, name: event.name };
  });
  kit.fn("invokes", {}, async ({ step }) => {
    const result = await step.invoke("ask", { function: doubles, data: { x: 21, nonce: kit.nonce } });
    await step.run("told", () => kit.note("invokes", result));
  });
  it.concurrent("[K8] invokes a function and gets what it returns", async () => {
    await kit.send("invokes", {});
    expect(dataOf(await kit.until("invokes"))).toEqual([{ doubled: 42, name: "inngest/function.invoked" }]);
  });
}
