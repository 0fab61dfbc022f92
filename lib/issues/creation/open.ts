import { AppError } from "@/lib/errors";
import { openTracker } from "@/lib/integrations/open-tracker";
import type { OpenTracker, ProjectRef } from "@/lib/trackers/tracker";
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
  return { ...opened, tracker: creating(opened.tracker), project };
}

type Creating = OpenTracker & Required<Pick<OpenTracker, "createIssue" | "findByMarker">>;

/** A tracker that issues can be created in, exactly once. */
function creating(tracker: OpenTracker): Creating {
  const { createIssue, findByMarker } = tracker;
  if (!createIssue || !findByMarker)
    throw new AppError("not_supported", "In this tracker issues are created by hand, and linked here.");
  return { ...tracker, createIssue, findByMarker };
}

export type OpenedCreation = Awaited<ReturnType<typeof openCreation>>;
