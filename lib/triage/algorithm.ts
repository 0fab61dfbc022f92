import { read } from "./fingerprint/read";
import { seal } from "./fingerprint/seal";
import { similarityOf } from "./fingerprint/similarity";
import type { Algorithm, FailureText, Keep, Parts, Place } from "./fingerprint/types";

export type { Algorithm, FailureText, Fingerprint, Keep, Parts, Place } from "./fingerprint/types";

const version = 2;
const valueLimit = 500;
const titleLimit = 200;
const offeredValues = 12;
const offeredFrames = 8;

function kept(keep: Keep, failure: FailureText, place: Place): { label: string; value: string } {
  switch (keep.kind) {
    case "value": {
      const found = read(failure).values[keep.index];
      return { label: found?.label ?? `value ${keep.index + 1}`, value: found?.value ?? "" };
    }
    case "frame":
      return { label: `frame ${keep.depth + 1}`, value: read(failure).frames[keep.depth] ?? "" };
    case "suite":
      return { label: "suite", value: place.suite };
    case "case":
      return { label: "case", value: `${place.suite} › ${place.name}` };
  }
}

/** The algorithm that new failures are folded with. */
export const algorithm: Algorithm = {
  version,
  threshold: 0.7,

  fingerprint: (failure) => seal(version, read(failure).parts),

  similarity: similarityOf,

  splits(failure) {
    const { values, frames } = read(failure);
    return [
      ...values.slice(0, offeredValues).map(({ label, value }, index) => ({
        keep: { kind: "value" as const, index },
        label,
        value,
      })),
      ...frames.slice(0, offeredFrames).map((value, depth) => ({
        keep: { kind: "frame" as const, depth },
        label: `frame ${depth + 1}`,
        value,
      })),
      { keep: { kind: "suite" }, label: "suite", value: "" },
      { keep: { kind: "case" }, label: "case", value: "" },
    ];
  },

  refine(base, keep, failure, place) {
    const { label, value } = kept(keep, failure, place);
    return seal(version, { ...base.parts, refined: { label, value: value.slice(0, valueLimit) } });
  },

  titleOf({ type, message, refined }: Parts) {
    const line = (text: string) => text.replace(/\s+/g, " ").trim();
    const said = line(message);
    // Groups that were told apart differ in nothing else.
    const kept = refined ? ` (${line(`${refined.label}: ${refined.value}`).slice(0, titleLimit / 2)})` : "";
    const title = type && said ? `${type}: ${said}` : type || said || "No message";
    return title.slice(0, titleLimit - kept.length) + kept;
  },
};
