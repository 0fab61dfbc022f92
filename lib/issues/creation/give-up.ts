import { AppError } from "@/lib/errors";
import { isFinished } from "../creation-state";
import { type Concluded, stop } from "./conclude";
import { getCreationById } from "./read";

/**
 * The job has used up its repetitions. Where nothing can have happened, the creation failed; where an issue may be
 * there, it waits for a person, who looks or tries again (then we look first). It never hangs.
 */
export async function giveUpCreation(creationId: string, reason: string): Promise<Concluded> {
  const creation = await getCreationById(creationId);
  if (isFinished(creation.state)) return { state: creation.state };
  if (!creation.sentAt)
    return stop(creation, "refuse", new AppError("unavailable", `Gave up after many attempts. ${reason}`));
  const where = creation.externalProjectKey;
  const message = `Nobody knows whether the issue was created. Look in ${where}, then try again or dismiss this. ${reason}`;
  return stop(creation, "hold", new AppError("timed_out", message));
}
