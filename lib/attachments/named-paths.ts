import { safePath } from "./file-name";

const mostPaths = 200;
const longestPath = 1_000;
const opening = "[[ATTACHMENT|";
const closing = "]]";

/** The paths that a report names in what a test has written: [[ATTACHMENT|path]], as Jenkins and Playwright do. */
export function namedPaths(output: string): string[] {
  const paths = new Set<string>();
  // Looked for again only once it is passed: what opens a million times and closes once is read once.
  let end = 0;
  for (let at = output.indexOf(opening); at >= 0 && paths.size < mostPaths; at = output.indexOf(opening, at + 1)) {
    const start = at + opening.length;
    if (end < start) end = output.indexOf(closing, start);
    if (end < 0) break;
    const path = end - start <= longestPath ? output.slice(start, end).trim() : "";
    if (path && !/[\r\n]/.test(path)) paths.add(safePath(path));
  }
  return [...paths];
}

/** Those that nobody has sent, by the whole path or, as a browser does, by the file's name alone. */
export function missingPaths(named: readonly string[], sent: readonly string[]): string[] {
  const there = new Set(sent);
  return named.filter((path) => !there.has(path) && !there.has(lastPart(path)));
}

const lastPart = (path: string) => path.split(/[/\\]/).at(-1) ?? path;
