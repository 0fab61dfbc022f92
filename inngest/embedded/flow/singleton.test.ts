import { beforeEach, describe, expect, it } from "vitest";
import { pool, transaction } from "@/lib/db/client";
import { rerun } from "../control";
import { takeEvents } from "../intake";
import { emptyExecutor } from "../test-executors";
import { admitSlowly, blocked, emit, make, refuseRuns, started, take } from "./testing";

beforeEach(emptyExecutor);

const states = async () => (await started()).map(({ state, data }) => [data[0]?.n, state]);
const finish = () => pool.query("UPDATE executor.run SET state = 'completed', ended_at = now()");

describe("singleton with skip", () => {
  const fn = make("solo", { singleton: { mode: "skip", key: "event.data.doc" } });

  it("[K8] starts nothing for a key while a run of it is unfinished", async () => {
    await take([fn], "t/solo", { n: 1, doc: "a" }, { n: 2, doc: "a" }, { n: 3, doc: "b" });
    await take([fn], "t/solo", { n: 4, doc: "a" });
    expect(await states()).toEqual([
      [1, "queued"],
      [3, "queued"],
    ]);
    await finish();
    await take([fn], "t/solo", { n: 5, doc: "a" });
    expect((await states()).at(-1)).toEqual([5, "queued"]);
  });

  it("[K8] starts one when several executors take events at once", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => emit("t/solo", { n }).then(() => takeEvents([fn]))));
    await takeEvents([fn]);
    expect(await states()).toHaveLength(1);
  });

  it("[K8] waits for who is just starting one, and then starts nothing", async () => {
    const commit = await admitSlowly(fn, { n: 1, doc: "a" });
    const second = take([fn], "t/solo", { n: 2, doc: "a" });
    await blocked();
    await commit();
    await second;
    expect(await states()).toEqual([[1, "queued"]]);
  });

  it("[K3] refuses to repeat a run for a person while another one of its key is just being started", async () => {
    await take([fn], "t/solo", { n: 1, doc: "a" });
    await finish();
    const { rows } = await pool.query<{ id: string }>("SELECT id FROM executor.run");
    const commit = await admitSlowly(fn, { n: 2, doc: "a" });
    const again = transaction((tx) => rerun(tx, rows[0]?.id ?? ""));
    again.catch(() => {});
    await blocked();
    await commit();
    await expect(again).rejects.toMatchObject({ kind: "conflict" });
    expect(await states()).toHaveLength(2);
  });

  it("[K8] is no limit for what the key is false for", async () => {
    const some = make("some", { singleton: { mode: "skip", key: "event.data.isAlone" } });
    await take(
      [some],
      "t/some",
      { n: 1, isAlone: false },
      { n: 2, isAlone: false },
      { n: 3, isAlone: true },
      { n: 4, isAlone: true },
    );
    expect((await states()).map(([n]) => n)).toEqual([1, 2, 3]);
  });

  it("[K8] takes no share of the throttle for what it skips", async () => {
    const both = make("both", {
      singleton: { mode: "skip", key: "event.data.doc" },
      throttle: { limit: 1, period: "10s" },
    });
    await take([both], "t/both", { n: 1, doc: "a" }, { n: 2, doc: "a" }, { n: 3, doc: "a" }, { n: 4, doc: "b" });
    const [first, second] = (await started()).map(({ dueAt }) => dueAt?.getTime() ?? 0);
    expect(Math.round(((second ?? 0) - (first ?? 0)) / 1000)).toBe(10);
  });
});

describe("singleton with cancel", () => {
  const fn = make("last", { singleton: { mode: "cancel", key: "event.data.doc" } });

  it("[K8] ends the unfinished run of the key and starts", async () => {
    await take([fn], "t/last", { n: 1, doc: "a" }, { n: 2, doc: "b" });
    await take([fn], "t/last", { n: 3, doc: "a" });
    expect(await states()).toEqual([
      [1, "cancelled"],
      [2, "queued"],
      [3, "queued"],
    ]);
  });

  it("[K8] leaves only the last of those that come together", async () => {
    await take([fn], "t/last", { n: 1 }, { n: 2 }, { n: 3 });
    expect(await states()).toEqual([
      [1, "cancelled"],
      [2, "cancelled"],
      [3, "queued"],
    ]);
  });

  it("[K8] takes no share of the throttle for those whose place was taken", async () => {
    const both = make("both", { singleton: { mode: "cancel" }, throttle: { limit: 1, period: "10s" } });
    await take([both], "t/both", { n: 1 }, { n: 2 }, { n: 3 });
    const dueMs = (await started()).at(-1)?.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
    expect(dueMs - Date.now()).toBeLessThan(1000);
  });

  it("[K8] leaves one, and loses no event, when several executors take events at once", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => emit("t/last", { n }).then(() => takeEvents([fn]))));
    await takeEvents([fn]);
    const all = await states();
    expect(all).toHaveLength(12);
    expect(all.filter(([, state]) => state === "queued")).toHaveLength(1);
  });

  it("[K8] waits for who is just starting one, and then takes its place", async () => {
    const commit = await admitSlowly(fn, { n: 1 });
    const second = take([fn], "t/last", { n: 2 });
    await blocked();
    await commit();
    await second;
    expect(await states()).toEqual([
      [1, "cancelled"],
      [2, "queued"],
    ]);
  });

  it("[K8] cancels nothing when the start is lost in a crash", async () => {
    await take([fn], "t/last", { n: 1 });
    const allow = await refuseRuns();
    await emit("t/last", { n: 2 });
    await expect(takeEvents([fn])).rejects.toThrow("refused");
    expect(await states()).toEqual([[1, "queued"]]);
    await allow();
    await takeEvents([fn]);
    expect(await states()).toEqual([
      [1, "cancelled"],
      [2, "queued"],
    ]);
  });
});
