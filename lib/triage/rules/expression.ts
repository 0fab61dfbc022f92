import { RE2JS, RE2JSSyntaxException } from "re2js";

// The only file of the rules that loads the engine.

const mostInstructions = 1_200;
/**
 * Where a text drives the engine from its cheaper ways, each character costs as much as the expression is long with its
 * repetitions written out. So many of both together take a third of a second, during which nobody else is served: of a
 * text no more is searched.
 */
const mostSteps = 25_000_000;

export type Expression = {
  /** In linear time, whatever the expression. */
  has(text: string): boolean;
  /** The first place. */
  place(text: string): { from: number; to: number } | null;
};

/** An expression of RE2's syntax ready to search with, or what is wrong with it, and where. */
export function readExpression(pattern: string): { expression: Expression } | { problem: string } {
  try {
    // Without the flag first: the engine quotes it in what it says of a mistake.
    RE2JS.compile(pattern);
    const compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
    if (compiled.test(""))
      return { problem: "It also finds the empty text, which is everywhere. Say what has to be there, with + for *." };
    if (compiled.programSize() > mostInstructions)
      return { problem: "It is too long with its repetitions written out. Use + in place of large numbers." };
    const mostChars = Math.floor(mostSteps / compiled.programSize());
    return {
      expression: {
        has: (text) => compiled.test(text.slice(0, mostChars)),
        place: (text) => {
          const matcher = compiled.matcher(text.slice(0, mostChars));
          return matcher.find() ? { from: matcher.start(), to: matcher.end() } : null;
        },
      },
    };
  } catch (error) {
    return { problem: explained(pattern, error) };
  }
}

function explained(pattern: string, error: unknown): string {
  if (!(error instanceof RE2JSSyntaxException)) return "This is no valid expression: it cannot be read.";
  const part = error.getPattern() ?? "";
  const at = placeOf(pattern, error.getDescription(), part);
  const where = at === -1 ? "" : ` at character ${[...pattern.slice(0, at)].length + 1}`;
  if (/^\(\?(?:[=!>]|<[=!])/.test(part) || /^\\[1-9]/.test(part))
    return `${part.slice(0, 3)}${where} is what a search in guaranteed time cannot do: no (?=…), (?!…), (?<=…), (?<!…), (?>…) or \\1.`;
  const quoted = part === "" || part === pattern ? "" : `: ${part.slice(0, 40)}`;
  return `This is no valid expression${where}: ${error.getDescription()}${quoted}.`;
}

/** Of a parenthesis without its other half the engine quotes the whole expression. */
function placeOf(pattern: string, description: string, part: string): number {
  if (/closing \)|unexpected \)/.test(description)) return lonelyParenthesis(pattern);
  if (part === "") return pattern.length - 1;
  return pattern.indexOf(part);
}

function lonelyParenthesis(pattern: string): number {
  const open: number[] = [];
  let isClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at];
    if (letter === "\\") at += 1;
    else if (isClass) isClass = letter !== "]";
    else if (letter === "[") isClass = true;
    else if (letter === "(") open.push(at);
    else if (letter === ")" && open.pop() === undefined) return at;
  }
  return open.at(-1) ?? -1;
}
