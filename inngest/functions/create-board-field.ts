import { inngest } from "@/inngest/client";
import { boardFieldRequested } from "@/inngest/events";
import { makeBoardField } from "@/lib/integrations/board";
import { soon } from "@/lib/issues/creation/soon";

/** Somebody wants a field on a board that lacks it: make it there, once. */
export const createBoardField = inngest.createFunction(
  {
    id: "create-board-field",
    triggers: [{ event: boardFieldRequested.name }],
    retries: 3,
    concurrency: [{ key: "event.data.externalProjectId", limit: 1 }],
  },
  async ({ event, step, runId, attempt }) => {
    const wanted = boardFieldRequested.read(event.data);
    return step.run("create", () => soon(attempt, () => makeBoardField(wanted, { runId, attempt: attempt + 1 })));
  },
);
