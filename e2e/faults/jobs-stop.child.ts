import { inngest } from "@/inngest/client";
import { makeExecutor } from "@/inngest/embedded/start";
import { pool } from "@/lib/db/client";

// The product's own start and end, but with functions that take their time; see jobs-stop.test.ts. The start finds the
// executor that is kept here and takes it for its own.
const task = inngest.createFunction({ id: "task", triggers: [{ event: "faults/task" }] }, ({ event, step, runId }) =>
  step.run("work", async () => {
    const { rowCount: before } = await pool.query("SELECT FROM execution WHERE run_id = $1", [runId]);
    await pool.query("INSERT INTO execution (run_id, step) VALUES ($1, 'work')", [runId]);
    // The second time need not take so long.
    await new Promise((done) => setTimeout(done, before ? 50 : event.data.ms));
    await pool.query("INSERT INTO effect (run_id, step) VALUES ($1, 'work') ON CONFLICT DO NOTHING", [runId]);
  }),
);

const executor = makeExecutor({ functions: [task], slots: 8, retryBaseMs: 20 });
Object.assign(globalThis, { faultlineExecutor: executor });
await executor.start();
// Node takes ".node" for an add-on, so the whole name has to be given.
const file = new URL("../../instrumentation.node.ts", import.meta.url).href;
const { start } = (await import(file)) as typeof import("@/instrumentation.node"); // the file of that very name
await start();
process.send?.("ready");
