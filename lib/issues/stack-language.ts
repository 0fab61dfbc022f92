/** Telling marks of the stacks that test runners print, most telling first. */
const marks: readonly [language: string, mark: RegExp][] = [
  ["java", /^\s*at [\w.$/<>]+\((?:\w+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)/m],
  ["python", /^\s*File "[^"\n]+", line \d+|^Traceback \(most recent call last\)/m],
  ["csharp", /^\s*at [^\n]+ in [^\n]+\.(?:cs|fs|vb):line \d+/m],
  ["typescript", /\.(?:ts|tsx|mts|cts):\d+:\d+/],
  ["javascript", /\.(?:js|jsx|mjs|cjs):\d+:\d+|^\s*at (?:async )?[\w.<>]+ \((?:node|file):/m],
  ["go", /^goroutine \d+|\.go:\d+/m],
  ["rust", /thread '[^'\n]+' panicked at|\.rs:\d+/],
  ["php", /\.php(?:\(\d+\)|:\d+)/],
  ["ruby", /\.rb:\d+:in/],
  ["swift", /\.swift:\d+/],
  ["cpp", /\.(?:cpp|cc|cxx|hpp|h):\d+/],
];

/** The language that a stack trace looks like, for its code block; undefined when nothing tells. */
export function languageOf(stack: string): string | undefined {
  // The first lines tell as much as all of them.
  const head = stack.slice(0, 8_000);
  return marks.find(([, mark]) => mark.test(head))?.[0];
}
