import { appId, inngest } from "@/inngest/client";
import { creationRequested, runEnded } from "@/inngest/events";
import { giveUpCreation } from "@/lib/issues/creation/give-up";
import { soon } from "@/lib/issues/creation/soon";
import { createIssue } from "./create-issue";

const ofCreateIssue = `event.data.function_id == '${createIssue.id(appId)}'`;

/** The run of a creation failed outside of its steps, or was cancelled: say how it ended instead of leaving it hanging. */
export const abandonCreation = inngest.createFunction(
  {
    id: "abandon-creation",
    triggers: [
      { event: "inngest/function.failed", if: ofCreateIssue },
      { event: "inngest/function.cancelled", if: ofCreateIssue },
    ],
    retries: 10,
  },
  async ({ event, step, attempt }) => {
    const ended = runEnded.read(event.data);
    const { creationId, turnId } = creationRequested.read(ended.event.data);
    const reason = event.name === "inngest/function.cancelled" ? "Its job was cancelled." : "Its job failed.";
    return step.run("give-up", () => soon(attempt, () => giveUpCreation(creationId, turnId, reason)));
  },
);
