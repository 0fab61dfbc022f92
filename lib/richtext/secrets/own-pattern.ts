import { RE2JS } from "re2js";

import { AppError } from "@/lib/errors";
import type { OwnMatcher } from "./found";

// The only file that loads the engine: import it where a project has patterns of its own, on first use.

/** What counts as a secret in one project beside the usual: a text as it stands, or `/an expression/` of RE2's syntax. */
export type OwnPattern = { id: string; name: string; pattern: string };

const mostChars = 500;
/** Each step of the engine costs as much as the expression is long, with its repetitions written out. */
const mostInstructions = 1_000;
/**
 * One search takes linear time; to find all that there is takes the square of it when each search looks ahead to the
 * end of the text in vain. A thousand times what usual patterns need for a usual text.
 */
const most = { searchMs: 1_000, withinMs: 10_000 };
/** What failed tests say all day; a pattern that finds half of this would mask every report. */
const ordinary = "Error: expected 200 to be 404 at tests/login.spec.ts:42:7";

/** `isLate` is asked between two findings. */
type Find = (text: string, isLate?: () => boolean) => ReturnType<OwnMatcher["find"]>;
type Parsed = { find: Find; problem?: undefined } | { problem: string; find?: undefined };

/** A pattern as people enter it, ready to search with, or what is wrong with it in words that tell what to do. */
export function parseOwnPattern(input: string): Parsed {
  const pattern = input.trim();
  if (pattern === "") return { problem: "Enter a text, or an expression between slashes such as /key-[0-9]{8}/." };
  if (pattern.length > mostChars) return { problem: `A pattern has ${mostChars} characters at most.` };

  const expression = /^\/(.+)\/(i?)$/s.exec(pattern);
  if (!expression) {
    if (pattern.length < 4)
      return { problem: "A text of fewer than four characters would mask much that is no secret." };
    return whenRare(byText(pattern));
  }
  try {
    const compiled = RE2JS.compile(expression[1] ?? "", expression[2] === "i" ? RE2JS.CASE_INSENSITIVE : 0);
    if (compiled.matcher("").find()) {
      return {
        problem: "The expression also finds the empty text. Say what has to be there at least, with + instead of *.",
      };
    }
    if (compiled.programSize() > mostInstructions) {
      return {
        problem: "The expression is too long with its repetitions written out. Use + instead of large numbers.",
      };
    }
    return whenRare(byExpression(compiled));
  } catch (error) {
    return { problem: explained(error) };
  }
}

/** What is wrong with a pattern, or null. */
export const checkPattern = (input: string): string | null => parseOwnPattern(input).problem ?? null;

/**
 * The patterns of a project, ready to search with. What cannot be searched for is never taken for absent: a pattern
 * that is no longer valid, or for which all of them together take too long, is refused with the text.
 */
export function ownMatchers(patterns: readonly OwnPattern[]): OwnMatcher[] {
  const time = { beganAt: 0, leftMs: 0 };
  return patterns.map(({ id, name, pattern }) => {
    const { find, problem } = parseOwnPattern(pattern);
    if (!find) throw refused(name, `cannot be used: ${problem}`);
    return { id, name, find: (text) => timed(name, time, (isLate) => find(text, isLate)) };
  });
}

type Time = { beganAt: number; leftMs: number };

/** In a browser the same patterns search again with each letter that is typed: the time is counted anew then. */
function timed<T>(name: string, time: Time, search: (isLate: () => boolean) => T): T {
  const begun = performance.now();
  if (time.leftMs <= 0 || begun - time.beganAt > most.withinMs) {
    time.beganAt = begun;
    time.leftMs = most.searchMs;
  }
  const found = search(() => performance.now() - begun > time.leftMs);
  time.leftMs -= performance.now() - begun;
  if (time.leftMs < 0) throw refused(name, "takes too long on this text.");
  return found;
}

const refused = (name: string, why: string) =>
  new AppError(
    "invalid_input",
    `What counts as a secret in this project is not known, so that nothing is sent: the pattern “${name}” ${why} Administrators of the project change it under Settings, Secrets.`,
  );

function whenRare(find: Find): Parsed {
  const covered = find(ordinary).reduce((sum, { from, to }) => sum + to - from, 0);
  if (covered <= ordinary.length / 2) return { find };
  return {
    problem: `It finds ordinary text: most of “${ordinary}” would be masked. Say more of what a secret looks like.`,
  };
}

const byText =
  (text: string): Find =>
  (where) => {
    const found: { from: number; to: number }[] = [];
    for (let at = where.indexOf(text); at !== -1; at = where.indexOf(text, at + text.length)) {
      found.push({ from: at, to: at + text.length });
    }
    return found;
  };

const byExpression =
  (expression: RE2JS): Find =>
  (where, isLate) => {
    const found: { from: number; to: number }[] = [];
    const matcher = expression.matcher(where);
    while (!isLate?.() && matcher.find())
      if (matcher.end() > matcher.start()) found.push({ from: matcher.start(), to: matcher.end() });
    return found;
  };

/** RE2 has no look-around and no back references, which people expect; its own message says the rest. */
function explained(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (/invalid or unsupported Perl syntax/.test(message) || /\\[1-9]/.test(message)) {
    return "The expression uses what a search in guaranteed time cannot do: (?=…), (?!…), (?<=…), (?<!…) or \\1.";
  }
  return `This is no valid expression: ${message.replace(/^error parsing regexp: /, "") || "it cannot be read"}.`;
}
