import { RE2JS } from "re2js";

import type { OwnMatcher } from "./found";

// The only file that loads the engine: import it where a project has patterns of its own, on first use.

/** What counts as a secret in one project beside the usual: a text as it stands, or `/an expression/` of RE2's syntax. */
export type OwnPattern = { id: string; name: string; pattern: string };

const mostChars = 500;
/** What failed tests say all day; a pattern that finds half of this would mask every report. */
const ordinary = "Error: expected 200 to be 404 at tests/login.spec.ts:42:7";

type Parsed = { find: OwnMatcher["find"]; problem?: undefined } | { problem: string; find?: undefined };

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
    return whenRare(byExpression(compiled));
  } catch (error) {
    return { problem: explained(error) };
  }
}

/** What is wrong with a pattern, or null. */
export const checkPattern = (input: string): string | null => parseOwnPattern(input).problem ?? null;

/** The patterns of a project, ready to search with. One that is no longer valid finds nothing. */
export const ownMatchers = (patterns: readonly OwnPattern[]): OwnMatcher[] =>
  patterns.flatMap(({ id, name, pattern }) => {
    const { find } = parseOwnPattern(pattern);
    return find ? [{ id, name, find }] : [];
  });

function whenRare(find: OwnMatcher["find"]): Parsed {
  const covered = find(ordinary).reduce((sum, { from, to }) => sum + to - from, 0);
  if (covered <= ordinary.length / 2) return { find };
  return {
    problem: `It finds ordinary text: most of “${ordinary}” would be masked. Say more of what a secret looks like.`,
  };
}

const byText =
  (text: string): OwnMatcher["find"] =>
  (where) => {
    const found: { from: number; to: number }[] = [];
    for (let at = where.indexOf(text); at !== -1; at = where.indexOf(text, at + text.length)) {
      found.push({ from: at, to: at + text.length });
    }
    return found;
  };

const byExpression =
  (expression: RE2JS): OwnMatcher["find"] =>
  (where) => {
    const found: { from: number; to: number }[] = [];
    const matcher = expression.matcher(where);
    while (matcher.find())
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
