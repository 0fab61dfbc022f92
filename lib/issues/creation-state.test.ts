import { describe, expect, it } from "vitest";
import { CreationState } from "@/lib/db/generated/enums";
import { canMove, isFinished, type MoveName, moves, unfinishedStates } from "./creation-state";

// Reviewed by hand: the whole table, so that a changed one has to be changed here with a reason.
const expected: Record<CreationState, Partial<Record<MoveName, CreationState>>> = {
  queued: { send: "sending", accept: "created", refuse: "failed", hold: "held", doubt: "unknown" },
  sending: { send: "sending", accept: "created", refuse: "failed", hold: "held", doubt: "unknown" },
  unknown: { send: "sending", accept: "created", refuse: "failed", hold: "held", doubt: "unknown" },
  held: {
    send: "sending",
    accept: "created",
    refuse: "failed",
    hold: "held",
    doubt: "unknown",
    retry: "queued",
    dismiss: "failed",
  },
  failed: { accept: "created", retry: "queued", dismiss: "failed" },
  created: {},
};

describe("states of a creation", () => {
  const names = Object.keys(moves) as MoveName[]; // Object.keys forgets the key type
  for (const state of Object.values(CreationState))
    for (const move of names)
      it(`[G3] ${state} --${move}--> ${expected[state][move] ?? "not allowed"}`, () => {
        expect(canMove(state, move) ? moves[move].to : undefined).toBe(expected[state][move]);
      });

  it("[G3] a created issue is never created again: nothing leads out of created", () => {
    expect(names.filter((move) => canMove("created", move))).toEqual([]);
  });

  it("[G3] only created and failed free the sources", () => {
    expect(Object.values(CreationState).filter(isFinished)).toEqual(["created", "failed"]);
    expect(unfinishedStates).toEqual(["queued", "sending", "unknown", "held"]);
  });
});
