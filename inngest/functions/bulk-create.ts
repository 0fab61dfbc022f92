import { inngest } from "@/inngest/client";
import { bulkRequested } from "@/inngest/events";
import { askBulk } from "@/lib/issues/bulk/ask";
import { giveUpBulk } from "@/lib/issues/bulk/give-up";
import { soon } from "@/lib/issues/creation/soon";

// Days, with the longest pauses; a run may have a thousand steps.
const mostRounds = 450;
const longestWaitMs = 600_000;

/**
 * Many failures are to become issues: asks for them, some at a time and never more than the tracker can soon take. Each
 * is then created by its own job; this one ends when it has asked for the last.
 */
export const bulkCreate = inngest.createFunction(
  {
    id: "bulk-create",
    triggers: [{ event: bulkRequested.name }],
    retries: 20,
    // One step at a time: a workspace's large jobs take turns and leave the other places to everybody else.
    concurrency: [{ key: "event.data.workspaceId", limit: 1 }],
  },
  async ({ event, step, attempt }) => {
    const { bulkId } = bulkRequested.read(event.data);
    try {
      for (let round = 0, idle = 0; round < mostRounds; round += 1) {
        const { asked, left, waitMs } = await step.run("ask", () => soon(attempt, () => askBulk(bulkId, attempt)));
        if (left === 0) return { left };
        idle = asked > 0 ? 0 : idle + 1;
        // A tracker that takes nothing for hours is asked less and less often whether there is room.
        const pauseMs = Math.min(waitMs * 2 ** Math.max(0, idle - 2), longestWaitMs);
        if (pauseMs > 0) await step.sleep("wait", pauseMs);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      return step.run("give-up", () => soon(attempt, () => giveUpBulk(bulkId, reason)));
    }
    return step.run("give-up", () => soon(attempt, () => giveUpBulk(bulkId, "The tracker took nothing for days.")));
  },
);
