import { type Loss, lose } from "../losses";
import type { Target } from "../target";
import type { AdfNode } from "./types";

/** What a node of ours becomes: a node of theirs, or several where it had to be taken apart. */
export type Part = AdfNode | AdfNode[];

/** What the writers of one document share. */
export type Context = {
  target: Target;
  losses: Loss[];
  /** How many tasks and lists of tasks have a number so far. */
  tasks: number;
  /** How many pictures wait for the line around them to make room. */
  pictures: number;
  /** What stands outside of where it stood, so that it is said once, however far it moves. */
  moved: Set<AdfNode>;
};

/** The parts as one list of nodes, which the caller may change; most often that is the list itself. */
export function flat(parts: Part[]): AdfNode[] {
  // What has no children has the same empty list as everything else without children.
  if (parts.length === 0) return [];
  for (const part of parts) if (Array.isArray(part)) return flattened(parts);
  return parts as AdfNode[]; // No list is among them.
}

function flattened(parts: Part[]): AdfNode[] {
  const nodes: AdfNode[] = [];
  for (const part of parts) {
    if (Array.isArray(part)) for (const node of part) nodes.push(node);
    else nodes.push(part);
  }
  return nodes;
}

/** What a reader sees of a node as letters; with `most`, no more than it takes to recognise it. */
export function textOf(node: AdfNode, most = Number.POSITIVE_INFINITY): string {
  if (node.text !== undefined) return node.text.slice(0, most);
  const { text, shortName, title, alt } = node.attrs ?? {};
  const own = text ?? shortName ?? title ?? alt;
  let seen = typeof own === "string" ? own : "";
  for (const child of node.content ?? []) {
    if (seen.length > most) break;
    seen += textOf(child, most - seen.length);
  }
  return seen;
}

/** Notes what became of a node that may not stand where it stood. */
export const loseNode = (context: Context, kind: string, node: AdfNode, became: string) =>
  lose(context.losses, kind, textOf(node, 80), became);
