import { inngest } from "@/inngest/client";
import { pruneMetadata } from "@/lib/integrations/metadata";
import { pruneCalls as deleteOld } from "@/lib/integrations/prune-calls";

/** Once a day, at an hour when most sleep: the integration log loses what is older than its setting, and forms that nobody is shown any more. */
export const pruneCalls = inngest.createFunction(
  { id: "prune-calls", triggers: [{ cron: "TZ=UTC 40 3 * * *" }], retries: 3 },
  async ({ step }) => {
    await step.run("prune-metadata", () => pruneMetadata());
    return step.run("prune", () => deleteOld());
  },
);
