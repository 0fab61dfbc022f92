import { NonRetriableError, RetryAfterError } from "inngest";
import { inngest } from "@/inngest/client";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { send } from "@/inngest/outbox";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";

/** For tests: what must never be shown, one for each place that a job keeps something in. */
export const canaries = {
  event: "canary-in-the-event",
  input: "canary-in-a-steps-input",
  output: "canary-in-a-steps-output",
  result: "canary-in-the-result",
  token: "ghp_canaryInTheErrorsText0123456789",
};

const triggers = (id: string) => [{ event: `t/${id}` }];

/** For tests: functions that end in each of the ways that a job can stand. `hasMended` lets the failing one succeed. */
export const world = { hasMended: false };
const later = () => new RetryAfterError("The tracker asks to wait.", "1h");
const kinds = {
  good: inngest.createFunction({ id: "good", triggers: triggers("good") }, async ({ step }) => {
    await step.run("first", () => ({ secret: canaries.output }));
    await step.sendEvent("tell", { name: "t/nobody", data: { secret: canaries.input } });
    return { secret: canaries.result };
  }),
  bad: inngest.createFunction({ id: "bad", retries: 0, triggers: triggers("bad") }, async ({ step }) =>
    step.run("break", () => {
      if (world.hasMended) return "mended";
      throw new NonRetriableError(`No use. Authorization: Bearer ${canaries.token}`);
    }),
  ),
  retrying: inngest.createFunction({ id: "retrying", retries: 3, triggers: triggers("retrying") }, async ({ step }) => {
    await step.run("before", () => 1);
    return step.run("again", () => {
      if (world.hasMended) return "mended";
      throw later();
    });
  }),
  sleeping: inngest.createFunction({ id: "sleeping", triggers: triggers("sleeping") }, async ({ step }) =>
    step.sleep("an hour", "1h"),
  ),
  waiting: inngest.createFunction({ id: "waiting", triggers: triggers("waiting") }, async ({ step }) =>
    step.waitForEvent("a word", { event: "t/word", timeout: "2h" }),
  ),
};

type Kind = keyof typeof kinds;

/** For tests: sends what starts a job of each kind. */
export async function ask(workspaceId: string | null, names: readonly Kind[], ids: Record<string, string> = {}) {
  const data = { ...(workspaceId && { workspaceId }), ...ids, note: canaries.event };
  await transaction((tx) => send(tx, ...names.map((name) => ({ name: `t/${name}`, data }))));
}

/** For tests: runs one job of each kind to where it stands, and gives their ids. No workspace: the installation's own. */
export async function makeJobs<K extends Kind>(
  workspaceId: string | null,
  names: readonly K[],
  ids: Record<string, string> = {},
): Promise<Record<K, string>> {
  await ask(workspaceId, names, ids);
  await runJobs();
  const found = await Promise.all(
    names.map(async (name) => {
      const where = { functionId: `faultline-${name}`, workspaceId };
      const run = await prisma.executorRun.findFirstOrThrow({ where, orderBy: { id: "desc" } });
      return [name, run.id];
    }),
  );
  return Object.fromEntries(found);
}

/** For tests: goes on with all that is due. Throws when something of it is left in the end. */
export const runJobs = (timeoutMs?: number) => runUntilIdle(Object.values(kinds), timeoutMs ? { timeoutMs } : {});

type Stored = { ids?: string[]; state?: string; event?: string; data?: Record<string, unknown> };

/** For tests: jobs as they stand in the database, of a function that nothing runs. Gives the first one's id. */
export async function storeJobs(
  workspaceId: string | null,
  { ids = [newId()], event = "t/stored", data = {}, state }: Stored = {},
) {
  const eventId = newId();
  await prisma.executorEvent.create({
    data: { id: eventId, name: event, data: JSON.parse(JSON.stringify(data)), ts: new Date() },
  });
  const base = { functionId: "faultline-stored", eventIds: [eventId], eventName: event, workspaceId };
  await prisma.executorRun.createMany({ data: ids.map((id) => ({ ...base, id, state: state ?? "completed" })) });
  return ids[0] ?? "";
}
