import { type Frame, goFunction, readFrame } from "./frames";
import { remembered } from "./memo";
import { isNoise } from "./noise";

/** What a line of a stack is. */
export type Line = {
  whole: string;
  /** The line without the blanks around it. */
  text: string;
  indent: "" | "tab" | "blanks";
  frame: Frame | null;
  /** It says nothing of the cause. */
  isNoise: boolean;
  /** It ends an exception of Python, whose effect follows. */
  isChain: boolean;
  isSuppressed: boolean;
  isTraceback: boolean;
  /** Of a line that begins a cause: what stands behind that; null of every other. */
  cause: string | null;
  /** The test that it names, and whether it says nothing else. */
  test: string | null;
  isTestAlone: boolean;
  /** The source that it shows. */
  source: string | null;
  /** The function that Go names above its place. */
  goFunction: string | null;
  /** Besides its frame it says what happened. */
  told: string | null;
};

const cause = /^(?:Caused by:|\[cause\]:|-{2,4}>|-{4} (?=[\w.]{1,100} : )|Caused by$)\s*/;
const pythonChain = /^(?:The above exception was the direct cause|During handling of the above exception)/;

// Where tools tell the name of the test among the text: Go, PHPUnit, Rust, XCTest.
const testName =
  /^--- FAIL: (?<go>[\w.-]+)|^(?<php>(?:\w+\\)*\w+::\w+)(?: with data set .*)?$|^thread '(?<rust>\w+::[\w:]+)'|error: -\[(?<xctest>[\w. ]+)\]/;

const mayNameTest = (line: string): boolean =>
  line.includes("::") || line.startsWith("--- FAIL: ") || line.includes("error: -[");
const testAlone = /^(?:\w+\\)*\w+::\w+(?: with data set .*)?$/;

/** Whether a line, without the blanks around it, names a test and says nothing else. */
export const isTestAlone = (line: string): boolean => line.includes("::") && testAlone.test(line);

// `thread 'x' panicked at src/a.rs:1:2:`, before Rust 1.73 `panicked at 'message', src/a.rs:1:2`
const panicked = /^thread '[^']{0,200}'(?: \(\d+\))? panicked at (?:'(.{0,300})', )?(\S{1,200}\.rs:\d+:\d+)/;
// `cart_test.go:12: total is 3`: a place and what happened there.
const saysMore = /^\S{1,300}:\d+(?::\d+)?: (?!\w+(?:Error|Exception)$)\S/;

// RSpec `Failure/Error: …`, Jest and Playwright `> 12 | …`, pytest `>   …`, Catch2 `REQUIRE( … )`
const source = /^(?:Failure\/Error:|>\s+(?:\d+ \|)?|(?=(?:REQUIRE|CHECK)\w*\())\s*(\S.*)/;
const asserts = /assert|expect|should|REQUIRE|CHECK/;

function classify(whole: string): Line {
  const line = whole.trim();
  const panic = line.startsWith("thread '") ? panicked.exec(line) : null;
  const frame = readFrame(panic?.[2] ?? line);
  const named = mayNameTest(line) ? testName.exec(line)?.groups : undefined;
  const shown = source.exec(line)?.[1] ?? null;
  return {
    whole,
    text: line,
    indent: whole.startsWith("\t") ? "tab" : whole.startsWith("  ") ? "blanks" : "",
    frame,
    isNoise: line === "" || isNoise(line),
    isChain: pythonChain.test(line),
    isSuppressed: line.startsWith("Suppressed: "),
    isTraceback: line.startsWith("Traceback (most recent call last)"),
    cause: cause.test(line) ? line.replace(cause, "") : null,
    test: named?.go ?? named?.php ?? named?.rust ?? named?.xctest ?? null,
    isTestAlone: named?.php !== undefined,
    source: shown !== null && asserts.test(shown) ? shown : null,
    goFunction: line.endsWith(")") ? goFunction(line) : null,
    told: panic ? (panic[1] ?? null) : frame && saysMore.test(line) ? line : null,
  };
}

/** Reads a line, which is bounded. */
export const readLine = remembered({ count: 8_192, length: 300 }, classify);
