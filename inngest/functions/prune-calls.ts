import { inngest } from "@/inngest/client";
import { pruneCalls as deleteOld } from "@/lib/integrations/prune-calls";

/** Once a day, at an hour when most sleep: the integration log loses what is older than its setting. */
export const pruneCalls = inngest.createFunction(
  { id: "prune-calls", triggers: [{ cron: "TZ=UTC 40 3 * * *" }], retries: 3 },
  async ({ step }) => step.run("prune", () => deleteOld()),
);
