import { describe, expect, it } from "vitest";
import { CreationState } from "@/lib/db/generated/enums";
import { canMove, isFinished, type MoveName, moves, unfinishedStates } from "./creation-state";

// Reviewed by hand: the whole table, so that a changed one has to be changed here with a reason.
const expected: Record<CreationState, Partial<Record<MoveName, CreationState>>> = {
  queued: { send: "sending", accept: "created", refuse: "failed", hold: "held", doubt: "unknown", cancel: "failed" },
  // Only the call that is under way can be refused for its length.
  sending: {
    send: "sending",
    accept: "created",
    refuse: "failed",
    hold: "held",
    shorten: "queued",
    doubt: "unknown",
  },
  // While a job still looks; `undecided` is the same state when none does.
  unknown: { send: "sending", accept: "created", refuse: "failed", hold: "held", doubt: "unknown" },
  held: {
    send: "sending",
    accept: "created",
    refuse: "failed",
    hold: "held",
    doubt: "unknown",
    cancel: "failed",
    retry: "queued",
    dismiss: "failed",
  },
  failed: { accept: "created", retry: "queued", dismiss: "failed" },
  created: {},
};

describe("states of a creation", () => {
  const names = Object.keys(moves) as MoveName[]; // Object.keys forgets the key type
  const later = new Date();
  for (const state of Object.values(CreationState))
    for (const move of names)
      it(`[G3] ${state} --${move}--> ${expected[state][move] ?? "not allowed"}`, () => {
        expect(canMove({ state, retryAt: later }, move) ? moves[move].to : undefined).toBe(expected[state][move]);
      });

  it("[G3] undecided, when no job looks any more, a person may ask again or let go of it", () => {
    const undecided = { state: "unknown", retryAt: null } as const;
    const others: MoveName[] = ["shorten", "cancel"];
    expect(names.filter((move) => canMove(undecided, move))).toEqual(names.filter((move) => !others.includes(move)));
  });

  it("[G3] a created issue is never created again: nothing leads out of created", () => {
    expect(names.filter((move) => canMove({ state: "created", retryAt: null }, move))).toEqual([]);
  });

  it("[G3] only created and failed free the sources", () => {
    expect(Object.values(CreationState).filter(isFinished)).toEqual(["created", "failed"]);
    expect(unfinishedStates).toEqual(["queued", "sending", "unknown", "held"]);
  });
});
