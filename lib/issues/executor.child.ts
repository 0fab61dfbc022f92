import { makeExecutor } from "@/inngest/embedded/start";

// A process of its own for tests that kill it: it works off what the database holds until it dies.
const executor = makeExecutor({ leaseMs: 1_000, pollMs: 200, retryBaseMs: 20 });
await executor.start();
process.send?.("ready");
