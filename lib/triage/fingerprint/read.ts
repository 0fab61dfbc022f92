import { suiteOf, testOf, withoutTest } from "./case-name";
import { withDifference } from "./differences";
import { namesIn } from "./features";
import { type Frame, readFrame } from "./frames";
import { headline } from "./headline";
import { hasOwnWord, kindOf, withCode } from "./kind";
import { isTestAlone } from "./lines";
import { type Masked, mask } from "./mask";
import { reduce } from "./reduce";
import { signatureOf } from "./signatures";
import { readReported, readStack, type Section, type Stack } from "./stack";
import { linesOf, plain } from "./text";
import { isTelling } from "./tokens";
import type { FailureText, Parts, Seen } from "./types";
import { isVague, productPlaces } from "./vague";

/** A failure as the algorithm reads it. */
export type Reading = { parts: Parts & { seen: Seen }; values: Masked["values"]; frames: string[] };

// What says only that a test failed, or where, or which; the stack says more.
const hollow =
  /^(?:(?:the )?(?:tests?|step|hook)? ?(?:failed|failure|errors?|exception|aborted|crashed)|assertion (?:error|failed)|collection failure|unknown file|test failure|failed on (?:setup|teardown).*|null|none|undefined|fail)?[.:! ]*$/i;
const located = /^\S{1,200}:\d+(?::\d+)?:?(?: (?!error\b|.*\b(?:error|fail|expected|assert)).{0,300})?$/;
const panicked = /^thread '.{0,200}' .{0,20}panicked at \S{1,200}$/;
const elsewhere = /^Test failed\. See exception logs/;
const shortText = 200;

const isHollow = (message: string): boolean => {
  if (!message.includes("\n") && isTestAlone(message)) return true;
  const end = message.indexOf("\n");
  const first = (end === -1 ? message : message.slice(0, end)).trim();
  if (elsewhere.test(first)) return true;
  return end === -1 && (hollow.test(first) || located.test(first) || panicked.test(first));
};

/** Words of tools alone. */
const saysNothing = (text: string): boolean => text.length < shortText && !hasOwnWord(text) && namesIn(text) === 0;

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
  const head = headline(isWrapped ? null : failure.type, told);
  const { text, thrownIn } = splitThrown(head.text);
  const source = stack.code ?? inMessage?.code ?? null;
  const name = testOf(failure.name);
  const masked = mask(withoutTest(text, name), source ?? "");
  const signature = signatureOf(text);
  let said = signature ?? withDifference(masked);
  const frames = placesOf(hasFrames(stack) ? stack.sections : (inMessage?.sections ?? []));
  if (thrownIn && !thrownIn.isLibrary && thrownIn.place !== frames[0]?.place) frames.unshift(thrownIn);
  // What happened around the test has one name, whoever throws it.
  const type = signature === null ? head.type : "";
  const kind = kindOf({ type, message: said });
  if (signature === null && inner && !kind.isLanguage && !isTelling(said)) said += outerNames(chain, inner);
  const code = kind.isBare ? source : null;
  const places = kind.choose(frames, stack.test ?? inMessage?.test ?? null);
  if (signature === null && isVague(said, places, kind)) {
    // What says nothing of itself is told by where it is: in the product, or else in which test.
    const inProduct = places.length === 0 ? productPlaces(frames) : [];
    if (inProduct.length > 0) places.push(...inProduct);
    else if (name !== "" && (type !== "" || said !== "")) places.push(`test ${name}`);
  }
  return {
    parts: {
      type,
      message: code === null ? said : withCode(said, mask(code).text),
      frames: places,
      seen: seenOf(failure, name, frames, masked.values),
    },
    values: masked.values,
    frames: frames.map(({ place }) => place),
  };
}

/** What the next outer cause says with names, below one that says too little: `Address already in use` of which port. */
function outerNames(chain: readonly Section[], inner: Section): string {
  for (const { text } of chain.slice(chain.indexOf(inner) + 1)) {
    const [first = ""] = reduce(text);
    const said = mask(headline(null, [first]).text).text.split("\n", 1)[0] ?? "";
    if (namesIn(said) > 0 && isTelling(said)) return `\n${said}`;
  }
  return "";
}

const seenFrames = 8;
const seenValues = 8;
const seenLength = 80;
const mayBeName = /^(?!\d).*\p{L}{3}/su;

function seenOf(failure: FailureText, test: string, frames: readonly Frame[], values: Masked["values"]): Seen {
  const product: string[] = [];
  const tests: string[] = [];
  for (const { place, isTest } of frames.slice(0, seenFrames)) (isTest ? tests : product).push(place);
  const names = new Set<string>();
  for (const { value } of values)
    if (names.size < seenValues && mayBeName.test(value)) names.add(value.slice(0, seenLength));
  return { suite: suiteOf(failure.suite), test, product, tests, values: [...names] };
}

const hasFrames = ({ sections }: Stack): boolean => sections.some(({ frames }) => frames.length > 0);

/** The message tells more than the head of its stack, unless it tells nothing. */
function withMessage(ofStack: Section[], ofMessage: Stack | null, message: string): Section[] {
  const hasText = ofStack.some(({ text }) => text.length > 0);
  if (hasText && isHollow(message)) return ofStack;
  if (saysNothing(message) && ofStack.some(({ text }) => text.length > 0 && !saysNothing(text.join("\n"))))
    return ofStack;
  if (ofMessage && ofMessage.sections.length > 1) return ofMessage.sections;
  const lines = linesOf(message, 60);
  return [{ text: lines, frames: [] }, ...ofStack];
}

const thrown = / in (\S{1,200}\.php)(?:\(\d+\)|:\d+| on line \d+)$/;

/** PHP tells its first place at the end of its sentence. */
function splitThrown(text: string): { text: string; thrownIn: Frame | null } {
  const end = text.indexOf("\n");
  const first = (end === -1 ? text : text.slice(0, end)).slice(0, 600);
  const found = first.includes(".php") ? thrown.exec(first) : null;
  if (!found) return { text, thrownIn: null };
  return { text: text.slice(0, found.index) + text.slice(first.length), thrownIn: readFrame(`${found[1]}:1`) };
}

/** The project's own frames, nearest first, each once; where there is none, the libraries' own. */
function placesOf(sections: readonly Section[]): Frame[] {
  const own = new Map<string, Frame>();
  for (const { frames } of sections)
    for (const frame of frames)
      if (!frame.isLibrary && frame.place !== "" && !own.has(frame.place)) own.set(frame.place, frame);
  return [...own.values()].slice(0, 30);
}
