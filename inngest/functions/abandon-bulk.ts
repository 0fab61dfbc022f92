import { appId, inngest } from "@/inngest/client";
import { bulkRequested, runEnded } from "@/inngest/events";
import { giveUpBulk } from "@/lib/issues/bulk/give-up";
import { soon } from "@/lib/issues/creation/soon";
import { bulkCreate } from "./bulk-create";

const ofBulkCreate = `event.data.function_id == '${bulkCreate.id(appId)}'`;

/** The run of a bulk creation failed outside of its steps, or was cancelled: say it on the items that still wait. */
export const abandonBulk = inngest.createFunction(
  {
    id: "abandon-bulk",
    triggers: [
      { event: "inngest/function.failed", if: ofBulkCreate },
      { event: "inngest/function.cancelled", if: ofBulkCreate },
    ],
    retries: 10,
  },
  async ({ event, step, attempt }) => {
    const { bulkId } = bulkRequested.read(runEnded.read(event.data).event.data);
    const reason = event.name === "inngest/function.cancelled" ? "Its job was cancelled." : "Its job failed.";
    return step.run("give-up", () => soon(attempt, () => giveUpBulk(bulkId, reason)));
  },
);
