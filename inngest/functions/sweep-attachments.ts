import { inngest } from "@/inngest/client";
import { sweepAttachments as deleteOrphans } from "@/lib/attachments/sweep";

/** Each hour: files that are nobody's, and contents whose rows are gone, are deleted. */
export const sweepAttachments = inngest.createFunction(
  { id: "sweep-attachments", triggers: [{ cron: "TZ=UTC 17 * * * *" }], retries: 3 },
  async ({ step }) => step.run("sweep", () => deleteOrphans()),
);
