import { inngest } from "@/inngest/client";
import { pool } from "@/lib/db/client";
import { makeExecutor } from "./start";

// Run by cron.test.ts, twice at once: each call leaves a row.
const tick = inngest.createFunction({ id: "tick", triggers: [{ cron: process.argv[2] ?? "" }] }, () =>
  pool.query("INSERT INTO ticked (pid) VALUES ($1)", [process.pid]),
);

await makeExecutor({ functions: [tick], pollMs: 50 }).start();
process.stdout.write("ready\n");
