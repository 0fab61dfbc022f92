import { AppError } from "@/lib/errors";
import { isUndecided } from "../creation-state";
import { askPerson, type Concluded, stop } from "./conclude";
import { getCreationById, isOver } from "./read";

/**
 * The job has used up its repetitions, or was ended. Where nothing can have happened, the creation failed; where an
 * issue may be there, a person decides. It never hangs. What another job has taken over since is that job's.
 */
export async function giveUpCreation(creationId: string, turnId: string, reason: string): Promise<Concluded> {
  const creation = await getCreationById(creationId);
  if (isOver(creation, { turnId }) || isUndecided(creation)) return { state: creation.state };
  // It waits for somebody already, who has been told why.
  if (creation.state === "held" && !creation.retryAt) return { state: "held" };
  if (creation.sentAt) return askPerson(creation, reason);
  return stop(creation, "refuse", new AppError("unavailable", `Gave up after many attempts. ${reason}`.trim()));
}
