import { safePath } from "./file-name";

const mostPaths = 200;

/** The paths that a report names in what a test has written: [[ATTACHMENT|path]], as Jenkins and Playwright do. */
export function namedPaths(output: string): string[] {
  const paths = new Set<string>();
  for (const [, path = ""] of output.matchAll(/\[\[ATTACHMENT\|([^\]\r\n]{1,1000})\]\]/g)) {
    if (paths.size >= mostPaths) break;
    paths.add(safePath(path.trim()));
  }
  return [...paths];
}

/** Those that nobody has sent, by the whole path or, as a browser does, by the file's name alone. */
export function missingPaths(named: readonly string[], sent: readonly string[]): string[] {
  const there = new Set(sent);
  return named.filter((path) => !there.has(path) && !there.has(lastPart(path)));
}

const lastPart = (path: string) => path.split(/[/\\]/).at(-1) ?? path;
