import { openTracker } from "@/lib/integrations/open-tracker";
import type { ProjectRef } from "@/lib/trackers/tracker";
import type { Creation } from "./read";
import { callDeadlineMs } from "./timing";

/** The run that works on a creation, and for which asking; the transport refuses to write without a run. */
export type Job = { runId: string; attempt: number; turnId: string };

/** The tracker that a creation goes to, as whom it goes there, and where in it. */
export async function openCreation(creation: Creation, { runId, attempt }: Pick<Job, "runId" | "attempt">) {
  const { workspaceId, integrationId, connectionId, bulkId } = creation;
  const credential = connectionId ? { workspaceId, connectionId } : { workspaceId, integrationId };
  const priority = bulkId ? "bulk" : "interactive";
  const opened = await openTracker(credential, { runId, attempt: attempt + 1, deadlineMs: callDeadlineMs, priority });
  const project: ProjectRef = { remoteId: creation.externalProjectId, key: creation.externalProjectKey };
  return { ...opened, project };
}

export type OpenedCreation = Awaited<ReturnType<typeof openCreation>>;
