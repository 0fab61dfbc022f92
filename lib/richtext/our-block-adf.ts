import type { AdfDoc, AdfNode } from "./adf/types";
import { blockLine, type Replaced, shortId } from "./our-block";
import { limits } from "./tidy";

/**
 * The first and the last line of our block. A lozenge, because text never becomes one: nobody forges our mark by writing
 * its letters, and Jira's editor keeps it whole.
 */
const line = (id: string): AdfNode => ({
  type: "paragraph",
  content: [{ type: "status", attrs: { text: blockLine(id), color: "neutral", style: "mixedCase" } }],
});

/** Our text between its two lines. Its tasks get the block's name, so that no other block's tasks have their ids. */
export const wrapAdf = (body: AdfDoc, id: string): AdfDoc => ({
  ...body,
  content: [line(id), ...body.content.map((node) => named(node, shortId(id))), line(id)],
});

function named(node: AdfNode, block: string): AdfNode {
  const content = node.content?.map((child) => named(child, block));
  const localId = node.attrs?.localId;
  const attrs = typeof localId === "string" ? { ...node.attrs, localId: `${localId}-${block}` } : node.attrs;
  return content === undefined && attrs === node.attrs
    ? node
    : { ...node, ...(attrs && { attrs }), ...(content && { content }) };
}

/** Puts our new text in the place of the old one; all around it is the same, as a tree. */
export function replaceAdf(remote: unknown, id: string, body: AdfDoc): Replaced<AdfDoc> {
  if (!isDocument(remote)) return { found: "none" };
  const [first, last] = remote.content.flatMap((node, index) => (isLine(node, id) ? [index] : []));
  const all = linesIn(remote, id);
  if (all === 0) return { found: "none" };
  // Marks that somebody moved into a table or a quote bound nothing that could be replaced as a whole.
  if (first === undefined || last === undefined || all !== 2) return { found: "broken" };
  const content = [...remote.content.slice(0, first), ...wrapAdf(body, id).content, ...remote.content.slice(last + 1)];
  return { found: "whole", output: { ...remote, content } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isDocument = (remote: unknown): remote is AdfDoc =>
  isRecord(remote) && remote.type === "doc" && Array.isArray(remote.content);

/** Whether the node is a line with our lozenge and nothing else; an editor may leave a space beside it. */
function isLine(node: unknown, id: string): boolean {
  if (!isRecord(node) || node.type !== "paragraph" || !Array.isArray(node.content)) return false;
  const said = node.content.filter((part) => !(isRecord(part) && part.type === "text" && !String(part.text).trim()));
  return said.length === 1 && isLozenge(said[0], id);
}

const isLozenge = (node: unknown, id: string): boolean =>
  isRecord(node) && node.type === "status" && isRecord(node.attrs) && node.attrs.text === blockLine(id);

/** How many of our lozenges there are at any depth; in what is larger than any description nobody can say. */
function linesIn(remote: AdfDoc, id: string): number {
  let found = 0;
  let seen = 0;
  const pending: unknown[] = [remote];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isLozenge(node, id)) found += 1;
    if (!isRecord(node) || !Array.isArray(node.content)) continue;
    seen += node.content.length;
    if (seen > 4 * limits.nodes) return Number.NaN;
    for (const child of node.content) pending.push(child);
  }
  return found;
}
