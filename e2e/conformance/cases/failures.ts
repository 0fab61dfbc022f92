import { type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { expect, it } from "vitest";
import { dataOf, gapsMs, type Kit } from "../kit";

export function failures(kit: Kit): void {
  kit.fn("flaky", { retries: 3 }, async ({ step, attempt }) => {
    await step.run("fine", () => kit.note("flaky", "fine"));
    const done = await step.run("boom", () => {
      kit.note("flaky", attempt);
      if (attempt < 2) throw new TypeError(`attempt ${attempt}`);
      return "done";
    });
    // The attempts are those of a step: after one has succeeded they begin anew.
    await step.run("after", () => kit.note("flaky", `${done} at ${attempt}`));
  });
  it.concurrent("[K8] repeats a step that failed, and only that one, and counts its attempts", async () => {
    await kit.send("flaky", {});
    await kit.until("flaky", 5);
    expect(dataOf(await kit.atRest("flaky"))).toEqual(["fine", 0, 1, 2, "done at 0"]);
  });

  kit.fn("never", { retries: 3 }, ({ step, attempt }) =>
    step.run("boom", () => {
      kit.note("never", attempt);
      throw new NonRetriableError("no use");
    }),
  );
  it.concurrent("[K8] repeats nothing after a NonRetriableError", async () => {
    await kit.send("never", {});
    await kit.until("never");
    expect(dataOf(await kit.atRest("never"))).toEqual([0]);
  });

  kit.fn("later", { retries: 1 }, ({ step, attempt }) =>
    step.run("boom", () => {
      kit.note("later", attempt);
      if (attempt === 0) throw new RetryAfterError("later", 2000);
    }),
  );
  it.concurrent("[K8] waits as long as a RetryAfterError says", async () => {
    await kit.send("later", {});
    const notes = await kit.until("later", 2);
    const [gapMs] = gapsMs(notes);
    expect(dataOf(notes)).toEqual([0, 1]);
    // The SDK tells whole seconds.
    expect(gapMs).toBeGreaterThan(1000 - kit.engine.tolerances.earlyMs);
    expect(gapMs).toBeLessThan(2000 + kit.engine.tolerances.lateMs);
  });

  kit.fn("caught", { retries: 1 }, async ({ step }) => {
    try {
      await step.run("bad", () => {
        kit.note("caught", "bad");
        throw new RangeError("always");
      });
    } catch (error) {
      const told = error instanceof Error ? `${error.name}: ${error.message}` : "";
      await step.run("rescue", () => kit.note("caught", told));
    }
  });
  it.concurrent("[K8] hands a step's last failure to the function, which may catch it", async () => {
    await kit.send("caught", {});
    await kit.until("caught", 3);
    expect(dataOf(await kit.atRest("caught"))).toEqual(["bad", "bad", "RangeError: always"]);
  });

  const told: InngestFunction.Any = kit.fn(
    "fails",
    {
      retries: 1,
      onFailure: ({ event, error, step }) =>
        step.run("told", () => {
          const { event: first, function_id, run_id } = event.data;
          kit.note("on failure", { message: error.message, n: first.data.n, function_id, run_id });
        }),
    },
    ({ event, attempt, runId }) => {
      kit.note("fails", attempt);
      kit.note("failing run", runId);
      throw new Error(`no. ${event.data.n}`);
    },
  );
  const id = told.id("faultline");
  for (const kind of ["failed", "finished", "cancelled"])
    kit.fn(
      `hears-${kind}`,
      { triggers: [{ event: `inngest/function.${kind}`, if: `event.data.function_id == "${id}"` }] },
      ({ event }) => kit.note("heard", { kind, status: event.data._inngest.status, runId: event.data.run_id }),
    );
  it.concurrent("[K8] repeats a function that throws, then calls its onFailure and tells those who listen", async () => {
    await kit.send("fails", { n: 7 });
    await kit.until("on failure");
    await kit.until("heard", 2);
    expect(dataOf(await kit.atRest("fails"))).toEqual([0, 1]);
    const [runId] = dataOf(kit.notes("failing run"));
    expect(dataOf(kit.notes("on failure"))).toEqual([{ message: "no. 7", n: 7, function_id: id, run_id: runId }]);
    const heard = kit.notes("heard").map(({ data }) => JSON.stringify(data));
    expect(heard.sort()).toEqual(
      ["failed", "finished"].map((kind) => JSON.stringify({ kind, status: "Failed", runId })),
    );
  });

  const refuses = kit.fn("refuses", {}, () => {
    throw new NonRetriableError("refused");
  });
  kit.fn("asks", {}, async ({ step }) => {
    try {
      await step.invoke("ask", { function: refuses, data: { nonce: kit.nonce } });
    } catch (error) {
      await step.run("told", () => kit.note("asks", error instanceof Error ? error.message : ""));
    }
  });
  it.concurrent("[K8] throws the failure of an invoked function where it was invoked", async () => {
    await kit.send("asks", {});
    expect(dataOf(await kit.until("asks"))).toEqual(["refused"]);
  });
}
