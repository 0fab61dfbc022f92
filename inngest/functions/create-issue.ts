import { inngest } from "@/inngest/client";
import { creationRequested } from "@/inngest/events";
import type { Concluded } from "@/lib/issues/creation/conclude";
import { finishCreation } from "@/lib/issues/creation/finish";
import { giveUpCreation } from "@/lib/issues/creation/give-up";
import { prepareCreation } from "@/lib/issues/creation/prepare";
import { sendCreation } from "@/lib/issues/creation/send";

/** Somebody asked for an issue: create it once, whatever happens on the way, and never leave it hanging. */
export const createIssue = inngest.createFunction(
  // A tracker may be down for hours; each repetition waits longer than the one before, or as long as the tracker asks.
  { id: "create-issue", retries: 20, triggers: [{ event: creationRequested.name }] },
  async ({ event, step, runId, attempt }) => {
    const { creationId } = creationRequested.read(event.data);
    const job = { runId, attempt };
    let sent: Concluded;
    try {
      const prepared = await step.run("prepare", () => prepareCreation(creationId, job));
      if (hasStopped(prepared)) return prepared;
      sent = await step.run("create", () => sendCreation(creationId, job));
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      return step.run("give-up", () => giveUpCreation(creationId, reason));
    }
    if (sent.state === "created") await step.run("finish", () => finishCreation(creationId));
    return sent;
  },
);

/** Failed, or waits for a person, who starts another run. */
const hasStopped = ({ state }: Concluded) => state === "failed" || state === "held" || state === "created";
