import { blockLine, type Replaced } from "./our-block";
import { rawBlocks } from "./wiki/raw";

/**
 * Wiki markup has no hidden comments, so a visible line stands first and last. A line of the text that reads the same
 * is written with an entity, and what stands in code is never taken for a mark: text cannot forge one.
 */
export function wrapWiki(body: string, id: string): string {
  const line = blockLine(id);
  const marks = marksIn(body, line);
  let kept = "";
  let from = 0;
  for (const { start, end } of marks) {
    kept += body.slice(from, start) + body.slice(start, end).replace("·", "&#183;");
    from = end;
  }
  kept += body.slice(from);
  return kept === "" ? `${line}\n\n${line}` : `${line}\n\n${kept}\n\n${line}`;
}

/** Our block in a remote text with a new body in it; the rest stays byte for byte, as do the line ends in use. */
export function replaceWiki(remote: string, id: string, body: string): Replaced<string> {
  const marks = marksIn(remote, blockLine(id));
  const [first, last] = marks;
  if (first === undefined) return { found: "none" };
  if (last === undefined || marks.length > 2) return { found: "broken" };
  const block = wrapWiki(body, id);
  const written = remote.includes("\r\n") ? block.replace(/\r?\n/g, "\r\n") : block;
  return { found: "whole", output: remote.slice(0, first.start) + written + remote.slice(last.end) };
}

/** The lines that are the mark, outside of code. */
function marksIn(wiki: string, line: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!wiki.includes(line)) return found;
  const raw = rawBlocks(wiki);
  let nextRaw = 0;
  for (let at = wiki.indexOf(line); at !== -1; at = wiki.indexOf(line, at + line.length)) {
    const end = at + line.length;
    while ((raw[nextRaw]?.to ?? Number.POSITIVE_INFINITY) <= at) nextRaw += 1;
    if ((raw[nextRaw]?.from ?? Number.POSITIVE_INFINITY) <= at) continue;
    if (isLineStart(wiki, at) && isLineEnd(wiki, end)) found.push({ start: at, end });
  }
  return found;
}

function isLineStart(wiki: string, at: number): boolean {
  let start = at;
  while (start > 0 && isBlank(wiki.charCodeAt(start - 1))) start -= 1;
  return start === 0 || wiki.charAt(start - 1) === "\n";
}

function isLineEnd(wiki: string, at: number): boolean {
  let end = at;
  while (end < wiki.length && isBlank(wiki.charCodeAt(end))) end += 1;
  return end === wiki.length || wiki.charAt(end) === "\n";
}

const isBlank = (code: number) => code === 0x20 || code === 0x09 || code === 0x0d;
