import { CreationState } from "@/lib/db/generated/enums";

type Move = { from: readonly CreationState[]; to: CreationState; byPerson?: true };

/** Every way from one state of a creation to another; what is not here cannot happen. */
export const moves = {
  /** The creating call is about to leave. From `sending` too: a process died there, and a look has found nothing. */
  send: { from: ["queued", "sending", "unknown", "held"], to: "sending" },
  /** The issue is there, by the tracker's answer or by a look. What is there counts, even if a person has let go of it. */
  accept: { from: ["queued", "sending", "unknown", "held", "failed"], to: "created" },
  /** Nothing happened, and repeating would not help. */
  refuse: { from: ["queued", "sending", "unknown", "held"], to: "failed" },
  /** Nothing happened; it goes on later, by itself (retryAt) or when a person has mended something. */
  hold: { from: ["queued", "sending", "unknown", "held"], to: "held" },
  /** The tracker wants a shorter text, or another reporter: nothing happened, and that is sent at once. */
  shorten: { from: ["sending"], to: "queued" },
  /** Something may have happened: look before anything else. Without a retryAt a person has to decide. */
  doubt: { from: ["queued", "sending", "unknown", "held"], to: "unknown" },
  /** A person asks again, or what held it has been mended. */
  retry: { from: ["failed", "held", "unknown"], to: "queued", byPerson: true },
  /** The bulk creation that it is of was cancelled, and no call has left for it: whoever is about to call finds it gone. */
  cancel: { from: ["queued", "held"], to: "failed" },
  /** A person lets go of it. */
  dismiss: { from: ["failed", "held", "unknown"], to: "failed", byPerson: true },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;

type Standing = { state: CreationState; retryAt: Date | null };

/** No job works on it any more, and its sources are free for another creation. */
export const isFinished = (state: CreationState): boolean => state === "created" || state === "failed";

/** Whether the issue is there could not be found out; no job looks any more, and a person decides. */
export const isUndecided = ({ state, retryAt }: Standing): boolean => state === "unknown" && retryAt === null;

export const canMove = (creation: Standing, name: MoveName): boolean => {
  const move: Move = moves[name];
  // While a job still looks, what it finds counts.
  if (move.byPerson && creation.state === "unknown" && !isUndecided(creation)) return false;
  return move.from.includes(creation.state);
};

/** The states that a person may still see change. */
export const unfinishedStates = Object.values(CreationState).filter((state) => !isFinished(state));
