import { afterEach, beforeEach, expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import type { Executor } from "@/inngest/embedded/executor";
import { makeExecutor } from "@/inngest/embedded/start";
import { until } from "@/inngest/embedded/testing";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createIssue } from "./create-issue";

let executor: Executor | undefined;
beforeEach(() => pool.query('TRUNCATE executor.run, executor.event, executor.once, "Outbox" CASCADE'));
afterEach(() => executor?.stop(0));

it("[K8] [G11] leaves places to the others, however many trackers of one workspace hang", async () => {
  const { concurrency } = createIssue.opts;
  if (!concurrency) throw new Error("create-issue shares its places with everybody");
  const begun: string[] = [];
  const hangs = inngest.createFunction({ id: "hangs", triggers: [{ event: "t/hangs" }], concurrency }, ({ event }) => {
    begun.push(event.data.workspaceId);
    return new Promise(() => {});
  });
  executor = makeExecutor({ functions: [hangs], pollMs: 100 });
  const [theirs, ours] = [newId(), newId()];
  const integrations = Array.from({ length: 6 }, () => newId());
  const events = integrations.flatMap((integrationId) =>
    Array.from({ length: 10 }, () => ({ name: "t/hangs", data: { workspaceId: theirs, integrationId } })),
  );
  await transaction((tx) => send(tx, ...events));
  await executor.start();
  await until(() => begun.length >= 16);
  await transaction((tx) => send(tx, { name: "t/hangs", data: { workspaceId: ours, integrationId: newId() } }));
  await until(() => begun.includes(ours));
  expect(begun.filter((workspaceId) => workspaceId === theirs)).toHaveLength(16);
});
