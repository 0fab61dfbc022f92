import { inngest } from "@/inngest/client";
import { creationRequested } from "@/inngest/events";
import type { Concluded } from "@/lib/issues/creation/conclude";
import { finishCreation } from "@/lib/issues/creation/finish";
import { giveUpCreation } from "@/lib/issues/creation/give-up";
import { prepareCreation } from "@/lib/issues/creation/prepare";
import { sendCreation } from "@/lib/issues/creation/send";
import { soon } from "@/lib/issues/creation/soon";
import { attachFiles, type TakeAlong, uploadFiles } from "@/lib/issues/files/take-along";
import type { FileWay } from "@/lib/issues/files/way";

// So often a tracker may ask for patience with files; the issue is what counts.
const fileRounds = 4;

/** Somebody asked for an issue: create it once, whatever happens on the way, and never leave it hanging. */
export const createIssue = inngest.createFunction(
  {
    id: "create-issue",
    triggers: [{ event: creationRequested.name }],
    // A tracker may be down for hours; each repetition waits longer than the one before, or as long as the tracker asks.
    retries: 20,
    // A tracker that hangs holds each of its calls for 20 s: the others' keep their places. So do other workspaces,
    // whatever one of them connects: it gets half of the places of a process.
    concurrency: [
      { key: "event.data.integrationId", limit: 8 },
      { key: "event.data.workspaceId", limit: 16 },
    ],
    // One that is asked for again while a run works on it (sweep-creations does that) needs no second run.
    singleton: { key: "event.data.turnId", mode: "skip" },
  },
  async ({ event, step, runId, attempt }) => {
    const { creationId, turnId } = creationRequested.read(event.data);
    const job = { runId, attempt, turnId };
    const takeAlong = async (name: string, take: TakeAlong) => {
      for (let round = 1; ; round += 1) {
        const isLast = round === fileRounds;
        const { goesOnAt } = await step.run(name, () => soon(attempt, () => take(creationId, job, isLast)));
        if (!goesOnAt) return;
        await step.sleepUntil(`${name}-wait`, goesOnAt);
      }
    };
    let sent: Concluded;
    let files: FileWay;
    try {
      const prepared = await step.run("prepare", () => soon(attempt, () => prepareCreation(creationId, job)));
      // A person may have found the issue: then what comes after it is still to be done.
      if (!prepared.isReady && (prepared.state !== "created" || prepared.isFinished)) return prepared;
      files = prepared.files;
      sent = prepared;
      if (prepared.isReady) {
        if (files === "uploaded") await takeAlong("upload", uploadFiles);
        sent = await step.run("create", () => soon(attempt, () => sendCreation(creationId, job)));
      }
      for (let waits = 1; sent.goesOnAt; waits += 1) {
        await step.sleepUntil("wait", sent.goesOnAt);
        const again = { ...job, attempt: attempt + waits };
        sent = await step.run("create", () => soon(attempt, () => sendCreation(creationId, again)));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      return step.run("give-up", () => soon(attempt, () => giveUpCreation(creationId, turnId, reason)));
    }
    if (sent.state !== "created") return sent;
    if (files === "attached") await takeAlong("attach", attachFiles);
    await step.run("finish", () => soon(attempt, () => finishCreation(creationId, job)));
    return sent;
  },
);
