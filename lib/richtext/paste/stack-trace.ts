import { codeBlock, docFromText } from "../build";
import type { RichBlock } from "../doc";

/** A line of a stack trace, in the ways of the languages that tests are written in. */
const frame = new RegExp(
  [
    /^\s*at (?:async )?[\w$.<>[\]`'/ ]+ ?[([]/, // JavaScript, Java, .NET
    /^\s*at (?:async )?\S+:\d+(?::\d+)?\)?$/, // JavaScript without a name
    /^\s*File ".+", line \d+/, // Python
    /^\s*(?:from )?[^\s:]+\.\w+:\d+:in [`'"]/, // Ruby
    /^\s*#\d+ .+\(\d+\)/, // PHP
    /^\s*#\d+ +0x[0-9a-f]+ in /, // C
    /^\s+\S+\.(?:go|rs|c|cc|cpp|swift|kt):\d+/, // Go and others that give each place a line
    /^\s*\.{3} \d+ (?:more|common frames omitted)$/, // Java
    /^Caused by: /, // Java
    /^\s*Traceback \(most recent call last\)/,
    /^goroutine \d+ \[/,
  ]
    .map(({ source }) => `(?:${source})`)
    .join("|"),
);

/** A text that holds a stack trace, with the trace as code; null where there is none. */
export function traceBlocks(text: string): RichBlock[] | null {
  const lines = text.split("\n");
  const frames = lines.flatMap((line, at) => (frame.test(line.slice(0, 1_000)) ? [at] : []));
  const [first] = frames;
  const last = frames.at(-1);
  if (first === undefined || last === undefined || frames.length < 2) return null;

  // What was thrown stands right above the first place, and in Python right below the last one.
  const from = edge(lines, first, -1);
  const to = edge(lines, last, 1);
  const around = (part: string[]) => (part.join("").trim() === "" ? [] : docFromText(part.join("\n")).content);
  return [
    ...around(lines.slice(0, from)),
    codeBlock(lines.slice(from, to + 1).join("\n")),
    ...around(lines.slice(to + 1)),
  ];
}

/** The last line before an empty one, from a line on. */
function edge(lines: string[], start: number, step: 1 | -1): number {
  let at = start;
  while ((lines[at + step]?.trim() ?? "") !== "") at += step;
  return at;
}
