import { expect, it } from "vitest";
import { inngest } from "@/inngest/client";
import { withExecutors } from "@/inngest/embedded/test-executors";
import { until } from "@/inngest/embedded/testing";
import { send } from "@/inngest/outbox";
import { transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createIssue } from "./create-issue";

const { start } = withExecutors();

it("[K8] [G11] leaves places to the others, however many trackers of one workspace hang", async () => {
  const { concurrency } = createIssue.opts;
  if (!concurrency) throw new Error("create-issue shares its places with everybody");
  const begun: string[] = [];
  const hangs = inngest.createFunction({ id: "hangs", triggers: [{ event: "t/hangs" }], concurrency }, ({ event }) => {
    begun.push(event.data.workspaceId);
    return new Promise(() => {});
  });
  const [theirs, ours] = [newId(), newId()];
  const integrations = Array.from({ length: 6 }, () => newId());
  const events = integrations.flatMap((integrationId) =>
    Array.from({ length: 10 }, () => ({ name: "t/hangs", data: { workspaceId: theirs, integrationId } })),
  );
  await transaction((tx) => send(tx, ...events));
  await start([hangs], { pollMs: 100 });
  await until(() => begun.length >= 16);
  await transaction((tx) => send(tx, { name: "t/hangs", data: { workspaceId: ours, integrationId: newId() } }));
  await until(() => begun.includes(ours));
  expect(begun.filter((workspaceId) => workspaceId === theirs)).toHaveLength(16);
});
