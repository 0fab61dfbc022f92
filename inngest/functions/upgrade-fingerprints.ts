import { inngest } from "@/inngest/client";
import { type FoldCursor, foldEarlier } from "@/lib/triage/fold-earlier";
import { carrySome } from "@/lib/triage/upgrade";

// What is left then is found by the next run.
const mostSteps = 200;

/**
 * After an upgrade: fingerprints of an older version of the algorithm are carried to this one, and runs from before
 * there were any are folded. Where nothing is to be done it costs two queries.
 */
export const upgradeFingerprints = inngest.createFunction(
  { id: "upgrade-fingerprints", triggers: [{ cron: "*/10 * * * *" }], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    let steps = 0;
    // First, so that the runs that are folded then meet what they have met before.
    while (steps < mostSteps && (await step.run("carry", () => carrySome()))) steps += 1;
    let cursor: FoldCursor | null = null;
    do {
      const after: FoldCursor | null = cursor;
      cursor = await step.run("fold", () => foldEarlier(after));
      steps += 1;
    } while (cursor && steps < mostSteps);
  },
);
