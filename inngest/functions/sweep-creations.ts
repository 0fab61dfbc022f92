import { inngest } from "@/inngest/client";
import { sweepCreations as findAndAsk } from "@/lib/issues/creation/sweep";

/**
 * Finds creations that are unfinished although nothing works on them: an event was lost, a backup restored, a run
 * forgotten. Reads our own rows alone, so that it serves whichever engine runs the jobs.
 */
export const sweepCreations = inngest.createFunction(
  { id: "sweep-creations", triggers: [{ cron: "* * * * *" }], retries: 0 },
  async ({ step }) => step.run("sweep", () => findAndAsk()),
);
