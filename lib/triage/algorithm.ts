import { framesOf } from "./fingerprint/frames";
import { mask } from "./fingerprint/mask";
import { seal } from "./fingerprint/seal";
import { similarityOf } from "./fingerprint/similarity";
import type { Algorithm, FailureText, Keep, Parts, Place } from "./fingerprint/types";

export type { Algorithm, FailureText, Fingerprint, Keep, Parts, Place, Split } from "./fingerprint/types";

const version = 1;
const textLimit = 65_536;

function bounded({ type, message, stack }: FailureText): { type: string; message: string; stack: string } {
  return {
    type: (type ?? "").slice(0, 1_000),
    message: (message ?? "").slice(0, textLimit),
    stack: (stack ?? "").slice(0, textLimit),
  };
}

function read(failure: FailureText) {
  const { type, message, stack } = bounded(failure);
  const masked = mask(message || (stack.split("\n", 1)[0] ?? ""));
  const frames = framesOf(stack);
  return { parts: { type: type.slice(0, 200), message: masked.text, frames: frames.slice(0, 3) }, masked, frames };
}

function kept(keep: Keep, failure: FailureText, place: Place): { label: string; value: string } {
  const { masked, frames } = read(failure);
  switch (keep.kind) {
    case "value":
      return { label: masked.values[keep.index]?.label ?? "value", value: masked.values[keep.index]?.value ?? "" };
    case "frame":
      return { label: `frame ${keep.depth + 1}`, value: frames[keep.depth] ?? "" };
    case "suite":
      return { label: "suite", value: place.suite };
    case "case":
      return { label: "case", value: `${place.suite} ${place.name}` };
  }
}

/** The algorithm that new failures are folded with. */
export const algorithm: Algorithm = {
  version,
  threshold: 0.8,

  fingerprint: (failure) => seal(version, read(failure).parts),

  similarity: similarityOf,

  splits(failure) {
    const { masked, frames } = read(failure);
    return [
      ...masked.values.map(({ label, value }, index) => ({ keep: { kind: "value" as const, index }, label, value })),
      ...frames.slice(0, 8).map((value, depth) => ({
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
    return seal(version, { ...base.parts, refined: { label, value: value.slice(0, 500) } });
  },

  titleOf({ type, message }: Parts) {
    const said = message.replace(/\s+/g, " ").trim();
    return (type && said ? `${type}: ${said}` : type || said || "No message").slice(0, 200);
  },
};
