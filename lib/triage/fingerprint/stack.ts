import { type Frame, goFunction, readFrame } from "./frames";
import { isNoise } from "./noise";
import { linesOf } from "./text";

/** One exception of a chain: what it says, and where it was thrown. */
export type Section = { text: string[]; frames: Frame[] };
/** A stack: the innermost cause first. `test` is the test's own name where the tool tells it in the text. */
export type Stack = {
  sections: Section[];
  test: string | null;
  /** The line of source that failed, where the tool shows it. */
  code: string | null;
};

const maxLines = 600;
const maxText = 60;
const maxFrames = 60;

const cause = /^(?:Caused by:|\[cause\]:|-{2,4}>|-{4} (?=[\w.]{1,100} : )|Caused by$)\s*/;
const pythonChain = /^(?:The above exception was the direct cause|During handling of the above exception)/;
const suppressed = /^Suppressed: /;

// Where tools tell the name of the test among the text: Go, PHPUnit, Rust, XCTest.
const testName =
  /^--- FAIL: (?<go>[\w.-]+)|^(?<php>(?:\w+\\)*\w+::\w+)(?: with data set .*)?$|^thread '(?<rust>[\w:]+::[\w:]+)'|error: -\[(?<xctest>[\w. ]+)\]/;

// `thread 'x' panicked at src/a.rs:1:2:`, before Rust 1.73 `panicked at 'message', src/a.rs:1:2`
const panicked = /^thread '[^']{0,200}'(?: \(\d+\))? panicked at (?:'(.{0,300})', )?(\S{1,200}\.rs:\d+:\d+)/;
// `cart_test.go:12: total is 3`: a place and what happened there.
const saysMore = /^\S{1,300}:\d+(?::\d+)?: (?!\w+(?:Error|Exception)$)\S/;

// RSpec `Failure/Error: …`, Jest and Playwright `> 12 | …`, pytest `>   …`, Catch2 `REQUIRE( … )`
const source =
  /^(?:Failure\/Error:|>\s+(?:\d+ \|)?|(?=(?:REQUIRE|CHECK)\w*\())\s*(?=.{0,300}(?:assert|expect|should|REQUIRE|CHECK))(\S.*)/;
const sourceOf = (line: string): string | null => source.exec(line)?.[1] ?? null;

const nameOfTest = (line: string): string | null => {
  const named = testName.exec(line)?.groups;
  return named?.go ?? named?.php ?? named?.rust ?? named?.xctest ?? null;
};

/** Parts a stack, or a message that holds one, into its exceptions. */
export function readStack(text: string): Stack {
  const lines = linesOf(text, maxLines);
  const isPytest = lines.some((line) => line.startsWith("E  ") || line.startsWith("E\t"));
  return isPytest ? readPytest(lines) : readPlain(lines);
}

function readPlain(lines: readonly string[]): Stack {
  const sections: Section[] = [{ text: [], frames: [] }];
  let isPython = false;
  let isSuppressed = false;
  let previous = "";
  let code: string | null = null;
  let test: string | null = null;
  let current = sections[0] as Section; // it was just put there
  for (const line of lines) {
    const told = line.trim();
    if (told === "") continue;
    if (told.startsWith("Traceback (most recent call last)")) {
      isPython = true;
      continue;
    }
    const named = nameOfTest(told);
    test ??= named;
    if (named !== null && told.startsWith(named)) continue;
    code ??= sourceOf(told);
    if (pythonChain.test(told) || (cause.test(told) && (!line.startsWith("\t") || told.startsWith("-")))) {
      current = { text: [], frames: [] };
      sections.push(current);
      isSuppressed = false;
      const rest = told.replace(cause, "");
      if (!pythonChain.test(told) && rest !== "") current.text.push(rest);
      continue;
    }
    if (suppressed.test(told)) isSuppressed = true;
    if (isSuppressed) continue;
    const panic = panicked.exec(told);
    const frame = current.frames.length < maxFrames ? readFrame(panic?.[2] ?? told) : null;
    const go = frame?.place.endsWith(".go") ? goFunction(previous) : null;
    if (frame && go) {
      frame.place = go;
      if (current.text.at(-1)?.trim() === previous) current.text.pop();
    }
    previous = told;
    if (panic?.[1]) current.text.push(panic[1]);
    else if (frame && saysMore.test(told)) current.text.push(line);
    if (frame) current.frames.push(frame);
    else if (
      current.text.length < maxText &&
      (isPython ? !line.startsWith("  ") : current.frames.length === 0 || isPanic(current))
    )
      if (!isNoise(told)) current.text.push(line);
  }
  if (isPython) {
    for (const section of sections) section.frames.reverse();
    return { sections: sections.filter(isTelling), test, code };
  }
  return { sections: sections.filter(isTelling).reverse(), test, code };
}

const isTelling = ({ text, frames }: Section) => text.length > 0 || frames.length > 0;

// Rust and Go tell the place first and the reason below it.
const isPanic = ({ text }: Section) => text.length === 0;

/** pytest shows the source: `def` names the function, `E` lines say what happened, the place stands below. */
function readPytest(lines: readonly string[]): Stack {
  const sections: Section[] = [{ text: [], frames: [] }];
  let current = sections[0] as Section; // it was just put there
  let name = "";
  let code: string | null = null;
  for (const line of lines) {
    if (line.startsWith("E")) {
      const told = line.slice(1);
      if (current.text.length < maxText && told.trim() !== "" && !isNoise(told.trim()))
        current.text.push(told.replace(/^\s{1,3}/, ""));
      continue;
    }
    const told = line.trim();
    if (told.startsWith(">") && current.text.length === 0) code = sourceOf(told);
    if (pythonChain.test(told)) {
      current = { text: [], frames: [] };
      sections.push(current);
      continue;
    }
    const defined = /^(?:async )?def (\w{1,100})\(/.exec(told);
    if (defined) name = defined[1] ?? "";
    const frame = readFrame(told);
    if (!frame) continue;
    if (name !== "" && !frame.place.includes("(")) frame.place = `${name} (${frame.place})`;
    name = "";
    current.frames.push(frame);
  }
  for (const section of sections) section.frames.reverse();
  return { sections: sections.filter(isTelling), test: null, code };
}
