import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import { type FileWay, fileWayOf } from "../files/way";
import { getActiveAssignment, targetOf } from "../find-target";
import { chooseReporter } from "../form/reporter-field";
import { type Concluded, concludeBefore } from "./conclude";
import { type Job, openCreation } from "./open";
import { outgoingOfCreation } from "./outgoing";
import { type Creation, getCreationById, isOver } from "./read";

type Prepared = Concluded & {
  isReady: boolean;
  files: FileWay;
  /** Nothing is left to do after the issue either. */
  isFinished: boolean;
};

/**
 * Everything that can go wrong without the tracker goes wrong here: where the issue goes, as whom, and whether its
 * text can be sent. The connection is chosen once, so that a repetition looks with the same eyes.
 */
export async function prepareCreation(creationId: string, job: Job): Promise<Prepared> {
  const creation = await getCreationById(creationId);
  const rest = {
    files: fileWayOf(offersOf(trackerOf(creation.integration.provider))),
    isFinished: creation.finishedAt !== null,
  };
  if (isOver(creation, job)) return { state: creation.state, isReady: false, ...rest };
  try {
    await checkRoute(creation);
    const { connection } = await openCreation(creation, job);
    await outgoingOfCreation(creation);
    const reporter = await chooseReporter(creation);
    await transaction((tx) =>
      tx.issueCreation.updateMany({
        where: { id: creationId },
        // Not yet what is waited for: how long nothing has been done is what tells of a restored backup.
        data: { connectionId: connection.id, ...(reporter && { reporter }), updatedAt: creation.updatedAt },
      }),
    );
    return { state: creation.state, isReady: true, ...rest };
  } catch (error) {
    return {
      ...(await concludeBefore({ creation, error, attempt: job.attempt, settleMs: 0 })),
      isReady: false,
      ...rest,
    };
  }
}

/** The repository has to be the project's still: an assignment may have been taken back since it was asked for. */
async function checkRoute({ workspaceId, projectId, integrationId, externalProjectId, externalProjectKey }: Creation) {
  try {
    targetOf(await getActiveAssignment({ workspaceId, projectId }, integrationId), externalProjectId);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("tracker_refused", `${externalProjectKey} is not assigned to this project any more.`, { cause });
  }
}
