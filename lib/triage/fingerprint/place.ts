/*
 * Where a frame is, told alike by every machine: without what the checkout, the build or the compiler adds.
 */

// Folders that a project's files stand below on every machine; what is before them is the machine's.
const roots =
  /^(?:src|lib|libs|test|tests|spec|specs|e2e|cypress|packages|apps|internal|cmd|pkg|features|integration|integration_test|__tests__|Tests|Sources)$/;
const checksum = /([.-])(?=[0-9a-f]*\d)[0-9a-f]{6,40}(?=\.)/gi;

/** A file by what is below its project's own folders, with one kind of slash; the file alone when none is known. */
export function fileOf(path: string): string {
  const clean = path.replace(/^(?:file:\/\/|webpack:\/\/|\(|"|package:)+/, "").replace(/[?#].*$/, "");
  const segments = clean.replaceAll("\\", "/").split("/").slice(-12);
  const file = (segments.at(-1) ?? "").replace(checksum, "$1<hash>");
  let from = segments.length - 1;
  for (let i = segments.length - 2; i >= 0; i--)
    if (roots.test(segments[i] ?? "")) {
      from = i;
      break;
    }
  return [...segments.slice(from, -1), file].join("/");
}

const numbered = /(?:\$(?:\d+|lambda|Lambda)|\$\$[\w$]*|-\d+)+(?=[.$(]|$)/g;

/** A function by the name that its author gave it: without generated parts and arguments. */
export function functionOf(name: string): string {
  if (!/[$<(@{`[\d]/.test(name)) return name;
  return name
    .replace(/\(.*$/, "")
    .replace(/lambda\$(\w+)\$\d+/g, "$1")
    .replace(/[.$]<(\w+)>(?:[bd]__\d+(?:_\d+)?|g__\w+\|\d+_\d+)?(?:\.MoveNext)?/g, ".$1")
    .replace(/<>c(?:__DisplayClass\d+_\d+)?\.?|<(\w+)>[bdg]__[\w|]*(?:\.MoveNext)?/g, "$1")
    .replace(numbered, "")
    .replace(/\.(?:invokeSuspend|invoke|MoveNext)$/, "")
    .replace(/(?:\.func\d+)+(?:\.\d+)*$/, "")
    .replace(/::h[0-9a-f]{16}$|::\{\{closure\}\}/g, "")
    .replace(/\+0x[0-9a-f]+.*$/, "");
}
