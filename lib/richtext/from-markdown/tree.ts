import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

import { mathNodes, mathSyntax } from "./math";

/** The tree that GitHub's grammar gives, with formulas as code. */
export const treeOf = (source: string) =>
  fromMarkdown(source, { extensions: [gfm(), mathSyntax], mdastExtensions: [gfmFromMarkdown(), mathNodes] });

export type Tree = ReturnType<typeof treeOf>;
/** Any node of the tree. */
export type Node = Tree | Tree["children"][number];
export type NodeOf<Type extends Node["type"]> = Extract<Node, { type: Type }>;
/** What stands in a line. */
export type Phrase = NodeOf<"paragraph">["children"][number];
