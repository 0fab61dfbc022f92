import { AppError, errorKinds } from "@/lib/errors";
import type { Job } from "./open";

// The issue is there, and nobody waits for what comes after it; but where writes stand in line, each attempt may get one
// through.
const patienceWith = ({ kind }: AppError) => (kind === "tracker_rate_limited" ? 15 : 3);

/** Done again, it is there once: a tracker that asks for patience gets it, and a lost answer is asked for anew. */
export const isWorthAgain = (error: unknown, { attempt }: Pick<Job, "attempt">): error is AppError =>
  error instanceof AppError && errorKinds[error.kind].retry !== "never" && attempt < patienceWith(error);
