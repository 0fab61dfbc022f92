import { inngest } from "@/inngest/client";
import { sweepBulks as findAndAsk } from "@/lib/issues/bulk/sweep";

/** Finds bulk creations that are unfinished although nothing works on them. Reads our own rows alone. */
export const sweepBulks = inngest.createFunction(
  { id: "sweep-bulks", triggers: [{ cron: "*/10 * * * *" }], retries: 0 },
  async ({ step }) => step.run("sweep", () => findAndAsk()),
);
