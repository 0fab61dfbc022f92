import { expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { dataOf, gapsMs, type Kit, pause } from "../kit";

export function flow(kit: Kit): void {
  /** A key of this run of the tests alone. */
  const key = (name: string) => `${kit.nonce}-${name}`;

  let under = new Map<string, number>();
  const most = new Map<string, number>();
  kit.fn("limited", { concurrency: { key: "event.data.key", limit: 1 } }, ({ event, step }) =>
    step.run("work", async () => {
      const { key: name } = event.data;
      under = new Map(under).set(name, (under.get(name) ?? 0) + 1);
      most.set(name, Math.max(most.get(name) ?? 0, under.get(name) ?? 0));
      most.set(
        "all",
        Math.max(
          most.get("all") ?? 0,
          [...under.values()].reduce((sum, n) => sum + n, 0),
        ),
      );
      await pause(200);
      under = new Map(under).set(name, (under.get(name) ?? 0) - 1);
      kit.note("limited", name);
    }),
  );
  it.concurrent("[K8] runs one step of a key at a time, and those of other keys meanwhile", async () => {
    await kit.send("limited", ...["a", "a", "a", "b", "b", "b"].map((name) => ({ key: key(name) })));
    await kit.until("limited", 6);
    expect(most.get(key("a"))).toBe(1);
    expect(most.get(key("b"))).toBe(1);
    expect(most.get("all")).toBe(2);
  });

  kit.fn("throttled", { throttle: { limit: 1, period: "1s", key: "event.data.key" } }, ({ event }) =>
    kit.note("throttled", event.data.n),
  );
  it.concurrent("[K8] spaces the starts of a throttled function, and loses none", async () => {
    await kit.send("throttled", ...[1, 2, 3].map((n) => ({ n, key: key("t") })));
    const notes = await kit.until("throttled", 3);
    expect(dataOf(notes).sort()).toEqual([1, 2, 3]);
    // The first may be late; then the second comes sooner after it.
    const allMs = gapsMs(notes).reduce((sum, ms) => sum + ms, 0);
    expect(allMs).toBeGreaterThan(1500 - kit.engine.tolerances.earlyMs);
  });

  kit.fn("rate-limited", { rateLimit: { limit: 1, period: "1m", key: "event.data.key" } }, ({ event }) =>
    kit.note("rate limited", event.data.key),
  );
  it.concurrent("[K8] drops what goes beyond the rate of a key", async () => {
    await kit.send("rate-limited", ...["r", "r", "r", "s"].map((name) => ({ key: key(name) })));
    await kit.until("rate limited", 2);
    expect(dataOf(await kit.atRest("rate limited")).sort()).toEqual([key("r"), key("s")]);
  });

  kit.fn("debounced", { debounce: { period: "1s", key: "event.data.key" } }, ({ event }) =>
    kit.note("debounced", event.data.n),
  );
  it.concurrent("[K8] starts one run for a burst, with its last event, when it is over", async () => {
    const startMs = Date.now();
    for (const n of [1, 2, 3]) await kit.send("debounced", { n, key: key("d") });
    await kit.until("debounced");
    expect(dataOf(await kit.atRest("debounced"))).toEqual([3]);
    expect((kit.notes("debounced")[0]?.atMs ?? 0) - startMs).toBeGreaterThan(1000 - kit.engine.tolerances.earlyMs);
  });

  kit.fn("batched", { batchEvents: { maxSize: 3, timeout: "2s", key: "event.data.key" } }, ({ events }) =>
    kit.note("batched", events.map((event: { data: { n: number } }) => event.data.n).sort()),
  );
  it.concurrent("[K8] takes events together, as many as it may, the rest when the time is over", async () => {
    await kit.send("batched", ...[1, 2, 3, 4].map((n) => ({ n, key: key("b") })));
    await kit.until("batched", 2);
    const batches = dataOf(await kit.atRest("batched")) as number[][]; // noted above
    expect(batches.map(({ length }) => length)).toEqual([3, 1]);
    expect(batches.flat().sort()).toEqual([1, 2, 3, 4]);
  });

  kit.fn("single", { singleton: { key: "event.data.key", mode: "skip" } }, async ({ event, step }) => {
    await step.run("begin", () => kit.note("single", `begin ${event.data.n}`));
    await step.sleep("nap", "2s");
    await step.run("end", () => kit.note("single", `end ${event.data.n}`));
  });
  it.concurrent("[K8] skips an event while a run of its key is under way", async () => {
    await kit.send("single", { n: 1, key: key("s") });
    await kit.until("single", 1);
    await kit.send("single", { n: 2, key: key("s") });
    await kit.until("single", 2);
    expect(dataOf(await kit.atRest("single"))).toEqual(["begin 1", "end 1"]);
    await kit.send("single", { n: 3, key: key("s") });
    await kit.until("single", 3);
  });

  kit.fn("newest", { singleton: { key: "event.data.key", mode: "cancel" } }, async ({ event, step }) => {
    await step.run("begin", () => kit.note("newest", `begin ${event.data.n}`));
    await step.sleep("nap", "3s");
    await step.run("end", () => kit.note("newest", `end ${event.data.n}`));
  });
  it.concurrent("[K8] cancels the run of a key for the next one", async () => {
    await kit.send("newest", { n: 1, key: key("n") });
    await kit.until("newest", 1);
    await kit.send("newest", { n: 2, key: key("n") });
    await kit.until("newest", 3);
    expect(dataOf(await kit.atRest("newest"))).toEqual(["begin 1", "begin 2", "end 2"]);
  });

  kit.fn("idempotent", { idempotency: "event.data.key" }, ({ event }) => kit.note("idempotent", event.data.key));
  it.concurrent("[K8] runs once for each idempotency key", async () => {
    await kit.send("idempotent", ...["i", "i", "j", "i"].map((name) => ({ key: key(name) })));
    await kit.until("idempotent", 2);
    expect(dataOf(await kit.atRest("idempotent")).sort()).toEqual([key("i"), key("j")]);
  });

  kit.fn("deduped", {}, ({ event }) => kit.note("deduped", event.data.n));
  it.concurrent("[K8] starts one run for each event id", async () => {
    const send = (id: string, n: number) =>
      inngest.send({ name: "conformance/deduped", id: key(id), data: { n, nonce: kit.nonce } });
    await send("x", 1);
    await send("x", 1);
    await send("y", 2);
    await kit.until("deduped", 2);
    expect(dataOf(await kit.atRest("deduped")).sort()).toEqual([1, 2]);
  });

  kit.fn(
    "important",
    { concurrency: { limit: 1, key: "event.data.key" }, priority: { run: "event.data.weight" } },
    ({ event, step }) =>
      step.run("work", async () => {
        kit.note("important begun", event.data.n);
        if (event.data.n === 1) await kit.untilTrue(() => hasQueued, "the others to be queued");
        kit.note("important", event.data.n);
      }),
  );
  let hasQueued = false;
  it.concurrent("[K8] runs everything whatever its priority, the more important first", async () => {
    await kit.send("important", { n: 1, weight: 0, key: key("p") });
    await kit.until("important begun");
    await kit.send("important", { n: 2, weight: 0, key: key("p") }, { n: 3, weight: 300, key: key("p") });
    await kit.atRest("important");
    hasQueued = true;
    const order = dataOf(await kit.until("important", 3));
    expect(kit.engine.tolerances.isPriorityStrict ? order : order.sort()).toEqual(
      kit.engine.tolerances.isPriorityStrict ? [1, 3, 2] : [1, 2, 3],
    );
  });

  kit.fn(
    "chosen",
    { triggers: [{ event: "conformance/choose", if: "event.data.n > 1 && event.data.colour == 'red'" }] },
    ({ event }) => kit.note("chosen", event.data.n),
  );
  kit.fn("pattern", { triggers: [{ event: "conformance/pattern.*" }] }, ({ event }) => kit.note("pattern", event.name));
  it.concurrent("[K8] starts runs for the events that a trigger's expression is true for", async () => {
    const colours = { 1: "red", 2: "red", 3: "blue", 4: "red" };
    await kit.send("choose", ...Object.entries(colours).map(([n, colour]) => ({ n: Number(n), colour })), {});
    await kit.until("chosen", 2);
    expect(dataOf(await kit.atRest("chosen")).sort()).toEqual([2, 4]);
  });
  it.concurrent("[K8] starts runs for the events that fit a pattern", async () => {
    for (const name of ["pattern.a", "pattern.b.c", "patterns", "other"]) await kit.send(name, {});
    await kit.until("pattern", 2);
    expect(dataOf(await kit.atRest("pattern")).sort()).toEqual(["conformance/pattern.a", "conformance/pattern.b.c"]);
  });
}
