import type { Frame } from "./frames";
import { type Line, readLine } from "./lines";
import { remembered } from "./memo";
import { isPlain, linesOf, plain, textLimit } from "./text";

/** One exception of a chain: what it says, and where it was thrown. */
export type Section = { text: string[]; frames: Frame[] };
/** A stack: the innermost cause first. */
export type Stack = {
  sections: Section[];
  /** The test's own name, where the tool tells it in the text. */
  test: string | null;
  /** The line of source that failed, where the tool shows it. */
  code: string | null;
};

const maxLines = 600;
const maxText = 60;
const maxFrames = 60;

/** Some of a stack's text: its lines, and what only pytest writes. */
type Block = { isPlain: boolean; lines: Line[]; hasReason: boolean; hasPlace: boolean };

const readBlock = (text: string): Block => ({
  isPlain: isPlain(text),
  lines: linesOf(text, maxLines - 1).map(readLine),
  hasReason: (text.includes("E ") || text.includes("E\t")) && /^[ \t]{0,20}E[ \t]/m.test(text),
  hasPlace: text.includes(".py") && /\.py(?::\d|", line )/.test(text),
});

// What stands below the first line: failures of one cause share it to the letter, however their messages vary.
const readBelow = remembered({ count: 1_024, length: 8_192 }, readBlock);
const nothing: Block = { isPlain: true, lines: [], hasReason: false, hasPlace: false };

/** Parts a stack, or a message that holds one, into its exceptions; the text is plain. */
export function readStack(text: string): Stack {
  const end = text.indexOf("\n");
  return end === -1 ? readBlocks(text, nothing) : readBlocks(text.slice(0, end), readBelow(text.slice(end + 1)));
}

/** The same for a text as it was reported. */
export function readReported(text: string | null): Stack {
  if (!text) return readBlocks("", nothing);
  const bounded = text.length > textLimit ? text.slice(0, textLimit) : text;
  const end = bounded.indexOf("\n");
  const first = end === -1 ? bounded : bounded.slice(0, end);
  const below = end === -1 ? nothing : readBelow(bounded.slice(end + 1));
  return below.isPlain && isPlain(first) ? readBlocks(first, below) : readStack(plain(bounded));
}

function readBlocks(first: string, below: Block): Stack {
  if (first === "" && below === nothing) return { sections: [], test: null, code: null };
  const above = readBlock(first);
  const lines = [...above.lines, ...below.lines];
  const isPytest = (above.hasReason || below.hasReason) && (above.hasPlace || below.hasPlace);
  return isPytest ? readPytest(lines) : readPlain(lines);
}

const isTelling = ({ text, frames }: Section) => text.length > 0 || frames.length > 0;

function readPlain(lines: readonly Line[]): Stack {
  let current: Section = { text: [], frames: [] };
  const sections = [current];
  let isPython = false;
  let isSuppressed = false;
  let above: Line | null = null;
  let code: string | null = null;
  let test: string | null = null;
  for (const line of lines) {
    if (line.text === "") continue;
    test ??= line.test;
    code ??= line.source;
    // What is indented by a tab is the cause of what was suppressed.
    const isCause = line.cause !== null && (line.indent !== "tab" || line.text.startsWith("-"));
    if (line.isTraceback) isPython = true;
    else if (line.isChain || isCause) {
      current = { text: line.cause ? [line.cause] : [], frames: [] };
      sections.push(current);
      isSuppressed = false;
    } else if (line.isSuppressed) isSuppressed = true;
    else if (!isSuppressed && !line.isTestAlone) {
      add(current, line, above, isPython);
      above = line;
    }
  }
  if (isPython) for (const { frames } of sections) frames.reverse();
  const telling = sections.filter(isTelling);
  return { sections: isPython ? telling : telling.reverse(), test, code };
}

function add({ text, frames }: Section, line: Line, above: Line | null, isPython: boolean): void {
  const { frame } = line;
  if (frame) {
    if (frames.length === maxFrames) return;
    const go = frame.place.endsWith(".go") ? (above?.goFunction ?? null) : null;
    // It was taken for text, until its place followed.
    if (go !== null && text.at(-1)?.trim() === above?.text) text.pop();
    frames.push(go === null ? frame : { ...frame, place: go });
    if (line.told !== null) text.push(line.told);
  } else if (!line.isNoise && text.length < maxText) {
    // Rust and Go tell the place first and the reason below it; Python tells it below its frames, unindented.
    if (isPython ? line.indent !== "blanks" : frames.length === 0 || text.length === 0 || isGoingOn(text, line, above))
      text.push(line.whole);
  }
}

const mostGoingOn = 4;

/** Below a place goes on what was begun there, where it is indented: testify's errors. */
const isGoingOn = (text: readonly string[], line: Line, above: Line | null): boolean =>
  line.indent !== "" && text.length < mostGoingOn && above !== null && text.at(-1) === above.whole;

/** pytest shows the source: `def` names the function, `E` lines say what happened, the place stands below. */
function readPytest(lines: readonly Line[]): Stack {
  let current: Section = { text: [], frames: [] };
  const sections = [current];
  let name = "";
  let code: string | null = null;
  for (const read of lines) {
    const shown = /^[ \t]{0,20}E[ \t]{1,3}/.exec(read.whole);
    if (shown) {
      const said = read.whole.slice(shown[0].length);
      if (current.text.length < maxText && !readLine(said).isNoise) current.text.push(said);
      continue;
    }
    if (read.source !== null && current.text.length === 0) code = read.source;
    if (read.isChain) {
      current = { text: [], frames: [] };
      sections.push(current);
      continue;
    }
    name = /^(?:async )?def (\w{1,100})\(/.exec(read.text)?.[1] ?? name;
    if (!read.frame) continue;
    const { place } = read.frame;
    const isNamed = name === "" || place.includes("(");
    current.frames.push(isNamed ? read.frame : { ...read.frame, place: `${name} (${place})` });
    name = "";
  }
  for (const { frames } of sections) frames.reverse();
  return { sections: sections.filter(isTelling), test: null, code };
}
