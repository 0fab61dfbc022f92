import type { Frame } from "./frames";
import { headline } from "./headline";
import { kindOf, withCode } from "./kind";
import { isTestAlone } from "./lines";
import { type Masked, mask } from "./mask";
import { reduce } from "./reduce";
import { signatureOf } from "./signatures";
import { readReported, readStack, type Section, type Stack } from "./stack";
import { linesOf, plain } from "./text";
import type { FailureText, Parts } from "./types";

/** A failure as the algorithm reads it. */
export type Reading = { parts: Parts; values: Masked["values"]; frames: string[] };

// What says only that a test failed, or where, or which; the stack says more.
const hollow =
  /^(?:(?:the )?(?:tests?|step|hook)? ?(?:failed|failure|errors?|exception|aborted|crashed)|assertion (?:error|failed)|collection failure|unknown file|test failure|failed on (?:setup|teardown).*|null|none|undefined|fail)?[.:! ]*$/i;
const located = /^\S{1,200}:\d+(?::\d+)?:?(?: (?!error\b|.*\b(?:error|fail|expected|assert)).{0,300})?$/;
const panicked = /^thread '.{0,200}' .{0,20}panicked at \S{1,200}$/;
const elsewhere = /^Test failed\. See exception logs/;

const isHollow = (message: string): boolean => {
  if (!message.includes("\n") && isTestAlone(message)) return true;
  const end = message.indexOf("\n");
  const first = (end === -1 ? message : message.slice(0, end)).trim();
  if (elsewhere.test(first)) return true;
  return end === -1 && (hollow.test(first) || located.test(first) || panicked.test(first));
};

/** Reads a failure: what it says of its innermost cause, and where that is. */
export function read(failure: FailureText): Reading {
  const message = plain(failure.message).trim();
  const stack = readReported(failure.stack);
  const inMessage = message.includes("\n") || (message !== "" && !hasFrames(stack)) ? readStack(message) : null;
  const chain =
    stack.sections.length > 1 || message === "" ? stack.sections : withMessage(stack.sections, inMessage, message);
  // The type that a report gives is the outermost one's.
  const isWrapped = stack.sections.length > 1 || (inMessage?.sections.length ?? 0) > 1;
  const inner = chain.find(({ text }) => text.length > 0);
  const told = inner ? reduce(inner.text) : [];
  const { type, text } = headline(isWrapped ? null : failure.type, told);
  const source = stack.code ?? inMessage?.code ?? null;
  const masked = mask(text, source ?? "");
  const signature = signatureOf(text);
  if (signature !== null) masked.text = signature;
  const frames = placesOf(hasFrames(stack) ? stack.sections : (inMessage?.sections ?? []));
  const test = stack.test ?? inMessage?.test ?? null;
  const kind = kindOf({ type, message: masked.text });
  const code = kind.isBare ? source : null;
  const parts = { type, message: code === null ? masked.text : withCode(masked.text, mask(code).text) };
  return {
    parts: { ...parts, frames: kind.choose(frames, test) },
    values: masked.values,
    frames: frames.map(({ place }) => place),
  };
}

const hasFrames = ({ sections }: Stack): boolean => sections.some(({ frames }) => frames.length > 0);

/** The message tells more than the head of its stack, unless it tells nothing. */
function withMessage(ofStack: Section[], ofMessage: Stack | null, message: string): Section[] {
  const hasText = ofStack.some(({ text }) => text.length > 0);
  if (hasText && isHollow(message)) return ofStack;
  if (ofMessage && ofMessage.sections.length > 1) return ofMessage.sections;
  const lines = linesOf(message, 60);
  return [{ text: lines, frames: [] }, ...ofStack];
}

/** The project's own frames, nearest first, each once; where there is none, the libraries' own. */
function placesOf(sections: readonly Section[]): Frame[] {
  const own = new Map<string, Frame>();
  for (const { frames } of sections)
    for (const frame of frames)
      if (!frame.isLibrary && frame.place !== "" && !own.has(frame.place)) own.set(frame.place, frame);
  return [...own.values()].slice(0, 30);
}
