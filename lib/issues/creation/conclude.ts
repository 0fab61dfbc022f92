import { transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { AppError, errorKinds } from "@/lib/errors";
import { OutboundError, outcomeOf } from "@/lib/http/outcome";
import type { MoveName } from "../creation-state";
import { move } from "./move";
import { type Creation, whereItStands } from "./read";
import { callEndsWithinMs, nextLookAt, nextTryAt } from "./timing";
import { waitsForPeople } from "./waits-for-people";

/** What a step tells the function about a creation: ids and flags, never texts. */
export type Concluded = {
  state: CreationState;
  /** The tracker asks for patience until then: waiting for it is no failure, and uses up none of the job's attempts. */
  goesOnAt?: string;
};

/** The creation as it was read; after a call, with that call among its attempts. */
type Failed = { creation: Creation; error: unknown; attempt: number; settleMs: number };

/** The creating call failed: what that means for the creation, and whether it goes on by itself (then it throws). */
export async function concludeCall({ creation, error, attempt, settleMs }: Failed): Promise<Concluded> {
  const endedAt = new Date();
  if (outcomeOf(error) === "refused") {
    // A refused call leaves nothing to look for, and what was typed may change. A sign-in page that came with 200 is
    // a refusal too, most likely; a look before the next call costs little.
    const isCertain = !(error instanceof OutboundError && isSuccess(error.status));
    const changes = isCertain ? { sentAt: null } : { lastSentAt: endedAt };
    return concludeRefusal({ creation, error, attempt, settleMs }, changes);
  }
  const sent = { state: "unknown", lastSentAt: endedAt };
  return goOn(creation, "doubt", error, nextLookAt(sent, settleMs, endedAt), { lastSentAt: endedAt });
}

/** What had to be done before the call failed: nothing was sent this time, but an earlier call may have been. */
export async function concludeBefore(failed: Failed): Promise<Concluded> {
  const { creation, error, attempt, settleMs } = failed;
  // A database that is down or a mistake of ours: the job's own repetition is what helps.
  if (!(error instanceof AppError)) throw error;
  const { retry } = errorKinds[error.kind];
  if (!creation.sentAt) return concludeRefusal(failed);
  if (waitsForPeople.includes(error.kind) || retry === "never") return stop(creation, "hold", error, endOf(creation));
  const now = new Date();
  const at = error.retryAt ? nextTryAt(error.retryAt, attempt, now) : nextLookAt(creation, settleMs, now);
  return goOn(creation, "doubt", error, at, endOf(creation));
}

/** Earlier looks found nothing, and too little time has passed for that to prove anything. */
export async function lookAgain(creation: Creation, settleMs: number): Promise<Concluded> {
  // What went wrong is what the page goes on telling; a process that died has left no word of it.
  const message = creation.errorMessage ?? "The answer to the call that creates it was lost.";
  const at = nextLookAt(creation, settleMs, new Date());
  return goOn(creation, "doubt", new AppError("timed_out", message), at, endOf(creation));
}

/** No look can tell: the tracker lists what was created in a way that leaves doubt. A person, who can see, says it. */
export async function askPerson(creation: Creation, reason = ""): Promise<Concluded> {
  const where = creation.externalProjectKey;
  const message = `Nobody knows whether the issue was created. Look in ${where}, then say what you found. ${reason}`;
  const error = new AppError("timed_out", message.trim());
  const isNoted = await note(creation, "doubt", { ...endOf(creation), ...told(error), retryAt: null });
  return isNoted ? { state: "unknown" } : whereItStands(creation);
}

/** The call of a process that died ended at its deadlines at the latest; `unknown` counts from a call's end. */
const endOf = ({ state, lastSentAt }: Creation) =>
  state === "sending" && lastSentAt ? { lastSentAt: new Date(lastSentAt.getTime() + callEndsWithinMs) } : {};

async function concludeRefusal(
  { creation, error, attempt }: Failed,
  changes: Prisma.IssueCreationUncheckedUpdateManyInput = {},
): Promise<Concluded> {
  const known = asAppError(error);
  if (waitsForPeople.includes(known.kind)) return stop(creation, "hold", known, changes);
  if (errorKinds[known.kind].retry === "never") return stop(creation, "refuse", known, changes);
  return goOn(creation, "hold", known, nextTryAt(known.retryAt, attempt, new Date()), changes);
}

/** The creation stops here, until a person does something. */
export async function stop(
  creation: Creation,
  name: Extract<MoveName, "hold" | "refuse">,
  error: AppError,
  changes: Prisma.IssueCreationUncheckedUpdateManyInput = {},
): Promise<Concluded> {
  const isNoted = await note(creation, name, { ...changes, ...told(error), retryAt: null });
  return isNoted ? { state: name === "hold" ? "held" : "failed" } : whereItStands(creation);
}

/**
 * The creation goes on by itself at the time: thrown, so that the job repeats its step then. What a rate limit holds up
 * is told instead, for it may be held up as often as the tracker likes.
 */
async function goOn(
  creation: Creation,
  name: Extract<MoveName, "hold" | "doubt">,
  error: unknown,
  retryAt: Date,
  changes: Prisma.IssueCreationUncheckedUpdateManyInput = {},
): Promise<Concluded> {
  const known = asAppError(error);
  if (!(await note(creation, name, { ...changes, ...told(known), retryAt }))) return whereItStands(creation);
  if (known.kind === "tracker_rate_limited")
    return { state: name === "hold" ? "held" : "unknown", goesOnAt: retryAt.toISOString() };
  // A kind whose retry is "never" would end the job: what matters here is the time.
  const kind = errorKinds[known.kind].retry === "never" ? "tracker_failed" : known.kind;
  throw new AppError(kind, known.message, { retryAt, cause: known });
}

/**
 * Of the call that it is about alone: a process may have been suspended, taken for dead, and wake when another one has
 * sent. What it then knows of its own call says nothing about the newer one.
 */
const note = (creation: Creation, name: MoveName, changes: Prisma.IssueCreationUncheckedUpdateManyInput) =>
  transaction((tx) => {
    const { turnId, attempts } = creation;
    return move(tx, creation, name, changes, { turnId, attempts });
  });

const isSuccess = (status: number | undefined) => status !== undefined && status >= 200 && status < 300;

const told = (error: AppError) => ({
  errorKind: error.kind,
  errorMessage: error.message.slice(0, 1_000),
  errorFields: error.fields ?? Prisma.DbNull,
});

const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new OutboundError("internal", "Something went wrong on our side.", { outcome: "unknown", cause: error });
