import { NonRetriableError } from "inngest";
import { beforeEach, describe, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { cancelRun } from "./control";
import { emptyExecutor } from "./test-executors";
import { type RunOutcome, runUntilIdle } from "./testing";

beforeEach(emptyExecutor);

const emit = (name: string, data: Record<string, unknown> = {}, id?: string) =>
  transaction((tx) => send(tx, { name, data, ...(id && { id }) }));

const subject = inngest.createFunction(
  { id: "subject", triggers: [{ event: "t/subject" }], retries: 0 },
  async ({ event, step }) => {
    if (event.data.sleep) await step.sleep("nap", "1h");
    if (event.data.fail) throw new NonRetriableError("no use");
    return { n: event.data.n };
  },
);

/** A function that keeps the events it is called for. */
function listening(pattern: string) {
  const heard: { name: string; id?: string | undefined; data: Record<string, unknown> }[] = [];
  const fn = inngest.createFunction({ id: "listening", triggers: [{ event: pattern }] }, ({ event }) => {
    heard.push({ name: event.name, id: event.id, data: event.data });
  });
  return { fn, heard };
}

const subjectOf = (runs: RunOutcome[]) => runs.find(({ functionId }) => functionId === "faultline-subject");
const told = async () => (await pool.query("SELECT name FROM executor.event WHERE name LIKE 'inngest/%'")).rows;

describe("what is told of a run's end", () => {
  it("[K8] tells nothing that nobody listens to", async () => {
    await emit("t/subject");
    await emit("t/subject", { fail: true });
    await runUntilIdle([subject]);
    expect(await told()).toEqual([]);
  });

  it("[K8] tells of a completed run as an Inngest server does", async () => {
    const { fn, heard } = listening("inngest/function.finished");
    await emit("t/subject", { n: 4 }, "four");
    const run = subjectOf(await runUntilIdle([subject, fn]));
    expect(heard).toEqual([
      {
        name: "inngest/function.finished",
        id: expect.not.stringMatching(run?.id ?? "none"),
        data: {
          _inngest: { status: "Completed" },
          function_id: "faultline-subject",
          run_id: run?.id,
          result: { n: 4 },
          event: { data: { n: 4 }, id: "four", name: "t/subject", ts: expect.any(Number), user: {} },
          events: [{ data: { n: 4 }, id: "four", name: "t/subject", ts: expect.any(Number) }],
        },
      },
    ]);
  });

  it("[K8] tells of a failed run, and that it has finished", async () => {
    const { fn, heard } = listening("inngest/function.*");
    await emit("t/subject", { fail: true });
    const run = subjectOf(await runUntilIdle([subject, fn]));
    const ofSubject = heard.filter(({ data }) => data.run_id === run?.id);
    expect(ofSubject.map(({ name, id }) => `${name} ${id === run?.id}`).sort()).toEqual([
      "inngest/function.failed true",
      "inngest/function.finished false",
    ]);
    for (const { data } of ofSubject) {
      expect(data).toMatchObject({
        _inngest: { status: "Failed" },
        function_id: "faultline-subject",
        error: { error: "NonRetriableError", name: "NonRetriableError", message: "no use", stack: expect.any(String) },
        result: { __serialized: true, name: "NonRetriableError", message: "no use", stack: expect.any(String) },
        event: { name: "t/subject" },
      });
    }
  });

  it("[K8] tells of a cancelled run, and that it has finished", async () => {
    const { fn, heard } = listening("inngest/*");
    await emit("t/subject", { sleep: true });
    const asleep = subjectOf(await runUntilIdle([subject, fn]));
    await transaction((tx) => cancelRun(tx, asleep?.id ?? ""));
    await runUntilIdle([subject, fn]);
    const ofSubject = heard.filter(({ data }) => data.run_id === asleep?.id);
    expect(ofSubject.map(({ name, id }) => `${name} ${id === asleep?.id}`).sort()).toEqual([
      "inngest/function.cancelled true",
      "inngest/function.finished false",
    ]);
    for (const { data } of ofSubject) {
      expect(data).toMatchObject({ _inngest: { status: "Cancelled" }, function_id: "faultline-subject" });
      expect(Object.keys(data).sort()).toEqual(["_inngest", "event", "events", "function_id", "run_id"]);
    }
  });

  it("[K8] ends with those that listen: what tells of an end causes no other like it", async () => {
    const { fn, heard } = listening("inngest/function.finished");
    await emit("t/subject");
    await runUntilIdle([subject, fn]);
    expect(heard).toHaveLength(1);
  });

  it("[K8] tells those that wait for it", async () => {
    const waiter = inngest.createFunction({ id: "waiter", triggers: [{ event: "t/wait" }] }, async ({ step }) => {
      const event = await step.waitForEvent("end", { event: "inngest/function.finished", timeout: "1h" });
      return event?.data._inngest;
    });
    await emit("t/wait");
    await runUntilIdle([waiter, subject]);
    await emit("t/subject");
    const runs = await runUntilIdle([waiter, subject]);
    expect(runs.find(({ functionId }) => functionId === "faultline-waiter")).toMatchObject({
      output: { status: "Completed" },
    });
  });
});

it("[K8] calls onFailure of the function that failed, for its workspace, and of no other", async () => {
  const failures: string[] = [];
  const failing = (id: string, fails: boolean) =>
    inngest.createFunction(
      {
        id,
        triggers: [{ event: "t/both" }],
        retries: 0,
        onFailure: async ({ event, error, step }) => {
          await step.run("note", () => failures.push(`${event.data.function_id}: ${error.message}`));
        },
      },
      () => {
        if (fails) throw new Error("body threw");
      },
    );
  const workspaceId = newId();
  await emit("t/both", { workspaceId });
  const runs = await runUntilIdle([failing("bad", true), failing("good", false)]);
  expect(failures).toEqual(["faultline-bad: body threw"]);
  expect(runs.map(({ functionId, state }) => `${functionId} ${state}`).sort()).toEqual([
    "faultline-bad failed",
    "faultline-bad-failure completed",
    "faultline-good completed",
  ]);
  const { rows } = await pool.query("SELECT DISTINCT workspace_id FROM executor.run");
  expect(rows).toEqual([{ workspace_id: workspaceId }]);
});
