import type { Replaced } from "./our-block";

/** A hidden line by which an issue of ours is found again: the first of our block. */
export const markerComment = (id: string): string => `<!-- faultline-${checked(id)} -->`;
const endComment = (id: string) => `<!-- /faultline-${checked(id)} -->`;

/** Anything else could end the comment early. */
function checked(id: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(id) || id.includes("--"))
    throw new TypeError("An id in a marker is letters, digits and single hyphens.");
  return id;
}

/** A body between our marks. They are on lines of their own, with a blank line that ends what is above. */
export const wrapMarkdown = (body: string, id: string): string =>
  `${markerComment(id)}\n\n${body === "" ? "" : `${body}\n\n`}${endComment(id)}`;

/**
 * A remote description with what is between our marks replaced. All that is outside of them stays byte for byte; our
 * lines end as the first mark's line ends there, because GitHub's editor sends CRLF.
 */
export function replaceMarkdown(remote: string, id: string, body: string): Replaced<string> {
  const [first, last] = [markerComment(id), endComment(id)];
  const found = linesOutsideFences(remote, (line) => line === first || line === last);
  if (found.length === 0) return { found: "none" };

  const [from, to, more] = found;
  if (!from || !to || more || from.text !== first || to.text !== last) return { found: "broken" };
  const ours = wrapMarkdown(body, id);
  const block = remote.startsWith("\r\n", from.end) ? ours.replace(/\r?\n/g, "\r\n") : ours;
  return { found: "whole", output: remote.slice(0, from.start) + block + remote.slice(to.end) };
}

/**
 * True when a body carries the marker as a line of its own outside every code fence. Document text cannot forge that:
 * outside of code its HTML is escaped, and inside of code it is not looked for.
 */
export function hasMarker(body: string, id: string): boolean {
  const marker = markerComment(id);
  return body.includes(marker) && linesOutsideFences(body, (line) => line === marker).length > 0;
}

/** A body with the marker in front, where no fence that it leaves open makes code of it. */
export const withMarker = (body: string, id: string): string =>
  hasMarker(body, id) ? body : `${markerComment(id)}\n\n${body}`;

type Line = { text: string; start: number; end: number };

/**
 * The lines at the margin that are looked for and that no fence makes code of. Only fences of the document itself
 * matter: one in a list or in a quote ends with it, so before the next line at the margin. `item` is how far the
 * lines of the list item that is open are indented.
 */
function linesOutsideFences(text: string, isWanted: (line: string) => boolean): Line[] {
  const found: Line[] = [];
  let open = "";
  let item = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline === -1 ? text.length : newline;
    const line = text.slice(start, next).trimEnd();
    const indent = line.search(/[^ ]/);
    if (open !== "") {
      if (indent <= 3 && isClosing(line, indent, open)) open = "";
    } else if (indent !== -1 && (item === 0 || indent < item)) {
      item = itemIndent(line);
      open = item > 0 ? "" : (/^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? "");
      if (open === "" && isWanted(line)) found.push({ text: line, start, end: start + line.length });
    }
    start = next + 1;
  }
  return found;
}

function isClosing(line: string, indent: number, open: string): boolean {
  const fence = line.slice(indent);
  return fence.length >= open.length && fence === (open[0] ?? "").repeat(fence.length);
}

/** How far the lines of a list item are indented that begins in this line, or 0. */
function itemIndent(line: string): number {
  const begun = /^( {0,3}(?:[-+*]|\d{1,9}[.)]))(?:( {1,4})(?=[^ ])| |$)/.exec(line);
  return begun ? (begun[1]?.length ?? 0) + (begun[2]?.length ?? 1) : 0;
}
