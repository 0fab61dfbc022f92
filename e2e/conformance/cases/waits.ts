import { expect, it } from "vitest";
import { dataOf, type Kit, pause } from "../kit";

export function waits(kit: Kit): void {
  kit.fn("waits", {}, async ({ event, step }) => {
    await step.run("ready", () => kit.note("waits ready", event.data.id));
    const answer = await step.waitForEvent("w", {
      event: "conformance/answer",
      timeout: event.data.timeout,
      if: "async.data.id == event.data.id",
    });
    await step.run("told", () => kit.note("waits", { id: event.data.id, text: answer?.data.text ?? null }));
  });
  /** Answers until one is heard: that a function is ready does not say yet that the engine listens for it. */
  async function answer(id: string): Promise<void> {
    await kit.until("waits ready");
    await kit.untilTrue(() => kit.notes("waits ready").some(({ data }) => data === id), `${id} waits`);
    for (let n = 0; n < 20 && !kit.notes("waits").some(({ data }) => isOf(data, id)); n++) {
      await kit.send("answer", { id: `not ${id}`, text: "somebody else's" }, { id, text: "mine" });
      await pause(kit.engine.tolerances.quietMs);
    }
  }
  const isOf = (data: unknown, id: string) => JSON.stringify(data).includes(`"${id}"`);
  const told = (id: string) => dataOf(kit.notes("waits")).filter((data) => isOf(data, id));

  it.concurrent("[K8] waits for the event that fits, and for no other", async () => {
    await kit.send("waits", { id: "a", timeout: "2m" });
    await answer("a");
    await kit.untilTrue(() => told("a").length > 0, "the answer");
    await kit.atRest("waits");
    expect(told("a")).toEqual([{ id: "a", text: "mine" }]);
  });

  it.concurrent("[K8] goes on with nothing when no event came in time", async () => {
    const startMs = Date.now();
    await kit.send("waits", { id: "b", timeout: "2s" });
    await kit.untilTrue(() => told("b").length > 0, "the end of the wait");
    expect(told("b")).toEqual([{ id: "b", text: null }]);
    expect(Date.now() - startMs).toBeGreaterThan(2000 - kit.engine.tolerances.earlyMs);
  });

  kit.fn(
    "cancelled",
    { cancelOn: [{ event: "conformance/cancel", if: "event.data.id == async.data.id" }] },
    async ({ event, step }) => {
      await step.run("before", () => kit.note("cancelled", `before ${event.data.id}`));
      await step.sleep("nap", event.data.nap);
      await step.run("after", () => kit.note("cancelled", `after ${event.data.id}`));
    },
  );
  kit.fn(
    "hears-cancelled-run",
    {
      triggers: [
        {
          event: "inngest/function.cancelled",
          if: 'event.data.function_id == "faultline-conformance-cancelled"',
        },
      ],
    },
    ({ event }) => kit.note("cancelled run", event.data.event.data.id),
  );
  it.concurrent("[K8] cancels the run that an event names, and no other, and tells those who listen", async () => {
    const napMs = 2 * kit.engine.tolerances.quietMs + 2000;
    await kit.send("cancelled", ...["a", "b"].map((id) => ({ id, nap: `${napMs}ms` })));
    await kit.until("cancelled", 2);
    await pause(kit.engine.tolerances.quietMs);
    await kit.send("cancel", { id: "b" });
    await kit.until("cancelled", 3);
    await kit.until("cancelled run");
    expect(dataOf(await kit.atRest("cancelled")).sort()).toEqual(["after a", "before a", "before b"]);
    expect(dataOf(kit.notes("cancelled run"))).toEqual(["b"]);
  });

  kit.fn("too-long", { timeouts: { finish: "2s" } }, async ({ step }) => {
    await step.run("before", () => kit.note("too long", "before"));
    await step.sleep("nap", "6s");
    await step.run("after", () => kit.note("too long", "after"));
  });
  it.concurrent("[K8] cancels a run that takes longer than it may", async () => {
    await kit.send("too-long", {});
    await kit.until("too long");
    await pause(6000 + kit.engine.tolerances.quietMs);
    expect(dataOf(await kit.atRest("too long"))).toEqual(["before"]);
  });

  kit.fn("cron", { triggers: [{ cron: "* * * * *" }] }, ({ event }) => kit.note("cron", event.name));
  it.concurrent("[K8] runs a function when its minute begins", async () => {
    await kit.engine.beginMinute();
    expect(dataOf(await kit.until("cron"))).toContain("inngest/scheduled.timer");
  });
}
