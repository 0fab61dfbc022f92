import type { PoolClient } from "pg";
import { inngest } from "@/inngest/client";
import { makeExecutor } from "@/inngest/embedded/start";
import { createIssue } from "@/inngest/functions/create-issue";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";

// One of several processes that work on one database until they are killed; see jobs-workers.ts.

/**
 * An effect that a repetition does not double, as every step of ours has to be: its key sees to that, not the executor,
 * which promises at least once. Every execution is kept beside it, with what it had before its eyes.
 */
async function effect(runId: string, step: string, seen: string): Promise<string> {
  const token = newId();
  await pool.query("INSERT INTO execution (run_id, step, token, seen, pid) VALUES ($1, $2, $3, $4, $5)", [
    ...[runId, step, token, seen, process.pid],
  ]);
  await pool.query("INSERT INTO effect (run_id, step, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
    runId,
    step,
    token,
  ]);
  return token;
}

/** Steps after and beside each other; each gets what those before it came to. */
const chain = inngest.createFunction(
  { id: "chain", triggers: [{ event: "faults/chain" }] },
  async ({ step, runId }) => {
    const first = await step.run("first", () => effect(runId, "first", ""));
    const both = await Promise.all(["left", "right"].map((name) => step.run(name, () => effect(runId, name, first))));
    return step.run("last", () => effect(runId, "last", both.join()));
  },
);

const quick = inngest.createFunction({ id: "quick", triggers: [{ event: "faults/quick" }] }, ({ step, runId }) =>
  step.run("only", () => effect(runId, "only", "")),
);

/** Takes every connection that this process may have, for a while. */
const hog = inngest.createFunction({ id: "hog", triggers: [{ event: "faults/hog" }] }, ({ event, step }) =>
  step.run("hold", async () => {
    const clients: PoolClient[] = [];
    while (pool.idleCount > 0 || pool.totalCount < pool.options.max) clients.push(await pool.connect());
    process.send?.("holds");
    await new Promise((done) => setTimeout(done, event.data.ms));
    for (const client of clients) client.release();
  }),
);

/** Waits for a tracker as the creation of an issue does, and shares the places with others by the same rule. */
const tracker = inngest.createFunction(
  {
    id: "tracker",
    triggers: [{ event: "faults/tracker" }],
    ...(createIssue.opts.concurrency && { concurrency: createIssue.opts.concurrency }),
  },
  async ({ event, step, runId }) => {
    await step.run("prepare", () => newId());
    await step.run("create", async () => {
      await new Promise((done) => setTimeout(done, event.data.ms));
      if (event.data.isCounted) await effect(runId, "create", "");
    });
  },
);

const executor = makeExecutor({ functions: [chain, quick, hog, tracker], retryBaseMs: 20 });
await executor.start();
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
