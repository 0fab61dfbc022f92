import { parseDoc, type RichBlock, type RichDoc } from "./doc";
import { parseHtml } from "./html/parse";
import { readBlocks } from "./html/reader";
import type { Origin } from "./target";

/**
 * HTML as Azure DevOps, Jira, GitHub, GitLab and people's clipboards send it. What is not known keeps its text. Refused
 * with `invalid_input` is only what exceeds the limits of a document.
 */
export const fromHtml = (html: string, origin: Origin = {}): RichDoc =>
  parseDoc({ type: "doc", content: blocksFromHtml(html, origin) });

/** The same as blocks, for HTML that stands in Markdown. They have not been through `parseDoc` yet. */
export const blocksFromHtml = (html: string, origin: Origin = {}): RichBlock[] => readBlocks(parseHtml(html), origin);
