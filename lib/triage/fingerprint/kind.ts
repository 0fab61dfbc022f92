import { namesIn, vocabulary } from "./features";
import type { Frame } from "./frames";
import { remembered } from "./memo";
import type { Parts } from "./types";

/*
 * What tells failures apart depends on their kind. A service that is down says so in its message, wherever it is met. A
 * null pointer says next to nothing; the place that threw it does. A bare assertion is its test's.
 */

type Told = Pick<Parts, "type" | "message">;
export type Kind = {
  /** From 0, the message alone, to 1, the frames alone. */
  weightOfFrames: number;
  /** It says how it was asserted, and not what. */
  isBare: boolean;
  /** What languages throw of themselves. */
  isLanguage: boolean;
  choose(frames: readonly Frame[], test: string | null): string[];
};

const environment =
  /ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EADDRINUSE|ENOSPC|EMFILE|ENOMEM|EPIPE|getaddrinfo|socket hang up|net::ERR_|connection (?:to .{1,80} )?(?:was )?(?:refused|reset|closed|timed out|is not available|aborted|failed)|could ?n[o']t connect|unable to connect|no route to host|name or service not known|unknown ?host|no space left|too many (?:open files|connections|requests)|toomanyrequests|rate limit|deadline ?exceeded|service unavailable|bad gateway|gateway time-?out|docker|container|certificate|handshake|session not created|chrome ?driver|executable doesn't exist|browser (?:has been |was )?(?:closed|launch|disconnected)|permission denied|does not exist|no such (?:file|table|column)|unique constraint|duplicate (?:key|entry)|foreign key|pool|migrations?\b|cannot find module|no module named|cannot import|failed to resolve import|unable to resolve service|could not resolve|no qualifying bean|out of disk|quota|browser is gone|unknown host|no Docker daemon/i;

const element =
  /\bgetBy|\blocator\(|By\.\w+[:(]|find element|no such element|element(?:\(s\))? not found|click intercepted|never found it|unable to find (?:button|link|field|css|an? )|stale element|waiting for (?:visibility|presence|locator|element)|cy\.\w+\(|widgets with|finder/i;

// What languages throw of themselves: the same words everywhere.
const language =
  /^(?:NullPointer|NullReference|Type|Reference|Range|Attribute|Key|Index|Name|ZeroDivision|Arithmetic|Division|ClassCast|InvalidCast|IndexOutOfBounds|ArrayIndexOutOfBounds|StringIndexOutOfBounds|IndexOutOfRange|ArgumentOutOfRange|ArgumentNull|UnsupportedOperation|NotImplemented|NoMethod|NoSuchMethod|NoSuchElement|NumberFormat|Format|ConcurrentModification|StackOverflow|OutOfMemory|UnboundLocal|Recursion|Syntax|KeyNotFound|UninitializedPropertyAccess|Lookup|StopIteration|Unicode\w*|Json\w*|Decoding|Overflow|Float|EXC_\w+|SIG\w+|LateInitialization|State|Range|Cast|NoSuchKey|Negative\w*|ArrayStore)(?:Error|Exception)?$/;
const languageSays =
  /vector::|basic_string::|map::at|std::bad_|List is empty|Objektverweis|assignment to entry in nil map|key not found|is not a subtype of type|Call to a member function|unwrap\(\)` on a|nil pointer dereference|index out of (?:range|bounds)|unexpectedly found nil|null check operator|segmentation fault|heap space|stack (?:level too deep|overflow)|DATA RACE|is not a function|Cannot read propert|undefined (?:method|local variable|array key|index|variable|offset)|NoneType|divi(?:de|sion) by zero|Attempt to read property|invalid memory address|already borrowed|stale element|not interactable|AddressSanitizer|ThreadSanitizer|SIGSEGV|SIGABRT|no elements|empty sequence|value too long|out of range for type|invalid input syntax|could not serialize|deadlock|lock wait|exceeded timeout|did not run to completion|timed? ?out after|test timeout/i;

const assertion =
  /assert|expectation|comparison ?fail|TestFail|XunitException|^XCT|^(?:expected|expecting|expect\b|assert|should|failed asserting|not equal|value of|wanted|condition|check|require)|(?:to|should) (?:equal|be|have|contain|match)\b|left == right|expected.{1,200}(?:but|actual|got|received)|XCTAssert|mismatch/i;

const wordOrMask = /<\w+>|[\p{L}_$][\p{L}\p{N}_$]{1,}/gu;

/** The words of a message that no other failure of its kind must share. */
function ownWords(message: string): number {
  const words = new Set<string>();
  for (const [word] of message.matchAll(wordOrMask)) if (!word.startsWith("<")) words.add(word.toLowerCase());
  let own = 0;
  for (const word of words) if (!vocabulary.test(word)) own += 1;
  return own;
}

/** Whether a message has a word that is not its tool's. */
export function hasOwnWord(message: string): boolean {
  for (const [word] of message.matchAll(wordOrMask)) if (!word.startsWith("<") && !vocabulary.test(word)) return true;
  return false;
}

// What tests share: the place below it says more.
const shared =
  /(?:util|helper|support|common|preconditions|assert|ensure|verify|fixture|retry|client|http|request|base|conftest|hooks?|guard|invariant|poll|wait|require|validat|checks?\b|objects\.)/i;

// The folders say nothing: every frame of a client is below "http".
export const isShared = remembered({ count: 4_096, length: 320 }, (place) =>
  shared.test(place.replace(/[^( ]*\/|^.*\.(?=\w+\.\w+$)/g, "")),
);

const causePlace = (frames: readonly Frame[], test: string | null): string[] => {
  const inProduct = frames.filter(({ isTest }) => !isTest);
  if (inProduct.length === 0) return testPlace(frames, test);
  const cause = inProduct.findIndex(({ place }) => !isShared(place));
  return inProduct.slice(0, Math.min(cause === -1 ? 3 : cause + 1, 4)).map(({ place }) => place);
};

/** From the throwing frame to the test. */
const testPlace = (frames: readonly Frame[], test: string | null): string[] => {
  const outermost = frames.findLastIndex(({ isTest }) => isTest);
  const until = frames.slice(0, outermost === -1 ? 4 : outermost + 1).map(({ place }) => place);
  const kept = until.length > 4 ? [...until.slice(0, 3), until.at(-1) ?? ""] : until;
  return test === null ? kept : [...kept, `test ${test}`];
};

const productPlace = (frames: readonly Frame[]): string[] =>
  frames
    .filter(({ isTest }) => !isTest)
    .slice(0, 1)
    .map(({ place }) => place);

/** What tests share and says what went wrong is one cause, whoever called it. */
const helperPlace = (frames: readonly Frame[], test: string | null): string[] => {
  const [first] = frames;
  return first && !first.isTest && frames.some(({ isTest }) => isTest) ? [first.place] : testPlace(frames, test);
};

const messageDecides: Kind = { weightOfFrames: 0.08, isBare: false, isLanguage: false, choose: () => [] };
const messageMostly: Kind = {
  weightOfFrames: 0.15,
  isBare: false,
  isLanguage: false,
  choose: (frames) => productPlace(frames),
};
const placeDecides: Kind = { weightOfFrames: 0.6, isBare: false, isLanguage: true, choose: causePlace };
const littleIsSaid: Kind = { ...placeDecides, isLanguage: false };
/** It says something, and the same may be said elsewhere: the product's place tells, or else the words. */
const productDecides: Kind = {
  weightOfFrames: 0.6,
  isBare: false,
  isLanguage: false,
  choose: (frames) => (frames.some(({ isTest }) => !isTest) ? causePlace(frames, null) : []),
};
const testDecides: Kind = { weightOfFrames: 0.65, isBare: true, isLanguage: false, choose: testPlace };

const helperDecides: Kind = { weightOfFrames: 0.65, isBare: true, isLanguage: false, choose: helperPlace };

const codeMark = "\n» ";

/** A message with the line of source that failed, which says what a bare assertion does not. */
export const withCode = (message: string, code: string): string =>
  `${message.slice(0, 300)}${codeMark}${code.slice(0, 190)}`;

/** Which kind of failure says this. */
export const kindOf = ({ type, message }: Told): Kind => kindOfText(`${type}\n${message}`);

const kindOfText = remembered({ count: 4_096, length: 800 }, (text) => {
  const end = text.indexOf("\n");
  return decide(text.slice(0, end), text.slice(end + 1));
});

function decide(type: string, message: string): Kind {
  if (message.includes(codeMark)) return testDecides;
  const isAssertion = assertion.test(type) || assertion.test(message);
  const names = namesIn(message);
  if (names > 0 && element.test(message)) return messageDecides;
  if (!isAssertion && environment.test(`${type} ${message}`)) return messageDecides;
  if (!isAssertion && (language.test(type) || languageSays.test(message))) return placeDecides;
  const own = ownWords(message);
  if (isAssertion) return own >= 4 ? messageMostly : own >= 2 ? helperDecides : testDecides;
  if (own + 2 * names < 3) return littleIsSaid;
  return names > 0 ? messageMostly : productDecides;
}
