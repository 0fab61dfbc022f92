import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { takeEvents } from "../intake";
import { emptyExecutor } from "../test-executors";
import { nextWindowMs } from "./open";
import { age, description, emit, make, numbers, started, take } from "./testing";
import { WindowWatch } from "./watch";

beforeEach(emptyExecutor);

describe("triggers", () => {
  it("[K8] starts a run only for events that the trigger's expression is true for", async () => {
    const fn = make("if", { triggers: [{ event: "t/if", expression: "event.data.n > 2 && event.data.kind == 'a'" }] });
    await take([fn], "t/if", { n: 1, kind: "a" }, { n: 3, kind: "b" }, { n: 3, kind: "a" }, { kind: "a" }, {});
    expect(await numbers()).toEqual([3]);
  });

  it("[K8] gives expressions the event's name, id and time too", async () => {
    const fn = make("all", {
      triggers: [{ event: "t/*", expression: "event.name == 't/all' && event.id == 'x1' && event.ts > 1.0" }],
    });
    await emit("t/all", { n: 1 }, "x1");
    await emit("t/all", { n: 2 }, "x2");
    await takeEvents([fn]);
    expect(await numbers()).toEqual([1]);
  });

  it("[K8] starts one run for an event that several triggers of a function match", async () => {
    const fn = make("many", {
      triggers: [{ event: "t/many" }, { event: "t/*" }, { event: "t/many", expression: "event.data.n == 1" }],
    });
    await take([fn], "t/many", { n: 1 }, { n: 2 });
    expect(await numbers()).toEqual([1, 2]);
  });

  it("[K8] matches any of a function's triggers", async () => {
    const fn = make("or", { triggers: [{ event: "t/a", expression: "event.data.n == 1" }, { event: "t/b" }] });
    await take([fn], "t/a", { n: 1 }, { n: 2 });
    await take([fn], "t/b", { n: 3 });
    expect(await numbers()).toEqual([1, 3]);
  });
});

describe("functions of another release", () => {
  const store = (described: Record<string, unknown>) =>
    pool.query("INSERT INTO executor.function (id, config, synced_at) VALUES ($1, $2, now())", [
      described.id,
      JSON.stringify(described),
    ]);

  it("[K8] do not decide on a function that the one who takes the event has, too", async () => {
    await store(description("both", { triggers: [{ event: "t/before" }] }));
    const fn = make("both", { triggers: [{ event: "t/now" }] });
    await take([fn], "t/before", { n: 1 });
    await take([fn], "t/now", { n: 2 });
    expect(await numbers()).toEqual([2]);
  });

  it("[K8] have their conditions and limits kept", async () => {
    await store(
      description("next", {
        triggers: [{ event: "t/next", expression: "event.data.n > 1" }],
        rateLimit: { limit: 1, period: "1h" },
      }),
    );
    await take([], "t/next", { n: 1 }, { n: 2 }, { n: 3 });
    expect(await numbers()).toEqual([2]);
  });

  it("[K8] give way to this process's own description of the same function", async () => {
    await store(description("same", { rateLimit: { limit: 1, period: "1h" } }));
    await take([make("same")], "t/same", { n: 1 }, { n: 2 });
    expect(await numbers()).toEqual([1, 2]);
  });

  it("[K8] that this release cannot read get their events from one that can, each once", async () => {
    const triggers = [{ event: "t/new", expression: "event.data.n != 2" }];
    await store(description("new", { triggers, optionOfTomorrow: true }));
    const own = make("own", { triggers: [{ event: "t/new" }] });
    await take([own], "t/new", { n: 1 }, { n: 2 });
    await emit("t/new", { n: 3 }, "one");
    await emit("t/new", { n: 3 }, "one");
    await takeEvents([own]);
    expect((await started()).map(({ functionId }) => functionId)).toEqual(["own", "own", "own"]);

    // Nobody of this release opens them, whoever of the other looks first does.
    await new WindowWatch().open([own], 1000);
    expect(await started()).toHaveLength(3);
    await pool.query("DELETE FROM executor.function");
    const other = make("new", { triggers });
    await Promise.all([new WindowWatch().open([other], 1000), new WindowWatch().open([other], 1000)]);
    const runs = (await started()).filter(({ functionId }) => functionId === "new");
    expect(runs.map(({ data }) => data[0]?.n).sort()).toEqual([1, 3]);
  });

  it("[K8] that have one here, too, start once: as this process describes it, or else as the other does", async () => {
    const ours = make("both", { triggers: [{ event: "t/old" }] });
    const triggers = [{ event: "t/old" }, { event: "t/young" }];
    await store(description("both", { triggers, optionOfTomorrow: true }));
    await take([ours], "t/old", { n: 1 });
    await take([ours], "t/young", { n: 2 });
    await new WindowWatch().open([ours], 1000);
    expect(await numbers()).toEqual([1]);
    // Nor does it look again and again.
    expect(await nextWindowMs([ours])).toBeGreaterThan(1000);

    await pool.query("DELETE FROM executor.function");
    await age(6000);
    await new WindowWatch().open([make("both", { triggers })], 1000);
    expect(await numbers()).toEqual([1, 2]);
  });
});
